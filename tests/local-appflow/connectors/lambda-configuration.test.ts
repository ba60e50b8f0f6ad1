import {
  DescribeConnectorCommand,
  DescribeConnectorEntityCommand,
  DescribeConnectorsCommand,
  ListConnectorEntitiesCommand,
  ListConnectorsCommand,
  ResetConnectorMetadataCacheCommand,
} from '@aws-sdk/client-appflow';
import { describe, expect, it, vi } from 'vitest';
import { aSdkField, createSdkConnector, type SdkApplication } from '../../support/sdk-connector.ts';
import { ledgerCatalog, startLambdaAppflow } from '../../support/start-lambda-appflow.ts';
import { startStubLambda } from '../../support/stub-lambda.ts';

const application: SdkApplication = { entities: { '': ['Invoice'] }, fields: { Invoice: [aSdkField('Id')] } };
const custom = { connectorType: 'CustomConnector', connectorLabel: 'Ledger' } as const;

type Appflow = Awaited<ReturnType<typeof startLambdaAppflow>>;

describe('the configuration of a custom connector', () => {
  it('is what it answers, with what only the catalogue knows', async () => {
    const lambda = await startStubLambda(createSdkConnector(application));
    const { client } = await startLambdaAppflow(ledgerCatalog(lambda.url, { connector: 'description: Our books' }));
    const { connectorConfiguration } = await client.send(new DescribeConnectorCommand(custom));
    expect(connectorConfiguration).toEqual({
      canUseAsSource: true,
      canUseAsDestination: false,
      supportedDestinationConnectors: ['S3', 'CustomConnector', 'Salesforce'],
      supportedSchedulingFrequencies: ['DAILY'],
      isPrivateLinkEnabled: false,
      isPrivateLinkEndpointUrlRequired: false,
      supportedTriggerTypes: ['Scheduled', 'OnDemand'],
      connectorType: 'CustomConnector',
      connectorLabel: 'Ledger',
      connectorDescription: 'Our books',
      connectorOwner: 'ACME',
      connectorName: 'Ledger',
      connectorVersion: '3.1',
      connectorArn: 'arn:aws:appflow:eu-west-1:123456789012:connector/Ledger',
      connectorModes: ['SOURCE'],
      authenticationConfig: {
        isBasicAuthSupported: false,
        isApiKeyAuthSupported: true,
        isOAuth2Supported: true,
        isCustomAuthSupported: false,
        oAuth2Defaults: {
          oauthScopes: [],
          tokenUrls: ['https://acme.example/token'],
          authCodeUrls: ['https://acme.example/auth'],
          oauth2GrantTypesSupported: ['CLIENT_CREDENTIALS'],
        },
      },
      connectorRuntimeSettings: [
        {
          key: 'tenant',
          dataType: 'String',
          isRequired: true,
          label: 'Tenant',
          description: 'Which tenant',
          scope: 'CONNECTOR_PROFILE',
        },
      ],
      supportedApiVersions: ['v1', 'v2'],
      supportedOperators: ['EQUAL_TO'],
      supportedWriteOperations: [],
      connectorProvisioningType: 'LAMBDA',
      connectorProvisioningConfig: { lambda: { lambdaArn: 'arn:aws:lambda:eu-west-1:123456789012:function:Ledger' } },
      registeredAt: expect.any(Date),
      registeredBy: 'local-appflow',
      supportedDataTransferTypes: ['RECORD'],
    });
    expect(lambda.events).toEqual([{ type: 'DescribeConnectorConfigurationRequest', locale: 'en-US' }]);
  });

  it('may be as rich as the protocol', async () => {
    const parameter = { key: 'region', required: true, label: 'Region', description: 'Where', sensitiveField: true };
    const configuration = {
      connectorModes: ['SOURCE', 'DESTINATION'],
      authenticationConfig: {
        isCustomAuthSupported: true,
        oAuth2Defaults: { oAuth2CustomProperties: [{ ...parameter, type: 'TOKEN_URL' }] },
        customAuthConfig: [
          { authenticationType: 'Badge', authParameters: [{ ...parameter, connectorSuppliedValues: ['eu', 'us'] }] },
          { authenticationType: null, authParameters: null },
        ],
      },
      supportedTriggerTypes: ['EVENT', 'NEWER'],
      supportedDataTransferTypes: ['RECORD', 'FILE'],
      connectorRuntimeSetting: [{ key: 'size', required: null, connectorSuppliedValueOptions: ['1', '2'] }],
      logoURL: 'https://acme.example/logo.png',
    };
    const lambda = await startStubLambda(createSdkConnector({ ...application, configuration }));
    const { client } = await startLambdaAppflow(ledgerCatalog(lambda.url));
    const { connectorConfiguration } = await client.send(new DescribeConnectorCommand(custom));
    const translated = {
      key: 'region',
      isRequired: true,
      label: 'Region',
      description: 'Where',
      isSensitiveField: true,
    };
    expect(connectorConfiguration).toMatchObject({
      canUseAsDestination: true,
      authenticationConfig: {
        isCustomAuthSupported: true,
        oAuth2Defaults: { oauth2CustomProperties: [{ ...translated, type: 'TOKEN_URL' }] },
        customAuthConfigs: [
          {
            customAuthenticationType: 'Badge',
            authParameters: [{ ...translated, connectorSuppliedValues: ['eu', 'us'] }],
          },
          { authParameters: [] },
        ],
      },
      supportedTriggerTypes: ['Event'],
      supportedDataTransferTypes: ['RECORD', 'FILE'],
      connectorRuntimeSettings: [{ key: 'size', isRequired: false, connectorSuppliedValueOptions: ['1', '2'] }],
      logoURL: 'https://acme.example/logo.png',
    });
  });

  it('shows in both lists of connectors', async () => {
    const lambda = await startStubLambda(createSdkConnector(application));
    const { client } = await startLambdaAppflow(ledgerCatalog(lambda.url));
    const listed = await client.send(new ListConnectorsCommand({}));
    const described = await client.send(new DescribeConnectorsCommand({ connectorTypes: ['CustomConnector'] }));
    for (const { connectors } of [listed, described]) {
      expect(connectors).toMatchObject([
        { connectorName: 'Ledger', connectorOwner: 'ACME', connectorModes: ['SOURCE'] },
      ]);
    }
  });

  it('is what the catalogue says while the function is away, and is asked again later', async () => {
    const lambda = await startStubLambda(createSdkConnector(application));
    const port = Number(new URL(lambda.url).port);
    const catalog = ledgerCatalog(lambda.url, { connector: 'name: Books, apiVersions: [v7]' });
    await lambda.stop();
    const appflow = await startLambdaAppflow(catalog);
    expect(await configurationOf(appflow)).toMatchObject({ connectorName: 'Books', supportedApiVersions: ['v7'] });

    await lambda.start(port);
    appflow.clock.advance(9_999);
    expect(await configurationOf(appflow)).toMatchObject({ connectorName: 'Books' });
    appflow.clock.advance(1);
    expect(await configurationOf(appflow)).toMatchObject({
      connectorName: 'Ledger',
      supportedApiVersions: ['v1', 'v2'],
    });

    await lambda.stop();
    appflow.clock.advance(60_000);
    expect(await configurationOf(appflow)).toMatchObject({ connectorName: 'Ledger' });
    appflow.clock.advance(10_000);
    expect(await configurationOf(appflow)).toMatchObject({ connectorName: 'Ledger' });
    const complaints = appflow.lines.filter(({ msg }) => String(msg).startsWith('custom connector did not say'));
    expect(complaints.map(({ connector }) => connector)).toEqual(['Ledger', 'Ledger']);
  });

  it('keeps nobody waiting for more than two seconds', async () => {
    const lambda = await startStubLambda(createSdkConnector(application));
    lambda.misbehaviour = () => undefined;
    const appflow = await startLambdaAppflow(ledgerCatalog(lambda.url));
    const asked = appflow.client.send(new DescribeConnectorsCommand({ maxResults: 100 }));
    await vi.waitFor(() => expect(lambda.events).toHaveLength(1), { interval: 5 });
    appflow.clock.advance(2000);
    expect((await asked).connectors).toHaveLength(24);
    expect(await configurationOf(appflow)).toMatchObject({ connectorOwner: 'Local AppFlow' });
  });

  it('says which versions there are, as soon as it is known', async () => {
    const lambda = await startStubLambda(createSdkConnector(application));
    const { client } = await startLambdaAppflow(ledgerCatalog(lambda.url));
    const entity = { connectorProfileName: 'ledger', connectorEntityName: 'Invoice' };
    await client.send(new DescribeConnectorEntityCommand(entity));
    const refused = client.send(new DescribeConnectorEntityCommand({ ...entity, apiVersion: 'v9' }));
    await expect(refused).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'apiVersion must be one the connector supports, v1 or v2, got v9.',
    });
  });

  it('may say nothing about versions', async () => {
    const configuration = { supportedApiVersions: null };
    const lambda = await startStubLambda(createSdkConnector({ ...application, configuration }));
    const { client } = await startLambdaAppflow(ledgerCatalog(lambda.url));
    await client.send(new ListConnectorEntitiesCommand({ connectorProfileName: 'ledger' }));
    expect(lambda.events.at(-1)).toMatchObject({ connectorContext: { apiVersion: 'v1' } });
  });

  it('is not asked for by a reset, which calls no connector', async () => {
    const lambda = await startStubLambda(createSdkConnector(application));
    const { client, clock, registry } = await startLambdaAppflow(ledgerCatalog(lambda.url));
    await Promise.all(registry.connectors().map(connector => connector.refresh?.()));
    clock.advance(60_000);
    await lambda.stop();
    const reset = new ResetConnectorMetadataCacheCommand({ connectorProfileName: 'ledger', apiVersion: 'v1' });
    await client.send(reset);
    expect(lambda.events).toHaveLength(1);
  });
});

