import fc from 'fast-check';
import type { FastifyRequest } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLog } from '../../src/base/log.ts';
import { graphqlErrorCodes } from '../../src/graphql/errors.ts';
import { createHttpApp, type HttpApp } from '../../src/http/app.ts';
import { createAuthentication } from '../../src/http/authentication.ts';
import { HttpError, type HttpErrorCode, httpErrorCodes } from '../../src/http/errors.ts';
import { mountGraphQL } from '../../src/http/graphql-route.ts';
import { KeysUnavailableError } from '../../src/http/key-set.ts';
import { mountMetrics } from '../../src/http/metrics-route.ts';
import { createRateLimit } from '../../src/http/rate-limit.ts';
import { type RawAnswer, rawRequest, sendRaw } from '../support/raw-http.ts';

const bodyLimitBytes = 1_000;
const logged: string[] = [];
let app: HttpApp;
let origin: string;

beforeAll(async () => {
  const log = createLog('info', { write: line => void logged.push(line) });
  app = createHttpApp({ log, bodyLimitBytes, graphiql: { directory: '/nowhere' }, timeouts: { headersMs: 2_000 } });
  const authenticate = createAuthentication({ log, verifyToken: refuseToken });
  const answer = async ({ query }: FastifyRequest) => {
    if ((query as { query?: string }).query === 'overload') throw new HttpError('OVERLOADED', 'Try again later.');
    if ((query as { query?: string }).query === 'fail') throw new Error('ENOENT /etc/secret password=hunter2');
    return { data: {} };
  };
  const limitRate = createRateLimit({ perMinute: 1, spend: async () => 60_000 });
  // Whoever brings no token is not asked for one: the other cases are about something else.
  mountGraphQL(app.fastify, answer, {
    authenticate: async request => request.headers.authorization && authenticate(request),
    limitRate: async request => request.url === '/graphql?query=often' && limitRate(request),
  });
  const asReader = createAuthentication({ log, verifyToken: async () => ({ id: 'ada', scopes: new Set() }) });
  mountMetrics(app.fastify, async () => 'of no interest to readers', asReader);
  origin = await app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => app.close(0));

const json = { 'content-type': 'application/json' };
const post = 'POST /graphql';

/** What is sent, and what has to come. */
const refusals: [what: string, bytes: string, code: HttpErrorCode, message: RegExp][] = [
  ['malformed JSON', rawRequest(post, json, '{"query":'), 'BAD_REQUEST', /must be JSON/],
  ['JSON with a prototype', rawRequest(post, json, '{"__proto__":{"a":1}}'), 'BAD_REQUEST', /must be JSON/],
  ['an empty body', rawRequest(post, { ...json, 'content-length': '0' }), 'BAD_REQUEST', /is empty/],
  ['HTML', rawRequest(post, { 'content-type': 'text/html' }, '<p>'), 'UNSUPPORTED_MEDIA_TYPE', /got "text\/html"/],
  ['text', rawRequest(post, { 'content-type': 'text/plain' }, '{}'), 'UNSUPPORTED_MEDIA_TYPE', /got "text\/plain"/],
  [
    'a form',
    rawRequest(post, { 'content-type': 'multipart/form-data; boundary=x' }, '--x'),
    'UNSUPPORTED_MEDIA_TYPE',
    /multipart/,
  ],
  ['a body of no type', rawRequest(post, {}, '{}'), 'UNSUPPORTED_MEDIA_TYPE', /got none/],
  ['a type that is none', rawRequest(post, { 'content-type': ';;' }, '{}'), 'UNSUPPORTED_MEDIA_TYPE', /got ";;"/],
  [
    'a compressed body',
    rawRequest(post, { ...json, 'content-encoding': 'gzip' }, '{}'),
    'UNSUPPORTED_MEDIA_TYPE',
    /compressed/,
  ],
  [
    'a body that announces too much',
    rawRequest(post, { ...json, 'content-length': '1001' }),
    'PAYLOAD_TOO_LARGE',
    /1000 bytes/,
  ],
  ['a body that turns out too large', chunked(JSON.stringify('x'.repeat(2_000))), 'PAYLOAD_TOO_LARGE', /1000 bytes/],
  ['an unknown path', rawRequest('GET /nowhere?a=1'), 'PATH_NOT_FOUND', /"\/nowhere"; GraphQL is at \/graphql/],
  ['a file of another program', rawRequest('GET /wp-login.php'), 'PATH_NOT_FOUND', /wp-login/],
  ['a malformed body for an unknown path', rawRequest('POST /nowhere', json, '{'), 'PATH_NOT_FOUND', /nowhere/],
  ['a page that is not built', rawRequest('GET /graphiql'), 'PATH_NOT_FOUND', /npm run build/],
  ['an asset that does not exist', rawRequest('GET /graphiql/assets/none.js'), 'PATH_NOT_FOUND', /Nothing answers/],
  ['a path that climbs out', rawRequest('GET /graphiql/assets/..%2f..%2fetc/passwd'), 'PATH_NOT_FOUND', /Nothing/],
  ['a wrong method', rawRequest('DELETE /graphql'), 'METHOD_NOT_ALLOWED', /answers GET, POST, got DELETE/],
  ['a wrong method with a wrong body', rawRequest('PUT /graphql', {}, '<p>'), 'METHOD_NOT_ALLOWED', /got PUT/],
  ['a wrong method for health', rawRequest('POST /livez'), 'METHOD_NOT_ALLOWED', /answers GET, HEAD/],
  ['a wrong method for an asset', rawRequest('POST /graphiql/assets/a.js'), 'METHOD_NOT_ALLOWED', /answers GET, HEAD/],
  ['a URL that cannot be decoded', rawRequest('GET /%zz'), 'BAD_REQUEST', /URL/],
  [
    'a token that is not good',
    rawRequest('GET /graphql', { authorization: 'Bearer forged' }),
    'UNAUTHENTICATED',
    /^Authentication is required.$/,
  ],
  [
    'a token that nobody can check',
    rawRequest('GET /graphql', { authorization: 'Bearer early' }),
    'AUTHENTICATION_UNAVAILABLE',
    /try again/,
  ],
  [
    'metrics, to a token without their scope',
    rawRequest('GET /metrics', { authorization: 'Bearer reader' }),
    'FORBIDDEN',
    /appflow:operate/,
  ],
  ['a request too many', rawRequest('GET /graphql?query=often'), 'RATE_LIMITED', /the next one may come in 60 s/],
  ['no Host', 'GET /livez HTTP/1.1\r\nconnection: close\r\n\r\n', 'BAD_REQUEST', /Host/],
  [
    'a Host that resolves here by rebinding',
    rawRequest('GET /graphql', { host: 'evil.example:4000' }),
    'HOST_NOT_ALLOWED',
    /localhost/,
  ],
  ['no Host in the old protocol', 'GET /graphql HTTP/1.0\r\n\r\n', 'BAD_REQUEST', /Host/],
  [
    'headers beyond all measure',
    rawRequest('GET /livez', { a: 'x'.repeat(20_000) }),
    'REQUEST_HEADERS_TOO_LARGE',
    /16 KiB/,
  ],
  ['a URL beyond all measure', rawRequest(`GET /${'x'.repeat(20_000)}`), 'REQUEST_HEADERS_TOO_LARGE', /16 KiB/],
  ['what is not HTTP', 'HELO mail.example.com\r\n\r\n', 'BAD_REQUEST', /valid HTTP/],
  ['a TLS handshake', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 'BAD_REQUEST', /valid HTTP/],
  [
    'two lengths',
    `${post} HTTP/1.1\r\nhost: localhost\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}`,
    'BAD_REQUEST',
    /valid HTTP/,
  ],
  ['a request that stalls', 'GET /livez HTTP/1.1\r\nhost: localhost\r\n', 'REQUEST_TIMEOUT', /in time/],
  ['one request too many', rawRequest('GET /graphql?query=overload'), 'OVERLOADED', /later/],
  ['a handler that fails', rawRequest('GET /graphql?query=fail'), 'INTERNAL_SERVER_ERROR', /request id/],
];

describe('whatever is wrong with a request, the answer is JSON in the shape of GraphQL', () => {
  test.each(refusals)('%s', async (_what, bytes, code, message) => {
    const answer = await sendRaw(origin, bytes);
    expect(answer.status).toBe(httpErrorCodes[code].status);
    expect(errorOf(answer)).toEqual({
      message: expect.stringMatching(message),
      extensions: expect.objectContaining({ code }),
    });
    expectPlainJson(answer);
  });

  test('every code has its case here', () => {
    expect(new Set(refusals.map(([, , code]) => code))).toEqual(new Set(Object.keys(httpErrorCodes)));
  });

  test('whatever the method, path, type and body', async () => {
    const anything = fc.record({
      method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'),
      path: fc.oneof(fc.webPath(), fc.constantFrom('/graphql', '/graphiql', '/livez', '*', '//', '/graphiql/assets/')),
      type: fc.constantFrom('application/json', 'text/html', 'application/xml', '*/*', '"'),
      body: fc.oneof(fc.json(), fc.string()),
    });
    await fc.assert(
      fc.asyncProperty(anything, async ({ method, path, type, body }) => {
        const bytes = rawRequest(`${method} ${path || '/'}`, { 'content-type': type }, body);
        const answer = await sendRaw(origin, bytes);
        if (answer.status !== 302) expectPlainJson(answer);
        if (answer.status >= 400) expect(errorOf(answer).extensions.code).toMatch(/^[A-Z_]+$/);
        expect(answer.status).not.toBe(500);
      }),
      { numRuns: 150 },
    );
  });
});

test.each(['BAD_REQUEST', 'INTERNAL_SERVER_ERROR'] as const)('%s is what GraphQL says it is', code => {
  const { when } = httpErrorCodes[code];
  expect(graphqlErrorCodes[code].slice(0, when.length)).toBe(when);
});

test('a wrong method is told which are right', async () => {
  const { headers } = await sendRaw(origin, rawRequest('DELETE /graphql'));
  expect(headers).toMatchObject({ allow: 'GET, POST' });
});

test('an internal error says nothing but its request id, under which the log says everything', async () => {
  logged.length = 0;
  const answer = await sendRaw(origin, rawRequest('GET /graphql?query=fail', { 'x-request-id': 'r-42' }));
  expect(errorOf(answer).extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR', requestId: 'r-42' });
  expect(answer.body).not.toMatch(/hunter2|ENOENT|secret|at /);
  expect(logged.map(line => JSON.parse(line))).toEqual([
    expect.objectContaining({
      level: 'error',
      requestId: 'r-42',
      path: '/graphql',
      err: expect.objectContaining({ message: 'ENOENT /etc/secret password=hunter2' }),
    }),
  ]);
});

test('an expectation nobody knows is disregarded, and a probe of the old protocol needs no Host', async () => {
  const expecting = await sendRaw(origin, rawRequest('GET /livez', { expect: 'miracles' }));
  const probing = await sendRaw(origin, 'GET /livez HTTP/1.0\r\n\r\n');
  expect([expecting.status, probing.status]).toEqual([200, 200]);
});

test('a client that sends far too much reads why, rather than a broken connection', async () => {
  const body = JSON.stringify('x'.repeat(5_000_000));
  const answer = await fetch(`${origin}/graphql`, { method: 'POST', headers: json, body });
  expect(answer.status).toBe(413);
});

function expectPlainJson({ headers, body }: RawAnswer): void {
  expect(headers['content-type']).toBe('application/json; charset=utf-8');
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['x-request-id']).toMatch(/^[\w-]+$/);
  expect(() => JSON.parse(body)).not.toThrow();
  expect(body).not.toMatch(/<\/?[a-z!]|node_modules|\.ts:|\.js:/i);
}

function errorOf({ body }: RawAnswer): { message: string; extensions: { code: string } } {
  const { errors } = JSON.parse(body);
  expect(errors).toHaveLength(1);
  return errors[0];
}

function chunked(body: string): string {
  const head = `${post} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-type: application/json\r\n`;
  return `${head}transfer-encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
}

async function refuseToken(token: string): Promise<never> {
  throw token === 'early' ? new KeysUnavailableError('no keys yet') : new Error('the signature is wrong');
}
