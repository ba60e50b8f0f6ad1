import { describe, expect, it } from 'vitest';
import { CatalogError } from '../../../src/local-appflow/connectors/catalog-error.ts';
import { parseCatalog } from '../../../src/local-appflow/connectors/parse-catalog.ts';
import { type Registration, registerCatalog } from '../../../src/local-appflow/connectors/register-catalog.ts';
import { noLambdas } from '../../support/no-lambdas.ts';

const withoutProfile = ['CustomerProfiles', 'EventBridge', 'LookoutMetrics', 'S3', 'Upsolver'];

describe("AWS's own connectors", () => {
  it('are there whatever a catalogue says', () => {
    const { connectors } = register('profiles: {}');
    expect(connectors).toHaveLength(23);
    for (const { connectorType, detail, configuration } of connectors) {
      expect(detail).toMatchObject({ connectorType, connectorOwner: 'AWS' });
      expect(configuration).toMatchObject({ connectorType, connectorModes: detail.connectorModes });
      expect(configuration.canUseAsSource || configuration.canUseAsDestination).toBe(true);
    }
  });

  it('are as the catalogue says, where it says something', async () => {
    const { connectors, profiles } = register(`
connectors:
  Marketo: { name: Mkto, modes: [SOURCE], apiVersions: [v1], destinations: [S3], operators: [NO_OP] }
  Slack: { modes: [SOURCE, DESTINATION], writeOperations: [UPDATE], privateLink: true }
profiles: { chat: { connector: Slack, operators: { text: [BETWEEN] }, entities: { c: { fields: { t: text } } } } }
`);
    const [marketo, slack] = ['Marketo', 'Slack'].map(type =>
      connectors.find(({ connectorType }) => connectorType === type),
    );
    expect(marketo?.detail).toMatchObject({ connectorName: 'Mkto', connectorModes: ['SOURCE'], connectorOwner: 'AWS' });
    expect(marketo?.configuration).toMatchObject({
      connectorName: 'Mkto',
      canUseAsSource: true,
      canUseAsDestination: false,
      supportedApiVersions: ['v1'],
      supportedDestinationConnectors: ['S3'],
      supportedOperators: ['NO_OP'],
    });
    expect(marketo?.configuration).not.toHaveProperty('supportedWriteOperations');
    expect(slack?.configuration).toMatchObject({ canUseAsDestination: true, isPrivateLinkEnabled: true });
    const described = await profiles[0]?.application.describeEntity({
      connectorEntityName: 'c',
      apiVersion: undefined,
    });
    expect(described?.fields[0]).toMatchObject({
      supportedFieldTypeDetails: { v1: { filterOperators: ['BETWEEN'] } },
      destinationProperties: { supportedWriteOperations: ['UPDATE'] },
    });
  });

  it('sign in, and are asked, as the catalogue says, or say nothing of it', () => {
    const { connectors } = register(`
connectors:
  Slack: { authenticationConfig: { isBasicAuthSupported: true }, metadata: { oAuthScopes: [read] } }
  Salesforce: { authenticationConfig: false, metadata: false, operators: [], dataTransferApis: [] }
  Googleanalytics: { dataTransferApis: [{ name: BULK, type: ASYNC }], runtimeSettings: [{ key: view }] }
`);
    const [slack, salesforce, analytics] = ['Slack', 'Salesforce', 'Googleanalytics'].map(
      type => connectors.find(({ connectorType }) => connectorType === type)?.configuration,
    );
    expect(slack).toMatchObject({
      authenticationConfig: { isBasicAuthSupported: true, isOAuth2Supported: false },
      connectorMetadata: { Slack: { oAuthScopes: ['read'] } },
    });
    for (const member of [
      'authenticationConfig',
      'connectorMetadata',
      'supportedOperators',
      'supportedDataTransferApis',
    ]) {
      expect(salesforce).not.toHaveProperty(member);
    }
    expect(analytics).toMatchObject({
      connectorMetadata: { GoogleAnalytics: {} },
      supportedDataTransferApis: [{ Name: 'BULK', Type: 'ASYNC' }],
      connectorRuntimeSettings: [{ key: 'view', isRequired: false }],
    });
  });

  it('say only what fits the modes the catalogue gives them', () => {
    const { connectors } = register(
      'connectors: { Datadog: { modes: [DESTINATION] }, Snowflake: { modes: [SOURCE] } }',
    );
    const [datadog, snowflake] = ['Datadog', 'Snowflake'].map(type =>
      connectors.find(({ connectorType }) => connectorType === type),
    );
    const [writes, reads] = ['Writes to Datadog, monitoring and logs.', 'Reads from Snowflake, data warehouse.'];
    expect(datadog?.detail).toMatchObject({ connectorDescription: writes, connectorModes: ['DESTINATION'] });
    expect(datadog?.configuration).toMatchObject({
      connectorDescription: writes,
      canUseAsSource: false,
      canUseAsDestination: true,
      supportedWriteOperations: [],
    });
    for (const member of ['supportedOperators', 'supportedTriggerTypes', 'supportedDestinationConnectors']) {
      expect(datadog?.configuration).not.toHaveProperty(member);
    }
    expect(snowflake?.detail).toMatchObject({ connectorDescription: reads });
    expect(snowflake?.configuration).toMatchObject({ canUseAsSource: true, supportedTriggerTypes: [] });
    expect(snowflake?.configuration).toHaveProperty('supportedOperators');
    expect(snowflake?.configuration).not.toHaveProperty('supportedWriteOperations');
  });

  it('are checked in all of that', () => {
    const text = `connectors:
  Slack: { metadata: { supportedRegions: [eu-west-1] } }
  Zendesk: { authenticationConfig: { isBasicAuth: true, oAuth2Defaults: { oauthScopes: [a b] } } }
  Amplitude: { metadata: { oAuthScopes: [] }, further: { supportedOperators: [] } }`;
    expect(problemsOf(text)).toEqual([
      'connectors.Slack.metadata.supportedRegions: expected only oAuthScopes of Slack, got "supportedRegions"',
      'connectors.Zendesk.authenticationConfig.isBasicAuth: expected only isBasicAuthSupported, isApiKeyAuthSupported, isOAuth2Supported, isCustomAuthSupported, oAuth2Defaults, customAuthConfigs, got "isBasicAuth"',
      'connectors.Zendesk.authenticationConfig.oAuth2Defaults.oauthScopes.0: expected text without whitespace, got "a b"',
      'connectors.Amplitude.metadata.oAuthScopes: expected nothing of Amplitude, got "oAuthScopes"',
      expect.stringMatching(/^connectors.Amplitude.further: expected only name, /),
    ]);
  });

  it('have an application of their own exactly when they need no profile', () => {
    const own = register('profiles: {}').connectors.filter(({ application }) => application !== undefined);
    expect(own.map(({ connectorType }) => connectorType)).toEqual(withoutProfile);
  });

  it('list what the catalogue gives those that need no profile', async () => {
    const { connectors } = register('connectors: { S3: { cacheControl: 700, entities: { bucket: } } }');
    const s3 = connectors.find(({ connectorType }) => connectorType === 'S3');
    expect(await s3?.application?.listEntities({ entitiesPath: undefined, apiVersion: undefined })).toEqual({
      timeToLiveSeconds: 700,
      groups: { Objects: [{ name: 'bucket', label: 'bucket', hasNestedEntities: false }] },
    });
  });
});

