import { HeaderMap, type HTTPGraphQLResponse } from '@apollo/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSampleSource, createTestGateway, type TestGateway } from './test-gateway.ts';

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await createTestGateway(createSampleSource());
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
  });

  it('there is no landing page', async () => {
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
  });

  it('parsing stops at a document that is far too long', async () => {
    const aliases = Array.from({ length: 5000 }, (_, index) => `a${index}: __typename`).join(' ');
    const answer = await post({ query: `{ ${aliases} }` });
    expect(bodyOf(answer)).toMatchObject({ errors: [{ extensions: { code: 'GRAPHQL_PARSE_FAILED' } }] });
  });
});

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
