/** One of AWS's own connectors. */
export interface BuiltInConnector {
  readonly name: string;
  /** What the application is for, to end a sentence with. */
  readonly purpose: string;
  readonly description: string;
  readonly modes: readonly ('SOURCE' | 'DESTINATION')[];
  readonly triggers: readonly string[];
  readonly writeOperations: readonly string[];
  readonly isPrivateLinkEnabled: boolean;
  readonly isPrivateLinkEndpointUrlRequired: boolean;
  /** Absent for a connector that needs no profile. */
  readonly profile?: BuiltInProfile;
}

export interface BuiltInProfile {
  /** The model's key in connectorProfileProperties: not the type for Googleanalytics, Infornexus and Servicenow. */
  readonly key: string;
  /** The plain members the model has under that key. */
  readonly properties: Readonly<Record<string, ProfilePropertyKind>>;
}

/** A `name` is a text without whitespace, a `text` may have some. */
export type ProfilePropertyKind = 'name' | 'text' | 'flag' | 'number';

const both = ['SOURCE', 'DESTINATION'] as const;
const source = ['SOURCE'] as const;
const destination = ['DESTINATION'] as const;
const polled = ['Scheduled', 'OnDemand'] as const;
const evented = ['Scheduled', 'Event', 'OnDemand'] as const;
const everyWrite = ['INSERT', 'UPSERT', 'UPDATE', 'DELETE'] as const;
type ProfileProperties = BuiltInProfile['properties'];

const instanceUrl = { instanceUrl: 'name' } satisfies ProfileProperties;

const salesforce = {
  ...instanceUrl,
  isSandboxEnvironment: 'flag',
  usePrivateLinkForMetadataAndAuthorization: 'flag',
} satisfies ProfileProperties;

const pardot = { ...instanceUrl, isSandboxEnvironment: 'flag', businessUnitId: 'name' } satisfies ProfileProperties;

const redshift = {
  databaseUrl: 'name',
  bucketName: 'name',
  bucketPrefix: 'text',
  roleArn: 'name',
  dataApiRoleArn: 'name',
  isRedshiftServerless: 'flag',
  clusterIdentifier: 'name',
  workgroupName: 'name',
  databaseName: 'name',
} satisfies ProfileProperties;

const snowflake = {
  warehouse: 'text',
  stage: 'name',
  bucketName: 'name',
  bucketPrefix: 'text',
  privateLinkServiceName: 'name',
  accountName: 'name',
  region: 'name',
} satisfies ProfileProperties;

const sapOData = {
  applicationHostUrl: 'name',
  applicationServicePath: 'name',
  portNumber: 'number',
  clientNumber: 'name',
  logonLanguage: 'name',
  privateLinkServiceName: 'name',
  disableSSO: 'flag',
} satisfies ProfileProperties;

/**
 * AWS's own connectors by type: all of the API model of 2020-08-23, without `CustomConnector`. Types, profile keys and profile
 * members are AWS's; which trigger or write operation each offers is plausible, for DescribeConnector publishes none of it.
 */
