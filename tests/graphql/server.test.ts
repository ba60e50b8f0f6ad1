import { HeaderMap, type HTTPGraphQLResponse } from '@apollo/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { limits } from '../../src/graphql/limits.ts';
import { createSampleSource, createTestGateway, type TestGateway } from './test-gateway.ts';

const source = createSampleSource();
let gateway: TestGateway;

beforeAll(async () => {
  gateway = await createTestGateway(source);
  await gateway.apollo.start();
});

afterAll(() => gateway.apollo.stop());

const query = '{ connector(type: S3) { name } }';

describe('over HTTP', () => {
  it('answers may not be kept by anyone between us and the client', async () => {
    const answer = await post({ query });
    expect([answer.status ?? 200, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    const refused = await post({ query: '{' });
    expect([refused.status, refused.headers.get('cache-control')]).toEqual([400, 'no-store']);
  });

  it.each([
    ['no operation', {}, 400, 'BAD_REQUEST'],
    ['a document that does not parse', { query: '{' }, 400, 'GRAPHQL_PARSE_FAILED'],
    ['a document that does not fit', { query: '{ nothing }' }, 400, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'an unknown operation',
      { query: 'query A { __typename }', operationName: 'B' },
      400,
      'OPERATION_RESOLUTION_FAILURE',
    ],
    ['a subscription', { query: 'subscription { resets }' }, 400, 'OPERATION_RESOLUTION_FAILURE'],
    [
      'variables of the wrong type',
      { query: 'query ($n: String!) { connectorProfile(name: $n) { id } }' },
      400,
      'BAD_USER_INPUT',
    ],
    ['input that breaks the rules', { query: '{ connectors(first: 0) { nodes { id } } }' }, 200, 'BAD_USER_INPUT'],
    [
      'a persisted query',
      { extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } } },
      200,
      'PERSISTED_QUERY_NOT_SUPPORTED',
    ],
  ])('%s is answered with a status and a code', async (_, body, status, code) => {
    const answer = await post(body);
    expect(answer.status ?? 200).toBe(status);
    expect(bodyOf(answer)).toMatchObject({ errors: [{ extensions: { code } }] });
  });

  it('a browser cannot be tricked into sending a query from another site', async () => {
    const answer = await send('GET', new HeaderMap(), undefined, `query=${encodeURIComponent(query)}`);
    expect(answer.status).toBe(400);
    expect(bodyOf(answer)).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
  });

  it('GET serves queries and no mutations', async () => {
    const headers = new HeaderMap([['apollo-require-preflight', '1']]);
    const answer = await send('GET', headers, undefined, `query=${encodeURIComponent(query)}`);
    expect(bodyOf(answer)).toEqual({ data: { connector: { name: 'S3' } } });
    const mutation = 'mutation { resetConnectorMetadataCache(input: { connectorType: S3 }) { scope } }';
    const refused = await send('GET', headers, undefined, `query=${encodeURIComponent(mutation)}`);
    expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'POST']);
    expect(bodyOf(refused)).toMatchObject({
      errors: [{ extensions: { code: 'METHOD_NOT_ALLOWED', retryable: false } }],
    });
    expect(source.calls.filter(call => call.startsWith('reset'))).toEqual([]);
  });

  it('there is no landing page, and who accepts HTML only is told so in JSON', async () => {
    const answer = await send(
      'GET',
      new HeaderMap([
        ['accept', 'text/html'],
        ['apollo-require-preflight', '1'],
      ]),
      undefined,
      '',
    );
    expect(answer.headers.get('content-type')).not.toMatch(/html/);
    const html = new HeaderMap([
      ['accept', 'text/html'],
      ['content-type', 'application/json'],
    ]);
    const refused = await send('POST', html, { query }, '');
    expect(refused.status).toBe(406);
    expect(bodyOf(refused)).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
  });

  it('parsing stops at a document that is far too long', async () => {
    const aliases = Array.from({ length: 5000 }, (_, index) => `a${index}: __typename`).join(' ');
    const answer = await post({ query: `{ ${aliases} }` });
    expect(answer.status).toBe(400);
    expect(bodyOf(answer)).toMatchObject({ errors: [{ extensions: { code: 'GRAPHQL_PARSE_FAILED' } }] });
  });

  it.each([
    ['fields', nest('connector { profiles(first: 1) { nodes {', 14, 3)],
    ['inline fragments', nest('... {', 3, 1)],
    ['fragments', chain(Math.floor(limits.documentTokens / 9))],
  ])('as many %s within each other as a document can hold are refused, not a fault', async (_, document) => {
    const answer = await post({ query: document });
    expect(bodyOf(answer)).toMatchObject({
      errors: [
        { message: expect.stringMatching(/^The document may have /), extensions: { code: 'QUERY_TOO_COMPLEX' } },
      ],
    });
  });

  it('lists deeper than the parser can go are refused, not a fault', async () => {
    const depth = limits.documentTokens / 2 - 10;
    const answer = await post({ query: `{ connector(type: ${'['.repeat(depth)}${']'.repeat(depth)}) { id } }` });
    expect(answer.status).toBe(400);
    expect(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED']).toContain(codeIn(answer));
  });
});

