import type { IncomingMessage } from 'node:http';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type UpstreamCallEvent, upstreamCallChannel } from '../../src/base/channels.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { sendJson, startStubAppflow } from '../support/stub-appflow.ts';

const crm = { connectorProfileName: 'crm' };

describe('a call to AppFlow', () => {
  it('that is never answered ends at its deadline', async () => {
    const { source } = await startStubAppflow(() => undefined, { timeoutMs: 100 });
    await expect(source.listEntities(crm)).rejects.toMatchObject({
      code: 'UPSTREAM_TIMEOUT',
      message: 'ListConnectorEntities: AppFlow did not answer within 100 ms.',
      retryable: true,
    });
  });

  it('whose body stalls ends at its deadline, too', async () => {
    const { source } = await startStubAppflow(
      (_, response) => void response.writeHead(200).write('{"connectorEntityMap":'),
      {
        timeoutMs: 100,
      },
    );
    await expect(source.listEntities(crm)).rejects.toMatchObject({ code: 'UPSTREAM_TIMEOUT' });
  });

  it('is tried three times and no more when AppFlow fails', async () => {
    let requests = 0;
    const { source } = await startStubAppflow((_, response) => {
      requests += 1;
      sendJson(response, 500, { message: 'secret detail' }, { 'x-amzn-errortype': 'InternalServerException' });
    });
    await expect(source.listEntities(crm)).rejects.toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      upstreamRequestId: 'stub-request',
      message: expect.not.stringContaining('secret detail'),
    });
    expect(requests).toBe(3);
  });

  it('says how often it was tried in the receipt of a reset', async () => {
    let requests = 0;
    const { source } = await startStubAppflow((_, response) => {
      requests += 1;
      if (requests === 1) sendJson(response, 500, {}, { 'x-amzn-errortype': 'InternalServerException' });
      else sendJson(response, 200, {});
    });
    expect(await source.reset(crm)).toMatchObject({ upstreamCalls: 2, upstreamRequestId: 'stub-request' });
  });

  it('waits for its turn', async () => {
    let underWay = 0;
    let most = 0;
    const waiting: (() => void)[] = [];
    const { source } = await startStubAppflow(
      (_, response) => {
        underWay += 1;
        most = Math.max(most, underWay);
        waiting.push(() => {
          underWay -= 1;
          sendJson(response, 200, { connectorEntityMap: {} });
        });
      },
      { concurrency: 2 },
    );
    const calls = Promise.all(
      Array.from({ length: 7 }, (_, n) => source.listEntities({ connectorProfileName: `crm${n}` })),
    );
    await vi.waitUntil(() => underWay === 2, { interval: 1 });
    for (let answered = 0; answered < 7; answered += 1) {
      await vi.waitUntil(() => waiting.length > 0, { interval: 1 });
      waiting.shift()?.();
    }
    await calls;
    expect(most).toBe(2);
  });

  it('gives up waiting for its turn after half a minute', async () => {
    const clock = new FakeClock();
    let requests = 0;
    const { source } = await startStubAppflow(
      () => {
        requests += 1;
      },
      { concurrency: 1, timeoutMs: 60_000, clock },
    );
    const first = source.listEntities(crm);
    await vi.waitUntil(() => requests === 1, { interval: 1 });
    const second = source.listEntities({ connectorProfileName: 'other' });
    clock.advance(30_000);
    await expect(second).rejects.toMatchObject({ code: 'OVERLOADED', retryable: true });
    clock.advance(30_000);
    await expect(first).rejects.toMatchObject({ code: 'UPSTREAM_TIMEOUT' });
    expect(requests).toBe(1);
  });

  it('of a reset does not wait behind reads', async () => {
    const { source } = await startStubAppflow(
      (request, response) => {
        if (request.url === '/reset-connector-metadata-cache') sendJson(response, 200, {});
      },
      { concurrency: 1, timeoutMs: 1000 },
    );
    const reads = Promise.allSettled([source.listEntities(crm), source.listProfiles()]);
    await expect(source.reset(crm)).resolves.toMatchObject({ upstreamCalls: 1 });
    await reads;
  });

  it('lets go of its connection at the deadline', async () => {
    const clock = new FakeClock();
    const requests: IncomingMessage[] = [];
    const { source } = await startStubAppflow(request => void requests.push(request), { timeoutMs: 1000, clock });
    const call = source.listEntities(crm);
    await vi.waitUntil(() => requests.length === 1, { interval: 1, timeout: 10_000 });
    clock.advance(1000);
    await expect(call).rejects.toMatchObject({ code: 'UPSTREAM_TIMEOUT' });
    await vi.waitUntil(() => requests[0]?.socket.destroyed, { interval: 1, timeout: 10_000 });
  });

  it('is told to whoever measures', async () => {
    const events: UpstreamCallEvent[] = [];
    onTestFinished(upstreamCallChannel.subscribe(event => events.push(event)));
    const { source } = await startStubAppflow((request, response) => {
      if (request.url === '/list-connector-entities') sendJson(response, 200, { connectorEntityMap: {} });
      else sendJson(response, 409, { message: 'busy' }, { 'x-amzn-errortype': 'ConflictException' });
    });
    await source.listEntities(crm);
    await expect(source.reset(crm)).rejects.toMatchObject({ code: 'CONFLICT' });
    const once = { attempts: 1, upstreamRequestId: 'stub-request' };
    expect(events).toMatchObject([
      { call: { operation: 'ListConnectorEntities' }, outcome: 'OK', ...once },
      { call: { operation: 'ResetConnectorMetadataCache' }, outcome: 'CONFLICT', ...once },
    ]);
  });
});

