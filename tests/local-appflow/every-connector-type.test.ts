import {
  AppflowClient,
  type ConnectorProfile,
  type ConnectorType,
  DescribeConnectorCommand,
  DescribeConnectorProfilesCommand,
  DescribeConnectorsCommand,
  ListConnectorsCommand,
} from '@aws-sdk/client-appflow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLog } from '../../src/base/log.ts';
import { parseCatalog } from '../../src/local-appflow/connectors/parse-catalog.ts';
import { registerCatalog } from '../../src/local-appflow/connectors/register-catalog.ts';
import { inputShapes } from '../../src/local-appflow/input-shapes.ts';
import { createLocalAppflow, type LocalAppflow } from '../../src/local-appflow/server.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { noLambdas } from '../support/no-lambdas.ts';
import { signedForAppflow } from '../support/start-local-appflow.ts';

const types: readonly ConnectorType[] = inputShapes.connectorType.values;
const profileless: readonly ConnectorType[] = ['CustomerProfiles', 'EventBridge', 'LookoutMetrics', 'S3', 'Upsolver'];

/** A connector that states several versions, one that states a single one, and the custom one; the others state none. */
const apiVersions: { readonly [T in ConnectorType]?: readonly string[] } = {
  Salesforce: ['v1', 'v2'],
  Zendesk: ['v1'],
  CustomConnector: ['v1', 'v2'],
};

const coordinates = {
  profile: type => ({ connectorProfileName: `my-${type}` }),
  type: type => ({ connectorType: type }),
  'profile and type': type => ({ connectorProfileName: `my-${type}`, connectorType: type }),
  'profile and another type': type => ({
    connectorProfileName: `my-${type}`,
    connectorType: type === 'Slack' ? 'Marketo' : 'Slack',
  }),
  'a profile that does not exist': () => ({ connectorProfileName: 'nobody' }),
  neither: () => ({}),
} satisfies Record<string, (type: ConnectorType) => { connectorProfileName?: string; connectorType?: ConnectorType }>;
type Naming = keyof typeof coordinates;

const scopes = {
  list: ['/list-connector-entities', {}],
  'list under a path': ['/list-connector-entities', { entitiesPath: 'Parent' }],
  describe: ['/describe-connector-entity', { connectorEntityName: 'Child' }],
  'reset names': ['/reset-connector-metadata-cache', {}],
  'reset names under a path': ['/reset-connector-metadata-cache', { entitiesPath: 'Parent' }],
  'reset details': ['/reset-connector-metadata-cache', { connectorEntityName: 'Child' }],
} as const;
type Scope = keyof typeof scopes;

interface Case {
  readonly type: ConnectorType;
  readonly naming: Naming;
  readonly scope: Scope;
  /** `v9` is one that no connector states. */
  readonly apiVersion: 'v1' | 'v9' | undefined;
}

const cases: readonly Case[] = types.flatMap(type =>
  (Object.keys(coordinates) as Naming[]).flatMap(naming =>
    (Object.keys(scopes) as Scope[]).flatMap(scope =>
      ([undefined, 'v1', 'v9'] as const).map(apiVersion => ({ type, naming, scope, apiVersion })),
    ),
  ),
);

/** AWS's rules in one place: the name of the error, or `accepted`. */
function expectedOf({ type, naming, scope, apiVersion }: Case): string {
  if (naming !== (profileless.includes(type) ? 'type' : 'profile')) {
    const refusal = refusalOf(type, naming);
    if (refusal !== undefined) return refusal;
  }
  const versions = apiVersions[type] ?? [];
  if (apiVersion === 'v9' && versions.length > 0) return 'ValidationException';
  const isVersionNeeded = scope.startsWith('reset') && (type === 'CustomConnector' || versions.length > 1);
  return isVersionNeeded && apiVersion === undefined ? 'ValidationException' : 'accepted';
}

/** Of any other way to name the application than the usual one. */
function refusalOf(type: ConnectorType, naming: Naming): string | undefined {
  if (naming === 'neither' || naming === 'type') return 'ValidationException';
  if (naming === 'a profile that does not exist' || profileless.includes(type)) return 'ResourceNotFoundException';
  return naming === 'profile and type' ? undefined : 'ValidationException';
}

