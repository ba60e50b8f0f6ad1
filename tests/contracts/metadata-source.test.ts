import { AppflowCalls } from '../../src/appflow/appflow-calls.ts';
import { createAppflowClient } from '../../src/appflow/appflow-client.ts';
import { AppflowSource } from '../../src/appflow/appflow-source.ts';
import { createLog } from '../../src/base/log.ts';
import { budgetResets } from '../../src/cache/budgeted-source.ts';
import { CachedSource } from '../../src/cache/cached-source.ts';
import { CoherentCache } from '../../src/cache/coherent-cache.ts';
import { LocalBudget } from '../../src/cache/local-budget.ts';
import { processCoherence } from '../../src/cache/process-coherence.ts';
import { LambdaConnectors } from '../../src/local-appflow/connectors/lambda-connectors.ts';
import type { SourceApplication } from '../../src/local-appflow/connectors/source-application.ts';
import { createLocalAppflow } from '../../src/local-appflow/server.ts';
import type { MetadataSource } from '../../src/metadata/source.ts';
import { aConfiguration, aConnector, aField, anEntity, aProfile } from '../support/builders.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { aWireEntity, FakeApplication, FakeRegistry } from '../support/fake-registry.ts';
import { type FakeEntity, FakeSource } from '../support/fake-source.ts';
import { aSdkField, createSdkConnector, type SdkApplication } from '../support/sdk-connector.ts';
import { StubLambda } from '../support/stub-lambda.ts';
import { describeMetadataSource, type SourceWorld } from './metadata-source.ts';

type NamesByParent = Parameters<SourceWorld['setEntities']>[0];

describeMetadataSource('the fake', async () => createFakeWorld());

describeMetadataSource('AppflowSource over local AppFlow', createLocalWorld);

describeMetadataSource('AppflowSource over local AppFlow over a custom connector', createLambdaWorld);

describeMetadataSource('CachedSource over the fake', async () => cached(createFakeWorld()));

describeMetadataSource('resets within a budget over the fake', async () => {
  const world = createFakeWorld();
  return { ...world, source: budgetResets(world.source, new LocalBudget(60, new FakeClock())) };
});

describeMetadataSource('CachedSource over AppflowSource over local AppFlow', async () =>
  cached(await createLocalWorld()),
);

function createFakeWorld(): SourceWorld {
  const source = new FakeSource();
  source.connectors = [aConnector('S3'), aConnector('Salesforce'), aConnector('CustomConnector', { label: 'Ledger' })];
  source.configurations.set('Ledger', aConfiguration({ supportedApiVersions: ['v1', 'v2'] }));
  source.profiles = [aProfile('crm')];
  source.entities.set('S3', [anEntity('bucket')]);
  let tree: NamesByParent = {};
  const fields = new Map<string, readonly string[]>();
  const rebuild = () => source.entities.set('crm', toFakeEntities('', tree, fields));
  return {
    source,
    setEntities: namesByParent => {
      tree = namesByParent;
      rebuild();
    },
    setFields: (entity, identifiers) => {
      fields.set(entity, identifiers);
      rebuild();
    },
    close: async () => undefined,
  };
}

function toFakeEntities(
  parent: string,
  tree: NamesByParent,
  fields: ReadonlyMap<string, readonly string[]>,
): FakeEntity[] {
  const entities = (tree[parent] ?? []).map(name =>
    anEntity(name, {
      children: toFakeEntities(name, tree, fields),
      fields: (fields.get(name) ?? []).map(identifier => aField(identifier)),
    }),
  );
  return entities.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function createLocalWorld(): Promise<SourceWorld> {
  const application = new FakeApplication();
  const world = await createWorldOver(application);
  return {
    ...world,
    setEntities: tree => {
      for (const parent of Object.keys(tree)) application.setList(parent, toWireGroups(parent, tree));
    },
    setFields: (entity, identifiers) => application.setFields(entity, identifiers),
  };
}

/** The whole way down: the application is a custom connector, called over HTTP, that gives its lists in pages of two. */
async function createLambdaWorld(): Promise<SourceWorld> {
  const connector: SdkApplication = { entities: {}, fields: {}, pageSize: 2 };
  const lambda = new StubLambda(createSdkConnector(connector));
  await lambda.start();
  const lambdas = new LambdaConnectors({ clock: new FakeClock(), log: createLog('silent') });
  const world = await createWorldOver(lambdas.createApplication('Crm', lambda.url, { runtimeSettings: {} }));
  return {
    ...world,
    setEntities: tree => {
      connector.entities = tree;
    },
    setFields: (entity, identifiers) => {
      connector.fields = { ...connector.fields, [entity]: identifiers.map(identifier => aSdkField(identifier)) };
    },
    close: async () => {
      await world.close();
      await lambda.stop();
    },
  };
}

async function createWorldOver(application: SourceApplication): Promise<Pick<SourceWorld, 'source' | 'close'>> {
  const registry = new FakeRegistry();
  registry.addConnector('Salesforce');
  registry.addConnector('S3', { application: new FakeApplication().setEntities('', { Objects: ['bucket'] }) });
  registry.addCustomConnector('Ledger', ['v1', 'v2']);
  registry.addProfile('crm', application);
  const clock = new FakeClock();
  const server = await createLocalAppflow({ registry, clock, log: createLog('silent'), port: 0 });
  const client = createAppflowClient({
    endpoint: { url: server.url, region: 'eu-west-1' },
    concurrency: 4,
    timeoutMs: 5000,
  });
  const calls = new AppflowCalls({ client, clock, timeoutMs: 5000, concurrency: 4 });
  return {
    source: new AppflowSource({ calls, clock, upstreamCacheTtlMs: 3_600_000 }),
    close: async () => {
      client.destroy();
      await server.close();
    },
  };
}

function toWireGroups(parent: string, tree: NamesByParent) {
  const entities = (tree[parent] ?? []).map(name => aWireEntity(name, { hasNestedEntities: name in tree }));
  return { Objects: entities };
}

function cached(world: SourceWorld): SourceWorld {
  return { ...world, source: createCachedSource(world.source) };
}

function createCachedSource(source: MetadataSource): CachedSource {
  const clock = new FakeClock();
  const cache = new CoherentCache({ clock, maxBytes: 10_000_000 });
  return new CachedSource({
    source,
    cache,
    coherence: processCoherence,
    clock,
    ttlMs: 3_600_000,
    directoryTtlMs: 60_000,
  });
}