describe('AppFlow’s errors', () => {
  it.each([
    [400, 'ValidationException', 'BAD_USER_INPUT', false],
    [404, 'ResourceNotFoundException', 'NOT_FOUND', false],
    [409, 'ConflictException', 'CONFLICT', true],
    [401, 'ConnectorAuthenticationException', 'CONNECTOR_AUTHENTICATION_FAILED', false],
    [400, 'ConnectorServerException', 'CONNECTOR_FAILED', true],
    [403, 'AccessDeniedException', 'UPSTREAM_ACCESS_DENIED', false],
    [403, 'UnrecognizedClientException', 'UPSTREAM_ACCESS_DENIED', false],
    [403, 'SomethingNewAboutAccess', 'UPSTREAM_ACCESS_DENIED', false],
    [429, 'ThrottlingException', 'UPSTREAM_THROTTLED', true],
    [429, 'SomethingNewAboutRates', 'UPSTREAM_THROTTLED', true],
    [400, 'SomethingElseEntirely', 'UPSTREAM_UNAVAILABLE', true],
    [400, 'constructor', 'UPSTREAM_UNAVAILABLE', true],
  ])('%i %s becomes %s', async (status, name, code, retryable) => {
    const { source } = await startStubAppflow((_, response) =>
      sendJson(response, status, { message: 'words' }, { 'x-amzn-errortype': name }),
    );
    await expect(source.reset(crm)).rejects.toMatchObject({ code, retryable, upstreamRequestId: 'stub-request' });
  });

  it('keep the words meant for the caller, and only those', async () => {
    const answerWith = (status: number, name: string) =>
      startStubAppflow((_, response) =>
        sendJson(response, status, { message: 'the words' }, { 'x-amzn-errortype': name }),
      );
    const { source: refusing } = await answerWith(404, 'ResourceNotFoundException');
    await expect(refusing.reset(crm)).rejects.toThrow('ResetConnectorMetadataCache: the words');
    const { source: denying } = await answerWith(403, 'AccessDeniedException');
    await expect(denying.reset(crm)).rejects.toThrow(/refused the gateway/);
  });

  it('say how long to wait where AppFlow does', async () => {
    const { source } = await startStubAppflow((_, response) =>
      sendJson(response, 429, {}, { 'x-amzn-errortype': 'ThrottlingException', 'retry-after': '1' }),
    );
    await expect(source.reset(crm)).rejects.toMatchObject({ code: 'UPSTREAM_THROTTLED', retryAfterMs: 1000 });
  });

  it('say so at once when the wait that AppFlow asks for is longer than there is time for', async () => {
    let requests = 0;
    const { source } = await startStubAppflow((_, response) => {
      requests += 1;
      sendJson(response, 429, {}, { 'x-amzn-errortype': 'ThrottlingException', 'retry-after': '30' });
    });
    await expect(source.reset(crm)).rejects.toMatchObject({ code: 'UPSTREAM_THROTTLED', retryAfterMs: 30_000 });
    expect(requests).toBe(1);
  });

  it.each([
    ['nothing', ''],
    ['no object', '[]'],
    ['a text', '"fields"'],
    ['an object without what the model requires', '{}'],
    ['null for it', '{"connectorEntityFields":null,"connectorEntityMap":null}'],
    ['another type for it', '{"connectorEntityFields":"none","connectorEntityMap":{"Objects":7}}'],
    ['null in it', '{"connectorEntityFields":[null],"connectorEntityMap":{"Objects":[null]}}'],
  ])('in disguise, 200 with %s, become UPSTREAM_UNAVAILABLE and no empty list', async (_, body) => {
    const { source } = await startStubAppflow((__, response) => void response.writeHead(200).end(body));
    const unavailable = { code: 'UPSTREAM_UNAVAILABLE', message: expect.stringContaining('could not be understood') };
    await expect(source.listEntities(crm)).rejects.toMatchObject(unavailable);
    await expect(source.describeEntity({ ...crm, connectorEntityName: 'Account' })).rejects.toMatchObject(unavailable);
  });

  it.each([
    ['HTML', (response: Parameters<typeof sendJson>[0]) => response.writeHead(502).end('<html>Bad gateway</html>')],
    [
      'half a body',
      (response: Parameters<typeof sendJson>[0]) => response.writeHead(200).end('{"connectorEntityMap":'),
    ],
    ['no body, but a reset connection', (response: Parameters<typeof sendJson>[0]) => response.destroy()],
  ])('that are %s become UPSTREAM_UNAVAILABLE', async (_, misbehave) => {
    const { source } = await startStubAppflow((__, response) => void misbehave(response));
    await expect(source.listEntities(crm)).rejects.toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      cause: expect.any(Error),
    });
  });
});