describe('a profile', () => {
  it('says as little as its connector', () => {
    expect(register('profiles: { crm: { connector: Salesforce } }').profiles[0]?.profile).toEqual({
      connectorProfileArn: 'arn:aws:appflow:eu-west-1:123456789012:connectorprofile/crm',
      connectorProfileName: 'crm',
      connectorType: 'Salesforce',
      connectionMode: 'Public',
      credentialsArn: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:appflow!123456789012-crm',
      createdAt: Date.parse('2026-01-01') / 1000,
      lastUpdatedAt: Date.parse('2026-01-01') / 1000,
    });
  });

  it('or as much as it likes', () => {
    const text = `profiles:
  snow:
    connector: Servicenow
    connectionMode: Private
    arn: arn:aws:appflow:us-east-1:1:connectorprofile/other
    credentialsArn: arn:aws:secretsmanager:us-east-1:1:secret:mine
    createdAt: 2026-02-03T04:05:06+01:00
    properties: { instanceUrl: https://acme.service-now.com }`;
    expect(register(text).profiles[0]?.profile).toEqual({
      connectorProfileArn: 'arn:aws:appflow:us-east-1:1:connectorprofile/other',
      connectorProfileName: 'snow',
      connectorType: 'Servicenow',
      connectionMode: 'Private',
      credentialsArn: 'arn:aws:secretsmanager:us-east-1:1:secret:mine',
      connectorProfileProperties: { ServiceNow: { instanceUrl: 'https://acme.service-now.com' } },
      createdAt: Date.parse('2026-02-03T03:05:06Z') / 1000,
      lastUpdatedAt: Date.parse('2026-02-03T03:05:06Z') / 1000,
    });
  });

  it('has the flags of its connector written when it has properties', () => {
    const text =
      'profiles: { crm: { connector: Salesforce, properties: { instanceUrl: https://a.my.salesforce.com } } }';
    expect(register(text).profiles[0]?.profile.connectorProfileProperties).toEqual({
      Salesforce: {
        instanceUrl: 'https://a.my.salesforce.com',
        isSandboxEnvironment: false,
        usePrivateLinkForMetadataAndAuthorization: false,
      },
    });
  });

  it('of a custom connector carries its label, and its properties as text', () => {
    const text =
      'customConnectors: { Fleet: }\nprofiles: { it: { connector: Fleet, properties: { tenant: acme, size: 3 } } }';
    expect(register(text).profiles[0]?.profile).toMatchObject({
      connectorType: 'CustomConnector',
      connectorLabel: 'Fleet',
      connectorProfileProperties: { CustomConnector: { profileProperties: { tenant: 'acme', size: '3' } } },
    });
  });
});