/** What is answered when a combination is accepted. */
const answers: Readonly<Record<Scope, string>> = {
  list: '{"connectorEntityMap":{"Objects":[{"name":"Parent","label":"Parent","hasNestedEntities":true}]}}',
  'list under a path':
    '{"connectorEntityMap":{"Objects":[{"name":"Child","label":"Child","hasNestedEntities":false}]}}',
  describe: '{"connectorEntityFields":[]}',
  'reset names': '{}',
  'reset names under a path': '{}',
  'reset details': '{}',
};

let server: LocalAppflow;
let client: AppflowClient;

beforeAll(async () => {
  const account = { region: 'eu-west-1', accountId: '123456789012' };
  const { connectors, profiles } = registerCatalog(parseCatalog(JSON.stringify(everyType())), account, noLambdas);
  const registry = { connectors: () => connectors, profiles: () => profiles, flows: () => [] };
  server = await createLocalAppflow({ registry, clock: new FakeClock(), log: createLog('silent'), port: 0 });
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
  client = new AppflowClient({ endpoint: server.url, region: 'eu-west-1', credentials, maxAttempts: 1 });
});

afterAll(async () => {
  client.destroy();
  await server.close();
});

describe(`${cases.length} combinations of type, coordinates, scope and version`, () => {
  it.each(types)('%s', async type => {
    const ofType = cases.filter(found => found.type === type);
    const outcomes = await Promise.all(ofType.map(async found => ({ ...found, outcome: await outcomeOf(found) })));
    expect(outcomes).toEqual(ofType.map(found => ({ ...found, outcome: expectedOf(found) })));
  });
});

describe('every connector type', () => {
  it('is described, with members of the model only', async () => {
    for (const connectorType of types) {
      const connectorLabel = connectorType === 'CustomConnector' ? 'Acme' : undefined;
      const { connectorConfiguration } = await client.send(
        new DescribeConnectorCommand({ connectorType, connectorLabel }),
      );
      const answer = await (await post('/describe-connector', { connectorType, connectorLabel })).json();
      // The SDK drops what the model does not have, so nothing is lost on the way through it.
      expect(answer).toEqual({ connectorConfiguration: withSeconds(connectorConfiguration) });
      expect(connectorConfiguration).toMatchObject({ connectorType, connectorVersion: expect.any(String) });
      const { canUseAsSource, canUseAsDestination, connectorModes, supportedTriggerTypes } =
        connectorConfiguration ?? {};
      expect(connectorModes).toEqual([
        ...(canUseAsSource ? ['SOURCE'] : []),
        ...(canUseAsDestination ? ['DESTINATION'] : []),
      ]);
      expect(supportedTriggerTypes !== undefined).toBe(canUseAsSource);
    }
  });

  it('is in the list of all, AWS’s own with their configuration, the custom one alone in the list of those', async () => {
    const { connectors, connectorConfigurations } = await client.send(
      new DescribeConnectorsCommand({ maxResults: 100 }),
    );
    expect(connectors?.map(({ connectorType }) => connectorType).sort()).toEqual([...types].sort());
    const own = types.filter(type => type !== 'CustomConnector');
    expect(Object.keys(connectorConfigurations ?? {}).sort()).toEqual(own.sort());
    const listed = await client.send(new ListConnectorsCommand({}));
    expect(listed.connectors?.map(({ connectorLabel }) => connectorLabel)).toEqual(['Acme']);
  });

  it('has metadata under the key of the model, but for the two that have none there', async () => {
    const { connectorConfigurations = {} } = await client.send(new DescribeConnectorsCommand({ maxResults: 100 }));
    const keys = Object.entries(connectorConfigurations).map(([type, { connectorMetadata = {} }]) => [
      type,
      Object.keys(connectorMetadata),
    ]);
    const spelled = types.filter(type => type !== 'CustomConnector').map(type => [type, keysOf(type)]);
    expect(Object.fromEntries(keys)).toEqual(Object.fromEntries(spelled));
  });

  it('shows the properties of a profile under the key of the model, when it has profiles', async () => {
    const command = new DescribeConnectorProfilesCommand({ maxResults: 100 });
    const { connectorProfileDetails = [] } = await client.send(command);
    const keys = (profile: ConnectorProfile) => Object.keys(profile.connectorProfileProperties ?? {});
    expect(Object.fromEntries(connectorProfileDetails.map(found => [found.connectorType, keys(found)]))).toEqual(
      Object.fromEntries(types.filter(type => !profileless.includes(type)).map(type => [type, keysOf(type)])),
    );
  });
});

