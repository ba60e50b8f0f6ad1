import { once } from 'node:events';
import { connect } from 'node:net';
import {
  DescribeConnectorEntityCommand,
  ListConnectorEntitiesCommand,
  ResetConnectorMetadataCacheCommand,
} from '@aws-sdk/client-appflow';
import { describe, expect, it, vi } from 'vitest';
import { faultErrorStatuses } from '../../../src/local-appflow/faults/fault-errors.ts';
import { FakeApplication } from '../../support/fake-registry.ts';
import { rawRequest, sendRaw } from '../../support/raw-http.ts';
import { type StartedLocalAppflow, signedForAppflow, startLocalAppflow } from '../../support/start-local-appflow.ts';

const list = new ListConnectorEntitiesCommand({ connectorProfileName: 'crm' });
const describeAccount = new DescribeConnectorEntityCommand({
  connectorProfileName: 'crm',
  connectorEntityName: 'Account',
});
const usualBody =
  '{"connectorEntityMap":{"Objects":[{"name":"Account","label":"Account","hasNestedEntities":false},{"name":"Lead","label":"Lead","hasNestedEntities":false}]}}';
const rawList = rawRequest(
  'POST /list-connector-entities',
  { authorization: signedForAppflow, 'content-type': 'application/json' },
  '{"connectorProfileName":"crm"}',
);

describe('an error', () => {
  it('comes as the SDK’s own, with its status, and leaves the operation alone', async () => {
    const { client, application } = await start(
      Object.keys(faultErrorStatuses).map(name => ({ fault: 'error', name, times: 1 })),
    );
    for (const [name, status] of Object.entries(faultErrorStatuses)) {
      await expect(client.send(list)).rejects.toMatchObject({
        name,
        message: expect.stringMatching(/./),
        $metadata: { httpStatusCode: status, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
      });
    }
    expect(application.calls).toEqual([]);
    await expect(client.send(list)).resolves.toMatchObject({ connectorEntityMap: {} });
  });

  it('is on the wire what AppFlow’s would be, the wait it asks for included', async () => {
    const rule = { fault: 'error', name: 'ThrottlingException', retryAfterSeconds: 7 };
    const { url } = await start([rule, { ...rule, message: 'no' }]);
    const { status, headers, body } = await sendRaw(url, rawList);
    expect(status).toBe(429);
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'content-length': '31',
      'x-amzn-errortype': 'ThrottlingException',
      'retry-after': '7',
    });
    expect(body).toBe('{"message":"Too Many Requests"}');
  });

  it('asks for no wait unless it is told to, and says what it is told to', async () => {
    const { url } = await start([{ fault: 'error', name: 'ConflictException', message: 'A reset is running.' }]);
    const { headers, body } = await sendRaw(url, rawList);
    expect(headers).not.toHaveProperty('retry-after');
    expect(body).toBe('{"message":"A reset is running."}');
  });

  it('may hide that the operation took effect', async () => {
    const { client, application } = await start([
      {
        fault: 'error',
        name: 'InternalServerException',
        takesEffect: true,
        operations: ['ResetConnectorMetadataCache'],
      },
    ]);
    await client.send(list);
    await expect(
      client.send(new ResetConnectorMetadataCacheCommand({ connectorProfileName: 'crm' })),
    ).rejects.toThrow();
    await client.send(list);
    expect(application.calls).toHaveLength(2);
  });
});

describe('latency', () => {
  it('holds an answer back for as long as it says, and not longer', async () => {
    const { client, clock, faults, application } = await start([{ fault: 'latency', ms: 300 }]);
    const answer = client.send(list);
    await vi.waitUntil(() => faults.status().held === 1, { interval: 1 });
    clock.advance(299);
    expect([faults.status().held, application.calls.length]).toEqual([1, 0]);
    clock.advance(1);
    await expect(answer).resolves.toMatchObject({ connectorEntityMap: {} });
  });

  it('is AppFlow being slow: what a caller no longer waits for happens all the same', async () => {
    const { client, clock, faults, application } = await start([{ fault: 'latency', ms: 300 }]);
    const abort = new AbortController();
    const answer = expect(client.send(list, { abortSignal: abort.signal })).rejects.toThrow('aborted');
    await vi.waitUntil(() => faults.status().held === 1, { interval: 1 });
    abort.abort();
    await answer;
    clock.advance(300);
    await vi.waitUntil(() => application.calls.length === 1, { interval: 1 });
  });
});