describe('a custom connector', () => {
  it('has the usual values for what it leaves unsaid', () => {
    const connector = register('customConnectors: { My.Fleet: }').connectors.at(-1);
    expect(connector).toMatchObject({
      connectorType: 'CustomConnector',
      connectorLabel: 'My.Fleet',
      detail: {
        connectorName: 'My.Fleet',
        connectorProvisioningType: 'LAMBDA',
        connectorModes: ['SOURCE', 'DESTINATION'],
      },
      configuration: {
        connectorArn: 'arn:aws:appflow:eu-west-1:123456789012:connector/My.Fleet',
        connectorProvisioningConfig: {
          lambda: { lambdaArn: 'arn:aws:lambda:eu-west-1:123456789012:function:My-Fleet' },
        },
        supportedApiVersions: ['v1'],
        supportedWriteOperations: ['INSERT', 'UPSERT', 'UPDATE'],
      },
    });
  });

  it('that only reads writes nothing', () => {
    const connector = register('customConnectors: { Fleet: { modes: [SOURCE] } }').connectors.at(-1);
    expect(connector?.configuration).toMatchObject({ canUseAsSource: true, canUseAsDestination: false });
    expect(connector?.configuration).not.toHaveProperty('supportedWriteOperations');
  });
});

function problemsOf(text: string): readonly string[] {
  try {
    parseCatalog(text);
  } catch (error) {
    if (error instanceof CatalogError) return error.problems.map(({ message }) => message);
    throw error;
  }
  return [];
}

function register(text: string): Registration {
  return registerCatalog(parseCatalog(text), { region: 'eu-west-1', accountId: '123456789012' }, noLambdas);
}