describe('a catalogue that is read again', () => {
  it('begins no second invocation beside the one under way', async () => {
    const { lambda, asked, release, reload, client } = await askAndHold();
    reload(ledgerCatalog(`${lambda.url}/`, { connector: 'cacheControl: 900' }));
    const entity = { connectorProfileName: 'ledger', connectorEntityName: 'Invoice', apiVersion: 'v1' };
    const next = client.send(new DescribeConnectorEntityCommand(entity));
    release();
    expect((await asked).connectorEntityMap).toHaveProperty('Objects');
    expect((await next).connectorEntityFields).toHaveLength(1);
    expect(lambda.turnedAway).toBe(0);
  });

  it('leaves alone whoever is being asked, even when it is gone from the catalogue', async () => {
    const { asked, release, reload, registry } = await askAndHold();
    reload('profiles: {}');
    expect(registry.profiles()).toEqual([]);
    release();
    expect((await asked).connectorEntityMap).toHaveProperty('Objects');
  });

  async function askAndHold() {
    const lambda = await startStubLambda(createSdkConnector(application));
    const appflow = await startLambdaAppflow(ledgerCatalog(lambda.url));
    await Promise.all(appflow.registry.connectors().map(connector => connector.refresh?.()));
    const release = lambda.hold();
    const list = new ListConnectorEntitiesCommand({ connectorProfileName: 'ledger', apiVersion: 'v1' });
    const asked = appflow.client.send(list);
    await vi.waitFor(() => expect(lambda.events).toHaveLength(2), { interval: 5 });
    return { ...appflow, lambda, asked, release };
  }
});

async function configurationOf({ client }: Appflow): Promise<object | undefined> {
  return (await client.send(new DescribeConnectorCommand(custom))).connectorConfiguration;
}
