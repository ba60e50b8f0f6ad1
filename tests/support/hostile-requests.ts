/** A request that has to be refused quickly, and how. */
export interface HostileRequest {
  readonly name: string;
  readonly body: string;
  readonly status: number;
  readonly code: string;
}

/** Requests that would cost much if they were looked at in full. */
export const hostileRequests: readonly HostileRequest[] = [
  request('1.2 MB of document', { query: `{ ${'__typename '.repeat(110_000)}}` }, 413, 'PAYLOAD_TOO_LARGE'),
  request('0.9 MB of document', { query: `{ ${'__typename '.repeat(80_000)}}` }, 400, 'GRAPHQL_PARSE_FAILED'),
  request('5,000 aliases', { query: `{ ${times(5000, i => `a${i}: __typename`)} }` }, 400, 'GRAPHQL_PARSE_FAILED'),
  request('1,600 aliases', { query: `{ ${times(1600, i => `a${i}: __typename`)} }` }),
  request('4,900 fields of one name', { query: `{ ${'__typename '.repeat(4900)} }` }),
  request('a name for every 499 fields', {
    query: `{ ${times(9, name => `f${name} `.repeat(499))} }`,
  }),
  request('depth 500', { query: `${'{ connectorProfile '.repeat(500)}{ id }${' }'.repeat(500)}` }),
  request('values 500 deep', { query: `{ connector(type: ${'['.repeat(500)}${']'.repeat(500)}) { id } }` }),
  request('fragments that double 45 times', {
    query: `{ ...F0 } ${times(45, i => `fragment F${i} on Query { a${i}: connectorProfile(name: "x") { id } ...F${i + 1} ... { ...F${i + 1} } }`)} fragment F45 on Query { __typename }`,
  }),
  request('fragments that double within fields', {
    query: `{ connectorProfile(name: "x") { ...F0 } } ${times(12, i => `fragment F${i} on ConnectorProfile { connector { profiles { nodes { ...F${i + 1} } edges { node { ...F${i + 1} } } } } }`)} fragment F12 on ConnectorProfile { id }`,
  }),
  request('500 fragments in a chain', {
    query: `{ ...F0 } ${times(500, i => `fragment F${i} on Query { ...F${i + 1} }`)} fragment F500 on Query { __typename }`,
  }),
  request('540 fragments side by side', {
    query: `{ ${times(540, i => `...F${i}`)} } ${times(540, i => `fragment F${i} on Query { x }`)}`,
  }),
  request('600 operations', { query: times(600, i => `query Q${i} { __typename }`), operationName: 'Q0' }),
  request('600 directives', { query: `{ __typename ${'@skip(if: false) '.repeat(600)} }` }),
  request(
    '10,000 variables defined',
    {
      query: `query (${times(10_000, i => `$v${i}: Int`)}) { __typename }`,
    },
    400,
    'GRAPHQL_PARSE_FAILED',
  ),
  request('1,000 variables defined', { query: `query (${times(1000, i => `$v${i}: Int`)}) { __typename }` }),
  request(
    '10,000 variables given',
    { query: '{ __typename }', variables: Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`v${i}`, i])) },
    400,
    'BAD_USER_INPUT',
  ),
  request(
    'a variable 100,000 values long',
    {
      query: 'query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }',
      variables: { r: Array(100_000).fill(1) },
    },
    400,
    'BAD_USER_INPUT',
  ),
  {
    name: 'a variable 2,000 lists deep',
    body: `{"query":"query ($r: _Any!) { _entities(representations: [$r]) { __typename } }","variables":{"r":${'['.repeat(2000)}${']'.repeat(2000)}}}`,
    status: 400,
    code: 'BAD_USER_INPUT',
  },
  request(
    'a variable of 900,000 characters',
    { query: 'query ($n: String!) { connectorProfile(name: $n) { id } }', variables: { n: 'x'.repeat(900_000) } },
    400,
    'BAD_USER_INPUT',
  ),
  request('an entity’s fields for 1,000 entities', {
    query:
      '{ connectorEntities(connectorProfileName: "my-salesforce", first: 1000) { nodes { fields { identifier } } } }',
  }),
];

function request(name: string, body: object, status = 400, code = 'QUERY_TOO_COMPLEX'): HostileRequest {
  return { name, body: JSON.stringify(body), status, code };
}

function times(count: number, make: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => make(index)).join(' ');
}
