import {
  DescribeConnectorEntityCommand,
  ListConnectorEntitiesCommand,
  ResetConnectorMetadataCacheCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-appflow';
import { describe, expect, it } from 'vitest';
import { findConnectedApplication } from '../../../src/local-appflow/connected-application.ts';
import { MetadataCache } from '../../../src/local-appflow/metadata-cache.ts';
import { resetConnectorMetadataCache } from '../../../src/local-appflow/operations/reset-connector-metadata-cache.ts';
import { Paging } from '../../../src/local-appflow/paging.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { FakeApplication, FakeRegistry } from '../../support/fake-registry.ts';
import { startLocalAppflow } from '../../support/start-local-appflow.ts';

describe('ResetConnectorMetadataCache through the SDK', () => {
  it('shows a new field once its entity is reset, and a new entity once the names are', async () => {
    const { client, application } = await withSales();
    const sales = { connectorProfileName: 'sales' };
    const look = async () => {
      const listed = await client.send(new ListConnectorEntitiesCommand(sales));
      const described = await client.send(
        new DescribeConnectorEntityCommand({ ...sales, connectorEntityName: 'Account' }),
      );
      const names = Object.values(listed.connectorEntityMap ?? {}).flat();
      return [names.length, described.connectorEntityFields?.length];
    };
    expect(await look()).toEqual([1, 1]);
    application.setEntities('', { Objects: ['Account', 'Lead'] }).setFields('Account', ['Id', 'Added']);
    expect(await look()).toEqual([1, 1]);
    await client.send(new ResetConnectorMetadataCacheCommand({ ...sales, connectorEntityName: 'Account' }));
    expect(await look()).toEqual([1, 2]);
    const { $metadata, ...output } = await client.send(new ResetConnectorMetadataCacheCommand(sales));
    expect(await look()).toEqual([2, 2]);
    expect(output).toEqual({});
    expect($metadata).toMatchObject({ httpStatusCode: 200, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  });

  it('answers an empty JSON object', async () => {
    const { post } = await withSales();
    const answer = await post('/reset-connector-metadata-cache', '{"connectorProfileName":"sales"}');
    expect([answer.status, await answer.text()]).toEqual([200, '{}']);
  });

  it('does not know a profile that is not there, but has no quarrel with an unknown entity or parent', async () => {
    const { client, application } = await withSales();
    const reset = (connectorProfileName: string, given: object = {}) =>
      client.send(new ResetConnectorMetadataCacheCommand({ connectorProfileName, ...given }));
    await expect(reset('nobody')).rejects.toBeInstanceOf(ResourceNotFoundException);
    await expect(reset('nobody')).rejects.toThrow('Connector Profile with name nobody does not exist.');
    await reset('sales', { connectorEntityName: 'Nothing' });
    await reset('sales', { entitiesPath: 'Nothing' });
    expect(application.calls).toEqual([]);
  });
});

/** The five members, each absent, empty or given; what is given depends on the connection. */
const members = ['connectorProfileName', 'connectorType', 'connectorEntityName', 'entitiesPath', 'apiVersion'] as const;
type Request = { readonly [M in (typeof members)[number]]?: string };

const connections = {
  'a plain profile': { connectorProfileName: 'sales', connectorType: 'Salesforce', apiVersion: 'v1' },
  'a custom profile with two versions': {
    connectorProfileName: 'acme',
    connectorType: 'CustomConnector',
    apiVersion: 'v1',
  },
  'a connector without profiles': { connectorProfileName: 'sales', connectorType: 'S3', apiVersion: 'v1' },
} satisfies Record<string, Request>;

/** What is cached before each reset. Only acme lists versions, v1 and v2, so only there a read without one means v2. */
const cached = ['sales', 'acme', 'S3'].flatMap(owner =>
  [undefined, 'v1', 'v2'].flatMap(version => [
    { owner, version, path: '' },
    { owner, version, path: 'Parent' },
    { owner, version, entity: 'Order' },
    { owner, version, entity: 'Customer' },
  ]),
);
type Cached = (typeof cached)[number];

describe.each([false, true])('the reach of a reset when names reset reaches nested is %s', namesResetReachesNested => {
  it.each(Object.entries(connections))('for %s, in all 243 combinations', async (_, given) => {
    const requests = everyRequest({ ...given, connectorEntityName: 'Order', entitiesPath: 'Parent' });
    for (const request of requests) {
      const expected = refusal(request) ?? { forgotten: cached.filter(isReached(request, namesResetReachesNested)) };
      const outcome = await resetAndReadAgain(request, namesResetReachesNested);
      expect({ request, ...outcome }).toEqual({ request, ...expectedOutcome(expected) });
    }
    expect(requests).toHaveLength(243);
  });
});

interface Outcome {
  /** What the reset answered: `{}`, or an error's code. */
  readonly answer: unknown;
  /** What the applications were asked when everything was read again. */
  readonly calls: readonly string[];
}

function expectedOutcome(expected: 'ValidationException' | { forgotten: readonly Cached[] }): Outcome {
  if (expected === 'ValidationException') return { answer: expected, calls: [] };
  return { answer: {}, calls: [...new Set(expected.forgotten.map(callOf))].sort() };
}

async function resetAndReadAgain(request: Request, namesResetReachesNested: boolean): Promise<Outcome> {
  const { parts, takeCalls, readAll } = setUp(namesResetReachesNested);
  await readAll();
  takeCalls();
  const reset = async () => resetConnectorMetadataCache.read(request).carryOut(parts);
  const answer = await reset().catch(({ code }) => code);
  await readAll();
  return { answer, calls: takeCalls().sort() };
}

/** The reference: what has to be refused ... */
function refusal(request: Request): 'ValidationException' | undefined {
  const { connectorProfileName: profile, connectorType: type, connectorEntityName: entity, apiVersion } = request;
  const empty = [profile, type, entity, apiVersion].includes('');
  const typeOfProfile = profile === 'acme' ? 'CustomConnector' : 'Salesforce';
  const mismatch = profile !== undefined && type !== undefined && type !== typeOfProfile;
  const nobody = profile === undefined && type !== 'S3';
  const versionMissing = profile === 'acme' && apiVersion === undefined;
  return empty || mismatch || nobody || versionMissing ? 'ValidationException' : undefined;
}

/** ... and what is forgotten otherwise. */
function isReached(request: Request, namesResetReachesNested: boolean) {
  const { connectorEntityName, entitiesPath, apiVersion } = request;
  const owner = request.connectorProfileName ?? request.connectorType;
  return (entry: Cached): boolean => {
    const version = versionOf(entry);
    if (entry.owner !== owner) return false;
    if (apiVersion !== undefined && version !== undefined && apiVersion !== version) return false;
    if (connectorEntityName !== undefined) return entry.entity === connectorEntityName;
    if (entry.path === undefined) return false;
    return entry.path === (entitiesPath ?? '') || (entitiesPath === undefined && namesResetReachesNested);
  };
}

function versionOf({ owner, version }: Cached): string | undefined {
  return owner === 'acme' ? (version ?? 'v2') : version;
}

function callOf(entry: Cached): string {
  const asked = entry.path === undefined ? `describe ${entry.entity}` : `list "${entry.path}"`;
  const version = versionOf(entry);
  return `${entry.owner}: ${version === undefined ? asked : `${asked} @${version}`}`;
}

function everyRequest(given: Required<Request>): Request[] {
  return members.reduce<Request[]>(
    (requests, member) =>
      requests.flatMap(request => [request, { ...request, [member]: '' }, { ...request, [member]: given[member] }]),
    [{}],
  );
}

function setUp(namesResetReachesNested: boolean) {
  const registry = new FakeRegistry();
  const clock = new FakeClock();
  const cache = new MetadataCache(clock, { namesResetReachesNested });
  const applications = { sales: anApplication(), acme: anApplication(), S3: anApplication() };
  registry.addConnector('Salesforce');
  registry.addConnector('S3', { application: applications.S3 });
  registry.addCustomConnector('Acme', ['v1', 'v2']);
  registry.addProfile('sales', applications.sales);
  registry.addProfile('acme', applications.acme, { connectorType: 'CustomConnector', connectorLabel: 'Acme' });
  const read = ({ owner, version: apiVersion, path, entity }: Cached) => {
    const named = owner === 'S3' ? { connectorType: owner } : { connectorProfileName: owner };
    const absent = { connectorProfileName: undefined, connectorType: undefined };
    const connected = findConnectedApplication(registry, { ...absent, ...named, apiVersion });
    return entity === undefined ? cache.listEntities(connected, path) : cache.describeEntity(connected, entity);
  };
  return {
    parts: { registry, cache, paging: new Paging(clock) },
    readAll: () => Promise.all<unknown>(cached.map(read)),
    takeCalls: () =>
      Object.entries(applications).flatMap(([owner, { calls }]) => calls.splice(0).map(call => `${owner}: ${call}`)),
  };
}

function anApplication(): FakeApplication {
  return new FakeApplication()
    .setEntities('', { Objects: ['Order', 'Customer', 'Parent'] })
    .setEntities('Parent', { Objects: ['Child'] })
    .setFields('Order', ['Id'])
    .setFields('Customer', ['Id']);
}

async function withSales() {
  const started = await startLocalAppflow();
  const application = new FakeApplication().setEntities('', { Objects: ['Account'] }).setFields('Account', ['Id']);
  started.registry.addProfile('sales', application);
  return { ...started, application };
}
