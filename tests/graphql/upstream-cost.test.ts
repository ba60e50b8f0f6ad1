import fc from 'fast-check';
import { type GraphQLSchema, getOperationAST, getVariableValues, isObjectType, parse } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { CachedSource } from '../../src/cache/cached-source.ts';
import { CoherentCache } from '../../src/cache/coherent-cache.ts';
import { processCoherence } from '../../src/cache/process-coherence.ts';
import { directoryCalls, fieldCalls } from '../../src/graphql/field-calls.ts';
import { toConnectorId, toEntityId, toProfileId } from '../../src/graphql/ids.ts';
import { createGatewaySchema } from '../../src/graphql/schema.ts';
import { estimateUpstreamCalls } from '../../src/graphql/upstream-cost.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { createSampleSource, createTestGateway } from './test-gateway.ts';

/** Operations that select anything of connectors, profiles and entities, as deep as chance has it. */
const selections = fc.letrec<
  Record<'connector' | 'profile' | 'entity' | 'entityPage' | 'profilePage' | 'query' | 'reset', string>
>(tie => {
  const some = (...selections: fc.Arbitrary<string>[]) =>
    fc
      .array(fc.oneof({ maxDepth: 5 }, fc.constant('__typename'), ...selections), { minLength: 1, maxLength: 4 })
      .map(chosen => {
        const aliased = chosen.map((selection, index) =>
          selection === '__typename' ? selection : `f${index}: ${selection}`,
        );
        return `{ ${aliased.join(' ')} }`;
      });
  const page = (node: fc.Arbitrary<string>) =>
    fc.oneof(
      node.map(selected => `{ nodes ${selected} }`),
      node.map(selected => `{ edges { node ${selected} } }`),
    );
  const first = fc.constantFrom('', '(first: 1)', '(first: 3)');
  return {
    connector: some(
      fc.constantFrom('arn', 'logoUrl', 'resetRequirements { apiVersion }', 'entities(first: 2) { totalCount }'),
      fc.tuple(first, tie('profilePage')).map(([args, inner]) => `profiles${args} ${inner}`),
    ),
    profile: some(
      tie('connector').map(inner => `connector ${inner}`),
      fc.tuple(first, tie('entityPage')).map(([args, inner]) => `entities${args} ${inner}`),
      fc
        .tuple(fc.constantFrom('Account', 'API_PRODUCT', 'Nothing'), tie('entity'))
        .map(([name, inner]) => `entity(name: "${name}") ${inner}`),
    ),
    entity: some(
      fc.constantFrom(
        'label',
        'group',
        'hasNestedEntities',
        'connectorType',
        'fields { identifier }',
        'fingerprint',
        'freshness { fetchedAt }',
      ),
      tie('profile').map(inner => `profile ${inner}`),
      fc.tuple(first, tie('entityPage')).map(([args, inner]) => `entities${args} ${inner}`),
    ),
    entityPage: page(tie('entity')),
    profilePage: page(tie('profile')),
    query: some(
      page(tie('connector')).map(inner => `connectors(first: 5) ${inner}`),
      tie('connector').map(inner => `connector(type: CUSTOM_CONNECTOR) ${inner}`),
      tie('profilePage').map(inner => `connectorProfiles ${inner}`),
      tie('profile').map(inner => `connectorProfile(name: "my-sap") ${inner}`),
      tie('entityPage').map(
        inner => `connectorEntities(connectorProfileName: "my-sap", connectorType: SAP_ODATA) ${inner}`,
      ),
      tie('entity').map(inner => `connectorEntity(connectorProfileName: "my-salesforce", name: "Account") ${inner}`),
    ),
    reset: some(
      tie('profile').map(
        inner => `resetConnectorMetadataCache(input: { connectorProfileName: "my-sap" }) { profile ${inner} }`,
      ),
      tie('entityPage').map(
        inner =>
          `resetConnectorMetadataCache(input: { connectorProfileName: "my-salesforce", connectorType: SALESFORCE }) { entities ${inner} profile { name } }`,
      ),
      tie('entity').map(
        inner =>
          `resetConnectorMetadataCache(input: { connectorProfileName: "my-salesforce", connectorEntityName: "Account" }) { entity ${inner} }`,
      ),
    ),
  };
});
const documents = fc.oneof(
  selections.query,
  selections.reset.map(set => `mutation ${set}`),
);

let schema: GraphQLSchema;

beforeAll(async () => {
  schema = await createGatewaySchema();
});

