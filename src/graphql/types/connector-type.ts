import { registerEnumType } from 'type-graphql';
import type { ConnectorType as DomainConnectorType } from '../../metadata/connector-type.ts';
import { MetadataError } from '../../metadata/errors.ts';

/** AppFlow's values in the spelling of GraphQL enums. The words stay AppFlow's, so that its documentation applies. */
const names = {
  Amplitude: 'AMPLITUDE',
  CustomConnector: 'CUSTOM_CONNECTOR',
  CustomerProfiles: 'CUSTOMER_PROFILES',
  Datadog: 'DATADOG',
  Dynatrace: 'DYNATRACE',
  EventBridge: 'EVENT_BRIDGE',
  Googleanalytics: 'GOOGLEANALYTICS',
  Honeycode: 'HONEYCODE',
  Infornexus: 'INFORNEXUS',
  LookoutMetrics: 'LOOKOUT_METRICS',
  Marketo: 'MARKETO',
  Pardot: 'PARDOT',
  Redshift: 'REDSHIFT',
  S3: 'S3',
  SAPOData: 'SAP_ODATA',
  Salesforce: 'SALESFORCE',
  Servicenow: 'SERVICENOW',
  Singular: 'SINGULAR',
  Slack: 'SLACK',
  Snowflake: 'SNOWFLAKE',
  Trendmicro: 'TRENDMICRO',
  Upsolver: 'UPSOLVER',
  Veeva: 'VEEVA',
  Zendesk: 'ZENDESK',
  UNKNOWN: 'UNKNOWN',
} as const satisfies Record<DomainConnectorType, string>;

/** The GraphQL enum `ConnectorType`; its internal values are the domain's. */
export const ConnectorType: Readonly<Record<string, DomainConnectorType>> = Object.fromEntries(
  Object.entries(names).map(([value, name]) => [name, value as DomainConnectorType]),
);

registerEnumType(ConnectorType, {
  name: 'ConnectorType',
  description: "The applications AppFlow knows: its own `connectorType` values in GraphQL's spelling.",
  valuesConfig: {
    CUSTOM_CONNECTOR: { description: 'A connector registered in the account; its label tells which.' },
    CUSTOMER_PROFILES: { description: 'Amazon Connect Customer Profiles.' },
    UNKNOWN: {
      description:
        "A value that AppFlow added after this gateway was built; the raw string is beside it. It answers, and filters what was answered, but cannot be AppFlow's input.",
    },
  },
});

/**
 * AppFlow's string for a type that a caller gave, for use in a ref. Throws `BAD_USER_INPUT` for `UNKNOWN`, which names nothing
 * that AppFlow could be asked for. `null` counts as left out.
 */
export function toRawConnectorType(
  type: DomainConnectorType | null | undefined,
  argumentPath: readonly string[] = ['connectorType'],
): string | undefined {
  if (type !== 'UNKNOWN') return type ?? undefined;
  throw new MetadataError('BAD_USER_INPUT', `${argumentPath.join('.')} must be one of AppFlow's types, got UNKNOWN`, {
    argumentPath,
  });
}