describe('a hang', () => {
  it('goes on until it is released, and ends in the usual answer', async () => {
    const { client, clock, faults, application } = await start([{ fault: 'hang' }]);
    const answers = [client.send(list), client.send(describeAccount)];
    await vi.waitUntil(() => faults.status().held === 2, { interval: 1 });
    clock.advance(3_600_000);
    expect([faults.status().held, application.calls.length]).toEqual([2, 0]);
    faults.lift();
    await expect(Promise.all(answers)).resolves.toHaveLength(2);
  });

  it('ends when the caller goes, without any effect', async () => {
    const { client, faults, application } = await start([{ fault: 'hang' }]);
    const abort = new AbortController();
    const answer = expect(client.send(list, { abortSignal: abort.signal })).rejects.toThrow('aborted');
    await vi.waitUntil(() => faults.status().held === 1, { interval: 1 });
    abort.abort();
    await answer;
    await vi.waitUntil(() => faults.status().held === 0, { interval: 1 });
    expect(application.calls).toEqual([]);
  });

  it('may begin once the operation has taken effect', async () => {
    const { client, faults, application } = await start([{ fault: 'hang', takesEffect: true }]);
    const answer = client.send(list);
    await vi.waitUntil(() => faults.status().held === 1, { interval: 1 });
    expect(application.calls).toHaveLength(1);
    faults.lift();
    await answer;
    expect(application.calls).toHaveLength(1);
  });

  it('does not keep local AppFlow from closing', async () => {
    const { client, faults, close } = await start([{ fault: 'hang' }, { fault: 'latency', ms: 5000 }]);
    const answer = client.send(list);
    await vi.waitUntil(() => faults.status().held === 1, { interval: 1 });
    // The clock stands still: nothing ends because its time is over.
    await close();
    await expect(answer).resolves.toMatchObject({ connectorEntityMap: {} });
  });

  it('holds nobody whom it was about to hold when it was lifted', async () => {
    const { client, faults, application } = await start([{ fault: 'hang', takesEffect: true }]);
    const release = application.hold();
    const answer = client.send(list);
    await vi.waitUntil(() => application.calls.length === 1, { interval: 1 });
    faults.lift();
    release();
    await expect(answer).resolves.toMatchObject({ connectorEntityMap: {} });
  });
});

