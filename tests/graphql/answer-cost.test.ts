import { type GraphQLSchema, getIntrospectionQuery, getOperationAST, parse } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { estimateAnswerCost } from '../../src/graphql/answer-cost.ts';
import { limits } from '../../src/graphql/limits.ts';
import { createGatewaySchema } from '../../src/graphql/schema.ts';

let schema: GraphQLSchema;

beforeAll(async () => {
  schema = await createGatewaySchema();
});

describe('the cost of an answer', () => {
  it.each([
    ['a value is one', '{ connectorMetadataCache { hits misses } }', 3],
    ['aliases are values', '{ connectorMetadataCache { a: hits b: hits } }', 3],
    ['a page is as long as it asks for', '{ connectors(first: 3) { nodes { id name } pageInfo { endCursor } } }', 13],
    ['else as its default', '{ connectors { nodes { id } } }', 102],
    ['null is the default', '{ connectors(first: null) { nodes { id } } }', 102],
    ['edges are as many as nodes', '{ connectors(first: 2) { edges { cursor node { id } } nodes { id } } }', 15],
    ['pages multiply', '{ connectors(first: 3) { nodes { profiles(first: 4) { nodes { name } } } } }', 35],
    ['a list that is not paged counts as ten', '{ connectorEntity(name: "x") { fields { identifier } } }', 22],
    [
      'what is left out costs nothing',
      '{ connectorMetadataCache { hits @skip(if: true) misses @include(if: false) } }',
      1,
    ],
    ['a filter looks at the whole list', '{ connectors(filter: {}, first: 1) { nodes { id } } }', 204],
    ['no page is longer than the longest', '{ connectors(first: 2000000000) { nodes { id } } }', 2002],
    ['or shorter than one', '{ connectors(first: -1) { nodes { id } } }', 4],
  ])('%s', (_, document, cost) => {
    expect(costOf(document)).toBe(cost);
  });

  it('follows variables', () => {
    const document =
      'query ($n: Int = 5, $all: Boolean!) { connectors(first: $n) { nodes { id name @include(if: $all) } } }';
    expect(costOf(document, { n: 10, all: false })).toBe(22);
    expect(costOf(document, { n: 10, all: true })).toBe(32);
  });

  it('counts a reference for each representation, whatever the type', () => {
    const document =
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Connector { id } ... on ConnectorProfile { arn name } } }';
    expect(costOf(document, { r: Array.from({ length: 10 }, () => ({})) })).toBe(41);
    expect(costOf(document, { r: [] })).toBe(1);
    expect(costOf('{ _entities(representations: [{}, {}]) { __typename } }')).toBe(5);
  });

  it('counts a fragment wherever it is spread, on the page that it is spread on', () => {
    const fragments =
      'fragment Page on ConnectorConnection { nodes { ...Names } } fragment Names on Connector { id name }';
    const inline = '{ a: connectors(first: 2) { nodes { id name } } b: connectors(first: 5) { nodes { id name } } }';
    expect(
      costOf(`{ a: connectors(first: 2) { ...Page } b: connectors(first: 5) { ... { ...Page } } } ${fragments}`),
    ).toBe(costOf(inline));
  });

  it('takes no longer for fragments that double each other, nor for ones that never end', () => {
    const doubling = Array.from({ length: 60 }, (_, i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`).join(
      ' ',
    );
    expect(costOf(`{ ...F0 } ${doubling} fragment F60 on Query { __typename }`)).toBe(Number.MAX_SAFE_INTEGER);
    expect(costOf('{ ...A } fragment A on Query { __typename ...B } fragment B on Query { ...A ...Nothing }')).toBe(1);
  });

  it('stays a number however deep the pages are', () => {
    const depth = 60;
    const deep = `${'profile { entities(first: 1000) { nodes { '.repeat(depth)}name${' } } }'.repeat(depth)}`;
    expect(
      costOf(
        `{ connectorEntity(name: "x") { ${deep} } _entities(representations: []) { ... on ConnectorEntity { ${deep} } } }`,
      ),
    ).toBe(Number.MAX_SAFE_INTEGER);
  });
});

it('ends at a depth that nobody writes, whatever makes it deep', () => {
  const deep = (depth: number, open: string) => `{ ${open.repeat(depth)} __typename ${'}'.repeat(depth)} }`;
  expect(costOf(deep(199, '... {'))).toBe(1);
  expect(costOf(deep(200, '... {'))).toBe(Number.MAX_SAFE_INTEGER);

  const chain = Array.from({ length: 1400 }, (_, i) => `fragment F${i} on Query { ...F${i + 1} }`).join(' ');
  expect(costOf(`{ ...F0 } ${chain} fragment F1400 on Query { __typename }`)).toBe(Number.MAX_SAFE_INTEGER);
});

const field = `identifier parentIdentifier label description fieldType isPrimaryKey isDeprecated defaultValue filterOperators
  supportedValues valueRegexPattern supportedDateFormat fieldValueRange { minimum maximum } fieldLengthRange { minimum maximum }
  sourceProperties { isRetrievable isQueryable isTimestampFieldForIncrementalQueries }
  destinationProperties { isCreatable isNullable isUpsertable isUpdatable isDefaultedOnCreate supportedWriteOperations }
  customProperties { key value }`;
const entity =
  'id name label group hasNestedEntities entitiesPath apiVersion connectorType fingerprint freshness { fetchedAt }';
const page = (first: number, selection: string) =>
  `{ connectorEntities(connectorProfileName: "x", first: ${first}, filter: { group: "y" }) {
    totalCount freshness { fetchedAt expiresAt completeAsOf } edges { cursor node { ${selection} } } pageInfo { hasNextPage endCursor }
  } }`;

describe('the limit', () => {
  it.each([
    ['the longest page with all of its entities', page(1000, `${entity} profile { name }`)],
    ['a page with all of its fields', page(100, `${entity} fields { ${field} }`)],
    ['a page with its children', page(100, `${entity} entities { totalCount nodes { id name label } }`)],
    [
      'the introspection of tools',
      getIntrospectionQuery({
        inputValueDeprecation: true,
        schemaDescription: true,
        specifiedByUrl: true,
        directiveIsRepeatable: true,
      }),
    ],
  ])('lets %s through', (_, document) => {
    expect(costOf(document)).toBeLessThan(limits.answerCost);
  });

  it.each([
    ['pages within pages', page(1000, 'profile { entities { nodes { name } } }')],
    ['a thousand searches', page(1000, 'profile { entities(first: 1, filter: { nameContains: "x" }) { totalCount } }')],
    [
      'introspection over and over',
      `{ __schema { ${Array.from({ length: 900 }, (_, i) => `a${i}: types { fields { name } }`).join(' ')} } }`,
    ],
    [
      'types over and over',
      `{ ${Array.from({ length: 900 }, (_, i) => `a${i}: __type(name: "Query") { fields { type { fields { name } } } }`).join(' ')} }`,
    ],
  ])('stops %s', (_, document) => {
    expect(costOf(document)).toBeGreaterThan(limits.answerCost);
  });
});

function costOf(text: string, variables: Record<string, unknown> = {}): number {
  const document = parse(text);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('expected one operation');
  return estimateAnswerCost({ schema, document, operation, variables });
}
