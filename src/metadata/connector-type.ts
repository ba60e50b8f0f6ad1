/**
 * AppFlow's connector types and what each demands of a caller.
 *
 * The 24 values are those of the AppFlow API model of 2020-08-23. AWS adds values without notice, so a value that is not in
 * this table is carried as its raw string and shown as `UNKNOWN`.
 */
export const connectorTypes = [
  'Amplitude',
  'CustomConnector',
  'CustomerProfiles',
  'Datadog',
  'Dynatrace',
  'EventBridge',
  'Googleanalytics',
  'Honeycode',
  'Infornexus',
  'LookoutMetrics',
  'Marketo',
  'Pardot',
  'Redshift',
  'S3',
  'SAPOData',
  'Salesforce',
  'Servicenow',
  'Singular',
  'Slack',
  'Snowflake',
  'Trendmicro',
  'Upsolver',
  'Veeva',
  'Zendesk',
] as const;

export type KnownConnectorType = (typeof connectorTypes)[number];

/** A connector type as it is shown: one this version knows, or `UNKNOWN` beside the raw string. */
export type ConnectorType = KnownConnectorType | 'UNKNOWN';

const known: ReadonlySet<string> = new Set(connectorTypes);

/** Maps AppFlow's string to a type this version knows; a value from a later AppFlow becomes `UNKNOWN` and is no error. */
export function toConnectorType(raw: string): ConnectorType {
  return known.has(raw) ? (raw as KnownConnectorType) : 'UNKNOWN';
}

/**
 * Connectors that have no connector profile, so a reset names their type instead
 * (AWS: ResetConnectorMetadataCache, `connectorProfileName`; Amazon Connect is `CustomerProfiles` in the API model).
 */
const profileless: ReadonlySet<string> = new Set([
  'CustomerProfiles',
  'EventBridge',
  'LookoutMetrics',
  'S3',
  'Upsolver',
] satisfies KnownConnectorType[]);

/** Whether requests for this connector carry `connectorType` and no `connectorProfileName`. */
export function needsNoProfile(connectorType: string): boolean {
  return profileless.has(connectorType);
}

/** What a reset for a connector has to carry. */
export interface ResetRequirements {
  readonly connectorProfileName: boolean;
  readonly connectorType: boolean;
  readonly apiVersion: boolean;
}

/**
 * What a reset for this connector has to carry.
 *
 * @param supportedApiVersions Versions the connector offers, where known; more than one makes `apiVersion` necessary.
 */
export function resetRequirements(
  connectorType: string,
  supportedApiVersions: readonly string[] = [],
): ResetRequirements {
  return {
    connectorProfileName: !needsNoProfile(connectorType),
    connectorType: needsNoProfile(connectorType),
    apiVersion: connectorType === 'CustomConnector' || supportedApiVersions.length > 1,
  };
}