describe('a custom connector', () => {
  it('shows how to sign in and which settings it takes, flags written out', async () => {
    const command = new DescribeConnectorCommand({ connectorType: 'CustomConnector', connectorLabel: 'Acme' });
    const { connectorConfiguration } = await client.send(command);
    expect(connectorConfiguration).toMatchObject({
      authenticationConfig: {
        isBasicAuthSupported: false,
        isApiKeyAuthSupported: false,
        isOAuth2Supported: true,
        isCustomAuthSupported: false,
        oAuth2Defaults: {
          oauthScopes: ['read'],
          oauth2CustomProperties: [{ key: 'audience', isRequired: true, isSensitiveField: false, type: 'TOKEN_URL' }],
        },
      },
      connectorRuntimeSettings: [
        { key: 'instance', dataType: 'String', isRequired: false, scope: 'CONNECTOR_PROFILE' },
      ],
    });
  });
});

const spellings: { readonly [T in ConnectorType]?: string } = {
  Googleanalytics: 'GoogleAnalytics',
  Infornexus: 'InforNexus',
  Servicenow: 'ServiceNow',
};

function keysOf(type: ConnectorType): string[] {
  return type === 'LookoutMetrics' ? [] : [spellings[type] ?? type];
}

/** Over plain HTTP, because the SDK would take several times as long for so many. */
async function outcomeOf({ type, naming, scope, apiVersion }: Case): Promise<string> {
  const [path, rest] = scopes[scope];
  const response = await post(path, { ...coordinates[naming](type), ...rest, apiVersion });
  const answer = JSON.stringify(await response.json());
  if (response.status !== 200) return response.headers.get('x-amzn-errortype') ?? answer;
  return answer === answers[scope] ? 'accepted' : answer;
}

/** A profile or, where there is none, entities of every type: a parent with a child. */
function everyType() {
  const entities = { Parent: { entities: { Child: {} } } };
  const profiles = types
    .filter(type => !profileless.includes(type))
    .map(type => {
      const isCustom = type === 'CustomConnector';
      return [`my-${type}`, { connector: isCustom ? 'Acme' : type, entities, properties: isCustom ? { a: 1 } : {} }];
    });
  const acme = {
    apiVersions: apiVersions.CustomConnector,
    authenticationConfig: {
      isOAuth2Supported: true,
      oAuth2Defaults: {
        oauthScopes: ['read'],
        oauth2CustomProperties: [{ key: 'audience', isRequired: true, type: 'TOKEN_URL' }],
      },
    },
    runtimeSettings: [{ key: 'instance', dataType: 'String', scope: 'CONNECTOR_PROFILE' }],
  };
  return {
    connectors: {
      ...Object.fromEntries(profileless.map(type => [type, { entities }])),
      Salesforce: { apiVersions: apiVersions.Salesforce },
      Zendesk: { apiVersions: apiVersions.Zendesk },
    },
    customConnectors: { Acme: acme },
    profiles: Object.fromEntries(profiles),
  };
}

function post(path: string, body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json', authorization: signedForAppflow };
  return fetch(`${server.url}${path}`, { method: 'POST', body: JSON.stringify(body), headers });
}

/** Dates as they stand on the wire. */
function withSeconds(configuration: object | undefined): unknown {
  const entries = Object.entries(configuration ?? {});
  return Object.fromEntries(
    entries.map(([name, value]) => [name, value instanceof Date ? value.getTime() / 1000 : value]),
  );
}
