import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Exchanges } from '../../src/local-appflow/exchanges.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { FakeApplication } from '../support/fake-registry.ts';
import { rawRequest, sendRaw } from '../support/raw-http.ts';
import { signedForAppflow, startLocalAppflow } from '../support/start-local-appflow.ts';

const signed = { authorization: signedForAppflow, 'content-type': 'application/json' };
const keptAlive = { ...signed, connection: 'keep-alive' };

describe('what is no request', () => {
  it.each([
    ['bytes of TLS', '\x16\x03\x01\x02\x00', 400, 'SerializationException'],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, 'SerializationException'],
    ['CONNECT', 'CONNECT example.com:443 HTTP/1.1\r\nhost: x\r\n\r\n', 405, 'MethodNotAllowedException'],
    ['no Host', 'POST /list-connectors HTTP/1.1\r\nconnection: close\r\n\r\n', 400, 'SerializationException'],
    [
      'a flood of headers',
      rawRequest('POST /', Object.fromEntries(Array.from({ length: 3000 }, (_, n) => [`x-${n}`, 'x']))),
      431,
      'RequestHeaderFieldsTooLargeException',
    ],
    [
      'two lengths',
      rawRequest('POST /list-connectors', { ...signed, 'transfer-encoding': 'chunked' }, '{}'),
      400,
      'SerializationException',
    ],
    [
      'a flood of chunk extensions',
      `${rawRequest('POST /list-connectors', { ...signed, 'transfer-encoding': 'chunked' })}2;${'x'.repeat(20_000)}\r\n{}`,
      413,
      'RequestEntityTooLargeException',
    ],
    [
      'a broken chunk',
      `${rawRequest('POST /list-connectors', { ...signed, 'transfer-encoding': 'chunked' })}zz\r\n{}`,
      400,
      'SerializationException',
    ],
  ])('is answered in JSON, once: %s', async (_, bytes, status, name) => {
    const { url } = await startLocalAppflow();
    const { status: came, headers, body } = await sendRaw(url, bytes);
    expect([came, headers['x-amzn-errortype'], headers['connection']]).toEqual([status, name, 'close']);
    expect(headers['x-amzn-requestid']).toMatch(/^[0-9a-f-]{36}$/);
    expect(Object.keys(JSON.parse(body))).toEqual(['message']);
  });

  it('is a timeout when it was not read in time', async () => {
    const sent: string[] = [];
    const socket = new Duplex({
      read: () => undefined,
      write: (chunk, _, done) => {
        sent.push(String(chunk));
        done();
      },
    });
    await new Exchanges(new FakeClock()).refuse(
      Object.assign(new Error('slow'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }),
      socket,
    );
    expect(sent.join('')).toMatch(/^HTTP\/1\.1 408 RequestTimeoutException\r\ncontent-type: application\/json\r\n/);
    socket.destroy();
  });

  it('waits until the requests before it are answered', async () => {
    const { url, registry } = await startLocalAppflow();
    const application = new FakeApplication().setEntities('', { Objects: ['Account'] });
    registry.addProfile('sales', application);
    const release = application.hold();
    const good = rawRequest('POST /list-connector-entities', keptAlive, '{"connectorProfileName":"sales"}');
    const answers = readToEnd(await open(url), `${good}garbage\r\n\r\n`);
    while (application.calls.length === 0) await new Promise(resolve => setImmediate(resolve));
    release();
    expect((await answers).match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 400']);
  });

  it('gets no second answer when it is the rest of a request that has one', async () => {
    const { url } = await startLocalAppflow();
    const head = rawRequest('POST /nowhere', { ...keptAlive, 'transfer-encoding': 'chunked' });
    const socket = await open(url);
    socket.write(head);
    const [first] = await once(socket, 'data');
    expect(String(first)).toMatch(/^HTTP\/1\.1 404/);
    expect(await readToEnd(socket, 'zz\r\n')).toBe('');
  });

  it('is cut off when it goes on for two seconds after its answer', async () => {
    const { url, clock } = await startLocalAppflow();
    const socket = await open(url);
    socket.write('garbage\r\n\r\n');
    await once(socket.resume(), 'end');
    clock.advance(2000);
    socket.on('error', () => socket.destroy());
    await sendUntilClosed(socket);
  });

  it('does not keep local AppFlow from closing', async () => {
    const { url, close } = await startLocalAppflow();
    const socket = await open(url);
    socket.write('CONNECT example.com:443 HTTP/1.1\r\nhost: x\r\n\r\n');
    await once(socket.resume(), 'end');
    await close();
  });

  it('closes quietly when its sender is gone', async () => {
    const { url, post } = await startLocalAppflow();
    const socket = await open(url);
    socket.write('POST /list-connectors HTTP/1.1\r\ncontent-le');
    socket.resetAndDestroy();
    expect((await post('/list-connectors', '{}')).status).toBe(200);
  });
});

describe('requests that are unusual and good', () => {
  it.each([
    ['HTTP/1.0', `POST /list-connectors HTTP/1.0\r\nauthorization: ${signedForAppflow}\r\n\r\n`],
    ['a whole URL', rawRequest('POST http://localhost/list-connectors', signed, '{}')],
    [
      'chunks',
      `${rawRequest('POST /list-connectors', { ...signed, 'transfer-encoding': 'chunked' })}1\r\n{\r\n1;x=y\r\n}\r\n0\r\nx-trailer: 1\r\n\r\n`,
    ],
    [
      'an upgrade',
      rawRequest('POST /list-connectors', { ...signed, connection: 'close, upgrade', upgrade: 'h2c' }, '{}'),
    ],
    ['another expectation', rawRequest('POST /list-connectors', { ...signed, expect: 'a miracle' }, '{}')],
    [
      'a type with parameters',
      rawRequest('POST /list-connectors', { ...signed, 'content-type': 'Application/JSON; charset=utf-8' }, '{}'),
    ],
  ])('%s', async (_, bytes) => {
    const { url } = await startLocalAppflow();
    const { status, body } = await sendRaw(url, bytes);
    expect([status, body]).toEqual([200, '{"connectors":[]}']);
  });

  it('100-continue', async () => {
    const { url } = await startLocalAppflow();
    const socket = await open(url);
    socket.write(rawRequest('POST /list-connectors', { ...signed, expect: '100-continue', 'content-length': '2' }));
    const [first] = await once(socket, 'data');
    expect(String(first)).toBe('HTTP/1.1 100 Continue\r\n\r\n');
    expect(await readToEnd(socket, '{}')).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  });

  it('many at once on one connection, answered in order', async () => {
    const { url } = await startLocalAppflow();
    const paths = ['/list-connectors', '/nowhere', '/describe-connector', '/list-connectors'];
    const requests = paths.map((path, n) => rawRequest(`POST ${path}`, n === 3 ? signed : keptAlive, '{}'));
    const text = await readToEnd(await open(url), requests.join(''));
    expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual([200, 404, 400, 200].map(status => `HTTP/1.1 ${status}`));
  });
});

async function open(url: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  onTestFinished(() => {
    socket.destroy();
  });
  await once(socket, 'connect');
  return socket;
}

async function readToEnd(socket: Socket, bytes: string): Promise<string> {
  socket.write(bytes);
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

async function sendUntilClosed(socket: Socket): Promise<void> {
  while (!socket.destroyed) {
    socket.write('x');
    await new Promise(resolve => setImmediate(resolve));
  }
}