describe('the estimate of upstream calls', () => {
  it.each([
    ['connectors are two lists', '{ connectors { nodes { id } } }', 2],
    [
      'what is shared counts once',
      '{ a: connectors { nodes { id } } b: connector(type: S3) { profiles { nodes { connector { id } } } } }',
      3,
    ],
    ['a configuration is one call a connector', '{ connectors(first: 7) { nodes { arn logoUrl } } }', 9],
    [
      'a page of names is one call',
      '{ connectorEntities(connectorProfileName: "x", first: 1000) { totalCount nodes { id name label group } } }',
      1,
    ],
    [
      'the type beside a profile has to be looked up',
      '{ connectorEntities(connectorProfileName: "x", connectorType: S3) { totalCount } }',
      2,
    ],
    [
      'fields are one call an entity, with all that comes of it',
      '{ connectorEntities(connectorProfileName: "x", first: 30) { nodes { fields { identifier } fingerprint freshness { fetchedAt } } } }',
      31,
    ],
    [
      'edges as well',
      '{ connectorEntities(connectorProfileName: "x", first: 30) { edges { node { fields { identifier } } } } }',
      31,
    ],
    [
      'one entity is one call, and its fields are in it',
      '{ connectorEntity(connectorProfileName: "x", name: "y") { name fields { identifier } } }',
      1,
    ],
    ['its label takes its list', '{ connectorEntity(connectorProfileName: "x", name: "y") { name label group } }', 2],
    [
      'pages multiply',
      '{ connectorProfiles(first: 5) { nodes { entities(first: 10) { nodes { entities(first: 3) { nodes { fields { identifier } } } } } } } }',
      1 + 5 * (1 + 10 * (1 + 3)),
    ],
    ['what is left out costs nothing', '{ connectors { nodes { arn @skip(if: true) } } }', 2],
    ['the cache itself is here', '{ connectorMetadataCache { hits } __schema { queryType { name } } }', 0],
    [
      'a reset is one call',
      'mutation { resetConnectorMetadataCache(input: { connectorProfileName: "x" }) { scope } }',
      1,
    ],
    [
      'each reset has profiles read again',
      'mutation { a: resetConnectorMetadataCache(input: { connectorProfileName: "x" }) { profile { name } } b: resetConnectorMetadataCache(input: { connectorProfileName: "x" }) { profile { name } } }',
      4,
    ],
    [
      'a fragment counts wherever it is spread',
      '{ connectorEntities(connectorProfileName: "x", first: 3) { ...P } b: connectorEntities(connectorProfileName: "y", first: 4) { ... { ...P } } } fragment P on ConnectorEntityConnection { nodes { ...F } } fragment F on ConnectorEntity { fields { identifier } }',
      9,
    ],
  ])('%s', (_, document, calls) => {
    expect(estimate(document)).toBe(calls);
  });

  it('goes by what representations are of, and by the lists they are in', () => {
    const entities = Array.from({ length: 200 }, (_, i) =>
      reference('ConnectorEntity', entityId(i % 2 ? 'a' : 'b', `e${i}`)),
    );
    const document =
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on ConnectorEntity { label fields { identifier } } ... on Connector { arn } ... on ConnectorProfile { ...P } } } fragment P on ConnectorProfile { entities { totalCount } }';
    expect(estimate(document, { r: entities })).toBe(202);
    const profiles = ['a', 'b', 'c'].map(name => reference('ConnectorProfile', toProfileId({ name })));
    expect(estimate(document, { r: profiles })).toBe(1 + 3);
    expect(
      estimate(document, { r: [reference('Connector', toConnectorId({ rawType: 'S3', label: null })), 1, {}] }),
    ).toBe(2 + 1);
    expect(estimate(document, { r: [] })).toBe(0);
  });

  it('stays a number however deep pages are, and ends for fragments that never do', () => {
    const depth = 25;
    const deep = `${'entities(first: 1000) { nodes { '.repeat(depth)}fields { identifier }${' } }'.repeat(depth)}`;
    expect(estimate(`{ connectorEntity(name: "x") { ${deep} } }`)).toBe(Number.MAX_SAFE_INTEGER);
    expect(
      estimate(
        '{ ...A } fragment A on Query { connectors { totalCount } ...B } fragment B on Query { ...A ...Nothing }',
      ),
    ).toBe(2);
  });

  it('knows no field that the schema does not have', () => {
    for (const key of Object.keys(fieldCalls)) {
      const [typeName = '', fieldName = ''] = key.split('.');
      const type = schema.getType(typeName);
      expect(isObjectType(type) && Object.keys(type.getFields())).toContain(fieldName);
    }
  });

  it('is never less than what a cold cache really asks for', async () => {
    await fc.assert(
      fc.asyncProperty(documents, async document => {
        const source = createSampleSource();
        const { execute } = await createTestGateway(cached(source));
        await execute(document);
        const real = source.calls.reduce(
          (sum, key) => sum + (key === '["connectors"]' ? directoryCalls.connectors : 1),
          0,
        );
        expect(real, document).toBeLessThanOrEqual(estimate(document));
      }),
      { numRuns: 150 },
    );
  });
});

function cached(source: ReturnType<typeof createSampleSource>) {
  const clock = new FakeClock();
  const cache = new CoherentCache({ clock, maxBytes: 10_000_000 });
  return new CachedSource({ source, cache, coherence: processCoherence, clock, ttlMs: 1000, directoryTtlMs: 1000 });
}

function reference(typename: string, id: string) {
  return { __typename: typename, id };
}

function entityId(connectorProfileName: string, name: string): string {
  return toEntityId({ list: { connectorProfileName }, name, listed: null });
}

function estimate(text: string, given: Record<string, unknown> = {}): number {
  const document = parse(text);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('expected one operation');
  const { coerced: variables = {} } = getVariableValues(schema, operation.variableDefinitions ?? [], given);
  return estimateUpstreamCalls({ schema, document, operation, variables });
}
