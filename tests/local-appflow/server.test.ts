import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Agent, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { createLog } from '../../src/base/log.ts';
import { CatalogError, startLocalAppflow } from '../../src/local-appflow/server.ts';
import { FakeApplication } from '../support/fake-registry.ts';
import { rawRequest, sendRaw } from '../support/raw-http.ts';
import { signedForAppflow, startLocalAppflow as startFakeLocalAppflow } from '../support/start-local-appflow.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const signed = { authorization: signedForAppflow, 'content-type': 'application/json' };

describe('local AppFlow on the wire', () => {
  it('answers JSON with a request id of its own each time', async () => {
    const { post } = await startFakeLocalAppflow();
    const answers = [await post('/list-connectors', '{}'), await post('/list-connectors', '{}')];
    for (const answer of answers) {
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toBe('application/json');
      expect(answer.headers.get('x-amzn-requestid')).toMatch(uuid);
      expect(await answer.text()).toBe('{"connectors":[]}');
    }
    expect(new Set(answers.map(({ headers }) => headers.get('x-amzn-requestid'))).size).toBe(2);
  });

  it('answers errors with their name in a header and their message in the body', async () => {
    const { post } = await startFakeLocalAppflow();
    const answer = await post('/describe-connector', '{"connectorType":"Sales Force"}');
    expect(answer.status).toBe(400);
    expect(answer.headers.get('x-amzn-errortype')).toBe('ValidationException');
    expect(answer.headers.get('x-amzn-requestid')).toMatch(uuid);
    expect(await answer.json()).toEqual({
      message: expect.stringMatching(
        /^1 validation error detected: Value 'Sales Force' at 'connectorType' failed to satisfy constraint: Member must satisfy enum value set: \[Salesforce, Singular, /,
      ),
    });
  });

  it.each([
    ['malformed JSON', '{"maxResults":'],
    ['trailing text', '{} {}'],
    ['comments', '{/* */}'],
    ['a bare value', '"x"'],
    ['null', 'null'],
    ['a byte order mark', '\uFEFF{}'],
    ['a wrong type', '{"maxResults":"10"}'],
  ])('refuses %s as a SerializationException', async (_, body) => {
    const { post } = await startFakeLocalAppflow();
    const answer = await post('/list-connectors', body);
    expect([answer.status, answer.headers.get('x-amzn-errortype')]).toEqual([400, 'SerializationException']);
    expect(await answer.json()).toEqual({ message: expect.any(String) });
  });

  it('takes explicit nulls, unknown members and an empty body', async () => {
    const { url, post } = await startFakeLocalAppflow();
    expect((await post('/list-connectors', '{"maxResults":null,"nextToken":null,"other":{"a":1}}')).status).toBe(200);
    expect((await sendRaw(url, rawRequest('POST /list-connectors', signed))).status).toBe(200);
  });

  it.each([
    ['an unknown path', 'POST /list-everything', signed, 404, 'UnknownOperationException'],
    ['a wrong method', 'GET /list-connectors', signed, 405, 'MethodNotAllowedException'],
    ['no signature', 'POST /list-connectors', {}, 403, 'MissingAuthenticationTokenException'],
    ['half a signature', 'POST /list-connectors', { authorization: 'AWS4' }, 400, 'IncompleteSignatureException'],
    [
      'a form',
      'POST /list-connectors',
      { ...signed, 'content-type': 'application/x-www-form-urlencoded' },
      415,
      'UnsupportedMediaTypeException',
    ],
    ['no HTTP at all', 'hello', {}, 400, 'SerializationException'],
    ['a huge header', 'POST /', { filler: 'x'.repeat(20_000) }, 431, 'RequestHeaderFieldsTooLargeException'],
  ])('answers %s in JSON', async (_, line, headers, status, name) => {
    const { url } = await startFakeLocalAppflow();
    const answer = await sendRaw(url, rawRequest(line, headers));
    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/json',
      'x-amzn-errortype': name,
      'x-amzn-requestid': expect.stringMatching(uuid),
    });
    expect(JSON.parse(answer.body)).toEqual({ message: expect.any(String) });
  });

  it('says which method it takes', async () => {
    const { url } = await startFakeLocalAppflow();
    expect((await fetch(`${url}/list-connectors`)).headers.get('allow')).toBe('POST');
  });

  it('refuses bytes that are no UTF-8', async () => {
    const { url } = await startFakeLocalAppflow();
    const head = rawRequest('POST /list-connectors', { ...signed, 'content-length': '2' });
    const answer = await sendRaw(url, Buffer.concat([Buffer.from(head), Buffer.from([0xc3, 0x28])]));
    expect(answer.headers['x-amzn-errortype']).toBe('SerializationException');
  });

  it('takes a body of 1 MiB and refuses one more byte, announced or not, and the connection stays good', async () => {
    const { url } = await startFakeLocalAppflow();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const fitting = `{"x":"${'y'.repeat(1024 * 1024 - 8)}"}`;
    expect(await statusOf(url, agent, fitting)).toBe(200);
    expect(await statusOf(url, agent, `${fitting} `)).toBe(413);
    expect(await statusOf(url, agent, `${fitting} `, { 'transfer-encoding': 'chunked' })).toBe(413);
    expect(await statusOf(url, agent, '{}')).toBe(200);
    agent.destroy();
  });

  it('masks what it did not foresee, and logs it', async () => {
    const lines: string[] = [];
    const log = createLog('error', { write: line => lines.push(line) });
    const { registry, post } = await startFakeLocalAppflow({ log });
    const application = new FakeApplication();
    registry.addProfile('sales', application);
    application.failNext(new TypeError('secret detail'));
    const answer = await post('/list-connector-entities', '{"connectorProfileName":"sales"}');
    expect([answer.status, answer.headers.get('x-amzn-errortype')]).toEqual([500, 'InternalServerException']);
    expect(await answer.text()).toBe('{"message":"An internal error occurred."}');
    expect(lines.join('')).toContain('secret detail');
  });
});

