import type { AuthenticationConfig, ConnectorConfiguration } from '../wire.ts';
import { operators } from './appflow-values.ts';

type Abilities = Pick<
  ConnectorConfiguration,
  'authenticationConfig' | 'connectorMetadata' | 'supportedDataTransferApis' | 'supportedOperators'
>;

/** How users sign in to an application: OAuth 2 with these scopes and grants, or otherwise. */
interface SignIn {
  readonly basic?: boolean;
  readonly apiKey?: boolean;
  readonly scopes?: readonly string[];
  readonly grants?: readonly string[];
}

/** What the model lets each of AWS's own connectors that has profiles say of its credentials; scopes are plausible ones. */
const signIns: Readonly<Record<string, SignIn>> = {
  Amplitude: { apiKey: true },
  Datadog: { apiKey: true },
  Dynatrace: { apiKey: true },
  Googleanalytics: { scopes: ['https://www.googleapis.com/auth/analytics.readonly'], grants: ['AUTHORIZATION_CODE'] },
  Honeycode: { scopes: ['sso:account:access'], grants: ['AUTHORIZATION_CODE'] },
  Infornexus: { apiKey: true },
  Marketo: { scopes: [], grants: ['CLIENT_CREDENTIALS'] },
  Pardot: { scopes: ['pardot_api', 'refresh_token'], grants: ['AUTHORIZATION_CODE', 'JWT_BEARER'] },
  Redshift: { basic: true },
  SAPOData: { basic: true, scopes: [], grants: ['AUTHORIZATION_CODE'] },
  Salesforce: { scopes: ['api', 'refresh_token'], grants: ['AUTHORIZATION_CODE', 'JWT_BEARER'] },
  Servicenow: { basic: true, scopes: [], grants: ['AUTHORIZATION_CODE'] },
  Singular: { apiKey: true },
  Slack: {
    scopes: ['channels:history', 'channels:read', 'groups:history', 'groups:read', 'users:read'],
    grants: ['AUTHORIZATION_CODE'],
  },
  Snowflake: { basic: true },
  Trendmicro: { apiKey: true },
  Veeva: { basic: true },
  Zendesk: { scopes: ['read', 'write'], grants: ['AUTHORIZATION_CODE'] },
};

/** The model's key in connectorMetadata where it is not the type; it has none for LookoutMetrics. */
const metadataKeys: Readonly<Record<string, string | undefined>> = {
  Googleanalytics: 'GoogleAnalytics',
  Infornexus: 'InforNexus',
  LookoutMetrics: undefined,
  Servicenow: 'ServiceNow',
};

/** The connectors whose metadata has a member for scopes (AWS: API model of 2020-08-23). */
const showScopes: readonly string[] = ['Googleanalytics', 'Honeycode', 'Salesforce', 'Slack', 'Zendesk'];

const salesforceApis = [
  { Name: 'AUTOMATIC', Type: 'AUTOMATIC' },
  { Name: 'BULKV2', Type: 'ASYNC' },
  { Name: 'REST_SYNC', Type: 'SYNC' },
] as const;

const snowflakeRegions = ['us-east-1', 'us-east-2', 'us-west-2', 'eu-central-1', 'eu-west-1', 'ap-southeast-2'];

/** What DescribeConnector answers of one of AWS's own connectors beside its modes and triggers. */
export function abilitiesOfBuiltIn(connectorType: string, { isSource }: { readonly isSource: boolean }): Abilities {
  const signIn = signIns[connectorType];
  const connectorMetadata = toConnectorMetadata(connectorType, metadataOf(connectorType, signIn));
  return {
    ...(signIn && { authenticationConfig: toAuthenticationConfig(signIn) }),
    ...(connectorMetadata && { connectorMetadata }),
    ...(connectorType === 'Salesforce' && { supportedDataTransferApis: salesforceApis }),
    ...(isSource && { supportedOperators: operators }),
  };
}

/** Metadata of one of AWS's own connectors under the model's key of it; `undefined` where the model has none. */
export function toConnectorMetadata(
  connectorType: string,
  metadata: Readonly<Record<string, unknown>>,
): Abilities['connectorMetadata'] {
  const key = connectorType in metadataKeys ? metadataKeys[connectorType] : connectorType;
  return key === undefined ? undefined : { [key]: metadata };
}

/** What the model lets AppFlow say under that key. */
export function metadataMembersOf(connectorType: string): readonly string[] {
  return [
    ...(showScopes.includes(connectorType) ? ['oAuthScopes'] : []),
    ...(connectorType === 'Salesforce' ? ['dataTransferApis', 'oauth2GrantTypesSupported'] : []),
    ...(connectorType === 'Snowflake' ? ['supportedRegions'] : []),
  ];
}

function toAuthenticationConfig({ basic = false, apiKey = false, scopes, grants }: SignIn): AuthenticationConfig {
  return {
    isBasicAuthSupported: basic,
    isApiKeyAuthSupported: apiKey,
    isOAuth2Supported: grants !== undefined,
    isCustomAuthSupported: false,
    ...(grants && {
      oAuth2Defaults: { ...(scopes?.length && { oauthScopes: scopes }), oauth2GrantTypesSupported: grants },
    }),
  };
}

function metadataOf(
  connectorType: string,
  { scopes = [], grants = [] }: SignIn = {},
): Readonly<Record<string, unknown>> {
  return {
    ...(showScopes.includes(connectorType) && { oAuthScopes: scopes }),
    ...(connectorType === 'Salesforce' && {
      dataTransferApis: salesforceApis.map(({ Name }) => Name),
      oauth2GrantTypesSupported: grants,
    }),
    ...(connectorType === 'Snowflake' && { supportedRegions: snowflakeRegions }),
  };
}
