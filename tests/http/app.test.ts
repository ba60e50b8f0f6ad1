import { connect, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { type RequestEvent, requestChannel } from '../../src/base/channels.ts';
import { createDeferred } from '../../src/base/deferred.ts';
import { createLog } from '../../src/base/log.ts';
import { createRequestScope } from '../../src/base/request-scope.ts';
import { createHttpApp, type HttpApp, type HttpAppOptions } from '../../src/http/app.ts';
import { mountGraphQL } from '../../src/http/graphql-route.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { rawRequest, sendRaw } from '../support/raw-http.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

function createApp(options: Partial<HttpAppOptions> = {}): HttpApp {
  const app = createHttpApp({ log: createLog('silent'), ...options });
  cleanups.push(() => app.close(0));
  return app;
}

const address = { host: '127.0.0.1', port: 0 };

test('health is plain JSON', async () => {
  const origin = await createApp().listen(address);
  const [live, ready] = await Promise.all([fetch(`${origin}/livez`), fetch(`${origin}/readyz`)]);
  expect([live.status, await live.json()]).toEqual([200, { status: 'live' }]);
  expect([ready.status, await ready.json()]).toEqual([200, { status: 'ready' }]);
});

test('a draining server is alive but not ready, and ends connections with their answer', async () => {
  const app = createApp();
  const origin = await app.listen(address);
  app.drain();
  const [live, ready] = await Promise.all([fetch(`${origin}/livez`), fetch(`${origin}/readyz`)]);
  expect(live.status).toBe(200);
  expect([ready.status, await ready.json()]).toEqual([503, { status: 'draining' }]);
  expect(ready.headers.get('connection')).toBe('close');
});

test('the front page leads to GraphiQL when it is on and names GraphQL when it is not', async () => {
  const withPage = await createApp({ graphiql: { directory: '/nowhere' } }).listen(address);
  const without = await createApp().listen(address);
  const redirect = await fetch(withPage, { redirect: 'manual' });
  expect([redirect.status, redirect.headers.get('location')]).toEqual([302, '/graphiql']);
  expect(await (await fetch(without)).json()).toEqual({ name: 'appflow-gateway', graphql: '/graphql' });
});

test('a GraphQL handler meets parsed JSON by POST and a query string by GET', async () => {
  const app = createApp();
  mountGraphQL(app.fastify, async ({ method, body, query }) => ({ method, body, query }));
  const origin = await app.listen(address);
  const headers = { 'content-type': 'application/json' };
  const post = await fetch(`${origin}/graphql`, { method: 'POST', headers, body: '{"query":"{ a }"}' });
  const get = await fetch(`${origin}/graphql?query=%7Ba%7D`);
  expect(await post.json()).toEqual({ method: 'POST', body: { query: '{ a }' }, query: {} });
  expect(await get.json()).toEqual({ method: 'GET', query: { query: '{a}' } });
});

test.each(['localhost', 'LocalHost:4000', '127.0.0.1:4000', '127.8.8.8', '[::1]', '[::1]:4000'])(
  'bound to this machine, it answers to Host: %s',
  async host => {
    const origin = await createApp().listen(address);
    expect((await sendRaw(origin, rawRequest('GET /livez', { host }))).status).toBe(200);
  },
);

test.each([
  'evil.example',
  'evil.example:4000',
  'localhost.evil.example',
  '127.0.0.1.evil.example',
  '127.evil.example',
  '10.0.0.1',
  '[::2]',
  'evil@127.0.0.1',
  '',
])('bound to this machine, it does not answer to Host: %s, whatever the path', async host => {
  const origin = await createApp({ graphiql: { directory: '/nowhere' } }).listen(address);
  for (const path of ['/graphql', '/livez', '/graphiql', '/graphiql/assets/a.js', '/nowhere', '/']) {
    const { status, body } = await sendRaw(origin, rawRequest(`GET ${path}`, { host }));
    expect([status, JSON.parse(body).errors[0].extensions.code]).toEqual([403, 'HOST_NOT_ALLOWED']);
  }
});

test('bound to all addresses, it answers to any Host that is one', async () => {
  const app = createApp();
  mountGraphQL(app.fastify, async () => ({ data: {} }));
  const { port } = new URL(await app.listen({ host: '0.0.0.0', port: 0 }));
  const ask = (host: string) => sendRaw(`http://127.0.0.1:${port}`, rawRequest('GET /graphql', { host }));
  expect((await ask('gateway.example')).status).toBe(200);
  const { status, body } = await ask('a b');
  expect([status, JSON.parse(body).errors[0].extensions.code]).toEqual([400, 'BAD_REQUEST']);
});

test('answers are not for keeping', async () => {
  const origin = await createApp().listen(address);
  const { headers } = await fetch(`${origin}/livez`);
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
});

test('a well-formed request id is kept, any other is replaced, and each is unique', async () => {
  const origin = await createApp().listen(address);
  const idOf = async (given?: string) => {
    const answer = await fetch(`${origin}/livez`, { headers: given === undefined ? {} : { 'x-request-id': given } });
    return answer.headers.get('x-request-id');
  };
  expect(await idOf('Root=1-67891233-abcdef012345678912345678')).toBe('Root=1-67891233-abcdef012345678912345678');
  const fresh = await Promise.all(['two words', '"}', 'x'.repeat(129), '', undefined].map(idOf));
  for (const id of fresh) expect(id).toMatch(/^[0-9a-f-]{36}$/);
  expect(new Set(fresh).size).toBe(fresh.length);
});

test('every answer is published without its query string', async () => {
  const events: RequestEvent[] = [];
  cleanups.push(requestChannel.subscribe(event => events.push(event)));
  const origin = await createApp().listen(address);
  await fetch(`${origin}/livez?secret=1`, { headers: { 'x-request-id': 'r1' } });
  await fetch(`${origin}/nowhere?secret=1`, { method: 'DELETE', headers: { 'x-request-id': 'r2' } });
  await expect.poll(() => events).toHaveLength(2);
  const answered = { durationMs: expect.any(Number) };
  const [first, second] = ['r1', 'r2'].map(createRequestScope);
  expect(events).toEqual([
    { request: first, method: 'GET', route: '/livez', path: '/livez', status: 200, ...answered },
    { request: second, method: 'DELETE', route: null, path: '/nowhere', status: 404, ...answered },
  ]);
});

test('closing answers everything under way and needs two seconds at most, whatever connections are open', async () => {
  const clock = new FakeClock();
  const app = createApp({ clock });
  let waiting = 0;
  const { promise: released, resolve: release } = createDeferred<void>();
  mountGraphQL(app.fastify, async () => {
    waiting++;
    await released;
    return { data: {} };
  });
  const origin = await app.listen(address);
  const silent = connect(Number(new URL(origin).port), '127.0.0.1');
  cleanups.push(() => silent.destroy());
  await new Promise(resolve => silent.once('connect', resolve));
  const answers = Array.from({ length: 10 }, () => fetch(`${origin}/graphql`).then(answer => answer.status));
  await expect.poll(() => waiting).toBe(10);

  const closed = app.close();
  release();

  expect(await Promise.all(answers)).toEqual(Array(10).fill(200));
  clock.advance(1_000);
  await expect.poll(() => fetch(`${origin}/livez`).catch(() => 'refused')).toBe('refused');
  clock.advance(1_000);
  await closed;
  await expect(fetch(`${origin}/livez`)).rejects.toThrow();
});

test('closing waits two seconds for a request that is still arriving, and as long as it may for one that has arrived', async () => {
  const clock = new FakeClock();
  const app = createApp({ clock });
  let reached = false;
  const { promise: released, resolve: release } = createDeferred<void>();
  mountGraphQL(app.fastify, async () => {
    reached = true;
    await released;
    return { data: {} };
  });
  const origin = await app.listen(address);
  const head = 'POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n';
  const stalled = [await send(origin, head), await send(origin, `${head}content-length: 10\r\n\r\n{`)];
  const answer = fetch(`${origin}/graphql`).then(({ status }) => status);
  await expect.poll(() => reached).toBe(true);

  const closed = app.close(10_000);
  clock.advance(1_999);
  expect(stalled.map(({ readableEnded }) => readableEnded)).toEqual([false, false]);
  clock.advance(1);
  await expect.poll(() => stalled.map(({ readableEnded }) => readableEnded)).toEqual([true, true]);
  release();
  expect(await answer).toBe(200);
  await closed;
});

test('a connection that is kept may bring one more request while the gateway stops', async () => {
  const clock = new FakeClock();
  const app = createApp({ clock });
  const origin = await app.listen(address);
  const kept = await send(origin, 'GET /livez HTTP/1.1\r\nhost: localhost\r\n\r\n');
  const heard: string[] = [];
  kept.on('data', chunk => heard.push(String(chunk)));
  await expect.poll(() => heard.join('')).toContain('keep-alive');
  const closed = app.close();
  kept.write('GET /livez HTTP/1.1\r\nhost: localhost\r\n\r\n');
  await expect.poll(() => heard.join('')).toContain('connection: close');
  clock.advance(1_000);
  await closed;
});

test('closing does not cut off an answer to a request with an expectation nobody knows', async () => {
  const clock = new FakeClock();
  const app = createApp({ clock });
  const { promise: released, resolve: release } = createDeferred<void>();
  let reached = false;
  mountGraphQL(app.fastify, async () => {
    reached = true;
    await released;
    return { data: {} };
  });
  const origin = await app.listen(address);
  const answer = sendRaw(origin, rawRequest('GET /graphql', { expect: 'miracles' }));
  await expect.poll(() => reached).toBe(true);
  const closed = app.close();
  release();
  expect((await answer).status).toBe(200);
  clock.advance(1_000);
  await closed;
});

test('closing cuts off what outlives the grace', async () => {
  const clock = new FakeClock();
  const app = createApp({ clock });
  let reached = false;
  mountGraphQL(app.fastify, () => {
    reached = true;
    return new Promise(() => undefined);
  });
  const origin = await app.listen(address);
  const answer = fetch(`${origin}/graphql`).then(
    () => 'answered',
    () => 'cut off',
  );
  await expect.poll(() => reached).toBe(true);
  const closed = app.close(10_000);
  clock.advance(10_000);
  await closed;
  expect(await answer).toBe('cut off');
});

/** A connection on which these bytes were sent, of a client that does not go away when the server does. */
async function send(origin: string, bytes: string): Promise<Socket> {
  const socket = connect({ port: Number(new URL(origin).port), host: '127.0.0.1', allowHalfOpen: true });
  socket.on('error', () => undefined);
  socket.resume();
  cleanups.push(() => socket.destroy());
  await new Promise<void>(resolve => socket.write(bytes, () => resolve()));
  return socket;
}