export const builtInConnectors: ReadonlyMap<string, BuiltInConnector> = new Map([
  ['Amplitude', from('Amplitude', 'product analytics', polled, profile('Amplitude'))],
  ['CustomerProfiles', into('Amazon Connect Customer Profiles', 'unified customer profiles', ['INSERT'])],
  ['Datadog', from('Datadog', 'monitoring and logs', polled, profile('Datadog', instanceUrl))],
  ['Dynatrace', from('Dynatrace', 'application performance', polled, profile('Dynatrace', instanceUrl))],
  ['EventBridge', into('Amazon EventBridge', 'partner event buses', ['INSERT'])],
  ['Googleanalytics', from('Google Analytics', 'web analytics', polled, profile('GoogleAnalytics'))],
  ['Honeycode', into('Amazon Honeycode', 'tables and workbooks', ['INSERT'], profile('Honeycode'))],
  ['Infornexus', privately(from('Infor Nexus', 'supply chain', polled, profile('InforNexus', instanceUrl)))],
  ['LookoutMetrics', into('Amazon Lookout for Metrics', 'anomaly detectors', ['INSERT'])],
  ['Marketo', between('Marketo', 'marketing automation', polled, ['INSERT'], profile('Marketo', instanceUrl))],
  ['Pardot', from('Salesforce Pardot', 'marketing automation', polled, profile('Pardot', pardot))],
  ['Redshift', privately(into('Amazon Redshift', 'data warehouse', ['INSERT'], profile('Redshift', redshift)))],
  ['S3', between('Amazon S3', 'object storage', polled, ['INSERT'])],
  ['SAPOData', privately(between('SAP OData', 'SAP services', polled, everyWrite, profile('SAPOData', sapOData)))],
  ['Salesforce', privately(between('Salesforce', 'CRM', evented, everyWrite, profile('Salesforce', salesforce)))],
  ['Servicenow', privately(from('ServiceNow', 'IT service management', polled, profile('ServiceNow', instanceUrl)))],
  ['Singular', from('Singular', 'marketing analytics', polled, profile('Singular'))],
  ['Slack', from('Slack', 'messages and channels', polled, profile('Slack', instanceUrl))],
  ['Snowflake', privately(into('Snowflake', 'data warehouse', ['INSERT'], profile('Snowflake', snowflake)))],
  ['Trendmicro', from('Trend Micro', 'security events', polled, profile('Trendmicro'))],
  ['Upsolver', into('Upsolver', 'data lake ingestion', ['INSERT'])],
  ['Veeva', from('Veeva', 'clinical documents and data', polled, profile('Veeva', instanceUrl))],
  ['Zendesk', between('Zendesk', 'support', polled, everyWrite, profile('Zendesk', instanceUrl))],
]);

/** Every connector type there is. */
export const connectorTypes: readonly string[] = [...builtInConnectors.keys(), 'CustomConnector'];

/** Whether this is one of AWS's own connectors that need no profile: their entities are listed by type alone. */
export function needsNoProfile(connectorType: string): boolean {
  const connector = builtInConnectors.get(connectorType);
  return connector !== undefined && connector.profile === undefined;
}

/** The sentence DescribeConnectors shows of one of AWS's own connectors. */
export function describeBuiltIn(name: string, purpose: string, modes: BuiltInConnector['modes']): string {
  const verbs = [
    ...(modes.includes('SOURCE') ? ['reads from'] : []),
    ...(modes.includes('DESTINATION') ? ['writes to'] : []),
  ].join(' and ');
  return verbs === '' ? `${name}, ${purpose}.` : `${verbs[0]?.toUpperCase()}${verbs.slice(1)} ${name}, ${purpose}.`;
}

function from(name: string, what: string, triggers: readonly string[], withProfile: BuiltInProfile): BuiltInConnector {
  return { ...plain(name, what, source), triggers, profile: withProfile };
}

function into(
  name: string,
  what: string,
  writeOperations: readonly string[],
  withProfile?: BuiltInProfile,
): BuiltInConnector {
  const connector = { ...plain(name, what, destination), writeOperations };
  return withProfile ? { ...connector, profile: withProfile } : connector;
}

function between(
  name: string,
  what: string,
  triggers: readonly string[],
  writeOperations: readonly string[],
  withProfile?: BuiltInProfile,
): BuiltInConnector {
  const connector = { ...plain(name, what, both), triggers, writeOperations };
  return withProfile ? { ...connector, profile: withProfile } : connector;
}

function plain(name: string, purpose: string, modes: BuiltInConnector['modes']): BuiltInConnector {
  const noLink = { isPrivateLinkEnabled: false, isPrivateLinkEndpointUrlRequired: false };
  return {
    name,
    purpose,
    description: describeBuiltIn(name, purpose, modes),
    modes,
    triggers: [],
    writeOperations: [],
    ...noLink,
  };
}

function privately(connector: BuiltInConnector): BuiltInConnector {
  return { ...connector, isPrivateLinkEnabled: true };
}

function profile(key: string, properties: ProfileProperties = {}): BuiltInProfile {
  return { key, properties };
}