describe('createLocalAppflow', () => {
  it.each(['0.0.0.0', '::', '192.168.1.10', 'example.com', ''])('refuses to listen on %j', async host => {
    await expect(startFakeLocalAppflow({ host })).rejects.toThrow(
      `local AppFlow's host must be a loopback address, such as 127.0.0.1, got ${JSON.stringify(host)}`,
    );
  });

  it('says when its port is taken', async () => {
    const { url } = await startFakeLocalAppflow();
    await expect(startFakeLocalAppflow({ port: Number(new URL(url).port) })).rejects.toThrow('EADDRINUSE');
  });

  it('closes at once with idle connections open, those that never sent a byte included', async () => {
    const { url, close } = await startFakeLocalAppflow();
    const agent = new Agent({ keepAlive: true });
    expect(await statusOf(url, agent, '{}')).toBe(200);
    const silent = connect(Number(new URL(url).port), '127.0.0.1');
    await once(silent, 'connect');
    await close();
    await close();
    await once(silent.resume(), 'close');
    await expect(fetch(url)).rejects.toThrow('fetch failed');
    agent.destroy();
  });

  it('lets a request under way finish before it closes', async () => {
    const { registry, post, close } = await startFakeLocalAppflow();
    const application = new FakeApplication().setEntities('', { Objects: ['Account'] });
    registry.addProfile('sales', application);
    const release = application.hold();
    const answer = post('/list-connector-entities', '{"connectorProfileName":"sales"}');
    await untilCalled(application);
    const closed = close();
    release();
    expect((await answer).status).toBe(200);
    await closed;
  });

  it('waits two seconds for it and no longer', async () => {
    const { registry, clock, post, close } = await startFakeLocalAppflow();
    const application = new FakeApplication();
    registry.addProfile('sales', application);
    application.hold();
    const answer = expect(post('/list-connector-entities', '{"connectorProfileName":"sales"}')).rejects.toThrow();
    await untilCalled(application);
    const closed = close();
    clock.advance(2000);
    await closed;
    await answer;
  });
});

describe('startLocalAppflow', () => {
  it('serves a catalogue, and says where and in which region', async () => {
    const catalogPath = await writeCatalog(
      'profiles:\n  sales:\n    connector: Salesforce\n    entities: { Account: }\n',
    );
    const started = await startLocalAppflow({ catalogPath, port: 0, clock: systemClock, log: createLog('silent') });
    const answer = await fetch(`${started.url}/list-connector-entities`, {
      method: 'POST',
      headers: signed,
      body: '{"connectorProfileName":"sales"}',
    });
    expect(await answer.text()).toContain('"name":"Account"');
    expect(started).toMatchObject({ region: 'us-east-1', catalogPath });
    await started.close();
    await expect(fetch(started.url)).rejects.toThrow('fetch failed');
  });

  it('lets go of the catalogue when its port is taken, and refuses a broken one', async () => {
    const { url } = await startFakeLocalAppflow();
    const start = (catalogPath: string) =>
      startLocalAppflow({
        catalogPath,
        port: Number(new URL(url).port),
        clock: systemClock,
        log: createLog('silent'),
      });
    await expect(start(await writeCatalog('profiles: {}\n'))).rejects.toThrow('EADDRINUSE');
    await expect(start(await writeCatalog('profiles: 5\n'))).rejects.toBeInstanceOf(CatalogError);
  });
});

async function writeCatalog(yaml: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'local-appflow-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const path = join(directory, 'catalog.yaml');
  await writeFile(path, yaml);
  return path;
}

function statusOf(url: string, agent: Agent, body: string, headers: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const length = 'transfer-encoding' in headers ? {} : { 'content-length': Buffer.byteLength(body) };
    const request = httpRequest(`${url}/list-connectors`, {
      method: 'POST',
      agent,
      headers: { ...signed, ...length, ...headers },
    });
    request.on('error', reject);
    request.on('response', response => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0));
    });
    request.end(body);
  });
}

async function untilCalled(application: FakeApplication): Promise<void> {
  while (application.calls.length === 0) await new Promise(resolve => setImmediate(resolve));
}