describe('an answer that could be far too large', () => {
  const within = 'profile { entities { nodes { ';
  const nested = `{ connectorProfile(name: "my-salesforce") {
    entities(first: 1000) { nodes { profile { entities(first: 1000) { nodes { ${within.repeat(3)} name${' }'.repeat(16)}`;

  it('is refused with its cost, and nothing of it runs', async () => {
    source.calls.length = 0;
    const answer = await post({ query: nested });
    expect(answer.status).toBe(400);
    expect(bodyOf(answer)).toEqual({
      errors: [
        {
          message: expect.stringMatching(
            /^The answer could hold [\d,]+ values and may hold 100,000: ask for shorter pages/,
          ),
          extensions: {
            code: 'QUERY_TOO_COMPLEX',
            retryable: false,
            cost: expect.any(Number),
            limit: limits.answerCost,
          },
        },
      ],
    });
    expect(source.calls).toEqual([]);
  });

  it('is refused for its variables, too, and before any reset of a mutation', async () => {
    const document = `mutation ($first: Int) {
      resetConnectorMetadataCache(input: { connectorType: S3 }) {
        entities(first: $first) { nodes { entities(first: $first) { nodes { name } } } }
      }
    }`;
    const refused = await post({ query: document, variables: { first: 1000 } });
    expect(bodyOf(refused)).toMatchObject({ errors: [{ extensions: { code: 'QUERY_TOO_COMPLEX' } }] });
    expect(source.calls).toEqual([]);
    const answer = await post({ query: document, variables: { first: 10 } });
    expect(bodyOf(answer)).toMatchObject({ data: { resetConnectorMetadataCache: { entities: { nodes: [{}] } } } });
  });

  it('is told by the operation that is to run', async () => {
    const query = `query Small { __typename } query Large ${nested}`;
    expect(bodyOf(await post({ query, operationName: 'Small' }))).toEqual({ data: { __typename: 'Query' } });
    expect(bodyOf(await post({ query, operationName: 'Large' }))).toMatchObject({
      errors: [{ extensions: { code: 'QUERY_TOO_COMPLEX' } }],
    });
  });
});

/** The longest allowed document of selections within each other, each of so many tokens and closing braces. */
function nest(opening: string, tokens: number, braces: number): string {
  const depth = Math.floor((limits.documentTokens - 20) / tokens);
  return `{ connectorProfile(name: "x") { ${opening.repeat(depth)} __typename ${'}'.repeat(depth * braces)} } }`;
}

/** A document of fragments that each spread the next. */
function chain(length: number): string {
  const links = Array.from({ length }, (_, index) => `fragment F${index} on Query { ...F${index + 1} }`);
  return `{ ...F0 } ${links.join(' ')} fragment F${length} on Query { __typename }`;
}

function post(body: object): Promise<HTTPGraphQLResponse> {
  return send('POST', new HeaderMap([['content-type', 'application/json']]), body, '');
}

function send(method: string, headers: HeaderMap, body: unknown, search: string): Promise<HTTPGraphQLResponse> {
  return gateway.apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method, headers, body, search },
    context: async () => gateway.context,
  });
}

function bodyOf({ body }: HTTPGraphQLResponse): unknown {
  return body.kind === 'complete' ? JSON.parse(body.string) : undefined;
}

function codeIn(answer: HTTPGraphQLResponse): unknown {
  const { errors } = bodyOf(answer) as { errors: { extensions: { code: unknown } }[] };
  return errors[0]?.extensions.code;
}