describe('a connection reset', () => {
  it('is one', async () => {
    const { client, url, application } = await start([{ fault: 'connection-reset' }]);
    await expect(client.send(list)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(await bytesOf(url, rawList)).toEqual({ text: '', error: 'ECONNRESET' });
    expect(application.calls).toEqual([]);
  });

  it('may come after the effect', async () => {
    const { client, application } = await start([{ fault: 'connection-reset', takesEffect: true }]);
    await expect(client.send(list)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(application.calls).toHaveLength(1);
  });
});

describe('a truncated body', () => {
  it.each([
    [undefined, Math.floor(usualBody.length / 2)],
    [0, 0],
    [7, 7],
    [1_000_000, usualBody.length - 1],
  ])('of %s bytes ends short of the length that was promised', async (bytes, sent) => {
    const { client, url } = await start([{ fault: 'truncated-body', ...(bytes !== undefined && { bytes }) }]);
    const { text } = await bytesOf(url, rawList);
    const [head = '', body] = text.split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(head.toLowerCase()).toContain(`content-length: ${usualBody.length}`);
    expect(body).toBe(usualBody.slice(0, sent));
    await expect(client.send(list)).rejects.toMatchObject({ code: 'ECONNRESET' });
  });
});

describe('a malformed body', () => {
  it('is a 200 whose body is no JSON', async () => {
    const { client, url } = await start([{ fault: 'malformed-body' }]);
    const { status, headers, body } = await sendRaw(url, rawList);
    expect([status, headers['content-type'], headers['content-length'], body]).toEqual([
      200,
      'application/json',
      '22',
      '<html>It works!</html>',
    ]);
    await expect(client.send(list)).rejects.toBeInstanceOf(SyntaxError);
  });

  it('may be anything', async () => {
    const { url } = await start([{ fault: 'malformed-body', body: '{"é' }]);
    const { headers, body } = await sendRaw(url, rawList);
    expect([headers['content-length'], body]).toEqual(['4', '{"é']);
  });
});

describe('a slow body', () => {
  it('comes piece by piece', async () => {
    const { url, clock, faults } = await start([{ fault: 'slow-body', pieceBytes: 50, pauseMs: 1000 }]);
    const socket = connect({ host: '127.0.0.1', port: Number(new URL(url).port) });
    let text = '';
    socket.on('data', chunk => {
      text += chunk;
    });
    socket.write(rawList);
    for (const received of [50, 100, 150]) {
      await vi.waitUntil(() => text.endsWith(usualBody.slice(0, received)), { interval: 1 });
      expect(faults.status().held).toBe(1);
      clock.advance(1000);
    }
    await once(socket, 'close');
    expect(text.endsWith(`\r\n\r\n${usualBody}`)).toBe(true);
  });

  it('comes whole for a client that waits, at once when it is released', async () => {
    const { client, faults } = await start([{ fault: 'slow-body', pieceBytes: 1, pauseMs: 60_000 }]);
    const answer = client.send(list);
    await vi.waitUntil(() => faults.status().held === 1, { interval: 1 });
    faults.lift();
    expect((await answer).connectorEntityMap?.['Objects']).toHaveLength(2);
  });

  it('is no more sent to a caller that has gone', async () => {
    const { client, clock, faults } = await start([{ fault: 'slow-body', pieceBytes: 1, pauseMs: 10 }]);
    const abort = new AbortController();
    const answer = expect(client.send(list, { abortSignal: abort.signal })).rejects.toThrow();
    await vi.waitUntil(() => faults.status().held === 1, { interval: 1 });
    abort.abort();
    await answer;
    await vi.waitUntil(
      () => {
        clock.advance(10);
        return faults.status().held === 0;
      },
      { interval: 1 },
    );
  });
});

describe('an expired token', () => {
  const page = (nextToken?: string) =>
    new ListConnectorEntitiesCommand({ connectorProfileName: 'crm', maxResults: 1, nextToken });
  const refusal = {
    name: 'ValidationException',
    message: expect.stringContaining('nextToken must be one this operation answered'),
  };

  it('is refused as AppFlow refuses one of its own that is too old', async () => {
    const { client } = await start([{ fault: 'expired-token', times: 1 }]);
    const { nextToken } = await client.send(page());
    await expect(client.send(page(nextToken))).rejects.toMatchObject(refusal);
    await expect(client.send(page(nextToken))).resolves.toMatchObject({ connectorEntityMap: {} });
  });

  it('is one after its uses', async () => {
    const { client } = await start([{ fault: 'expired-token', afterUses: 1 }]);
    const { nextToken } = await client.send(page());
    await client.send(page(nextToken));
    await expect(client.send(page(nextToken))).rejects.toMatchObject(refusal);
  });

  it('is one after its seconds', async () => {
    const { client, clock } = await start([{ fault: 'expired-token', afterSeconds: 5 }]);
    const { nextToken } = await client.send(page());
    clock.advance(4999);
    await client.send(page(nextToken));
    clock.advance(1);
    await expect(client.send(page(nextToken))).rejects.toMatchObject(refusal);
  });
});

describe('faults', () => {
  it.each([
    ['/list-connectors', '{"maxResults":0}', 'ValidationException'],
    ['/list-connectors', '{"maxResults":"1"}', 'SerializationException'],
    ['/list-connectors', '[]', 'SerializationException'],
    ['/describe-flow', '{}', 'ValidationException'],
    ['/create-flow', '{"flowName":"nightly"}', 'UnsupportedOperationException'],
    ['/tags/arn', '{}', 'UnsupportedOperationException'],
  ])('leave %s %s to its refusal', async (path, body, code) => {
    const { post, faults } = await start([{ fault: 'connection-reset' }]);
    const answer = await post(path, body);
    expect([answer.status, answer.headers.get('x-amzn-errortype')]).toEqual([400, code]);
    expect(faults.status().struck).toEqual([0]);
  });

  it('strike only what the operation would otherwise be asked to do', async () => {
    const { url, post } = await start([{ fault: 'hang' }]);
    expect((await post('/list-everything', '{}')).status).toBe(404);
    expect((await post('/list-connectors', '{')).status).toBe(400);
    expect((await post('/list-connectors', '{}', { authorization: 'none' })).status).toBe(400);
    expect((await fetch(`${url}/list-connectors`)).status).toBe(405);
  });

  it('leave a refusal as it is', async () => {
    const { client } = await start([{ fault: 'truncated-body' }]);
    const unknown = new ListConnectorEntitiesCommand({ connectorProfileName: 'nobody' });
    await expect(client.send(unknown)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('change no byte while there is no plan', async () => {
    const withPlan = await start([]);
    const without = await startLocalAppflow();
    addProfile(without);
    const [one, other] = [await sendRaw(withPlan.url, rawList), await sendRaw(without.url, rawList)];
    const varying = { 'x-amzn-requestid': '', date: '' };
    expect({ ...one, headers: { ...one.headers, ...varying } }).toEqual({
      ...other,
      headers: { ...other.headers, ...varying },
    });
    expect(one.body).toBe(usualBody);
  });
});

async function start(rules: readonly object[]) {
  const started = await startLocalAppflow({ faults: { rules } });
  const { faults } = started;
  if (!faults) throw new Error('expected faults to be enabled');
  return { ...started, faults, application: addProfile(started) };
}

function addProfile({ registry }: StartedLocalAppflow): FakeApplication {
  const application = new FakeApplication()
    .setEntities('', { Objects: ['Account', 'Lead'] })
    .setFields('Account', ['Id']);
  registry.addProfile('crm', application);
  return application;
}

/** Everything a server sends, and the code of the error that ended it, if one did. */
async function bytesOf(url: string, request: string): Promise<{ text: string; error: string | undefined }> {
  const socket = connect({ host: '127.0.0.1', port: Number(new URL(url).port) });
  let text = '';
  let error: string | undefined;
  socket.on('data', chunk => {
    text += chunk;
  });
  socket.on('error', cause => {
    error = 'code' in cause ? String(cause.code) : cause.message;
  });
  socket.write(request);
  await new Promise(resolve => socket.once('close', resolve));
  return { text, error };
}
