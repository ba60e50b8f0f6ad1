import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { createDeferred } from '../../src/base/deferred.ts';
import { type GatewayClient, post } from '../support/run-gateway.ts';
import { fieldsQuery, outcomeOf, reset } from './ask.ts';
import { answerWell, type RawRequest, runGatewayBefore, startRawAppflow } from './raw-appflow.ts';

const patience = { timeout: 10_000, interval: 5 };

describe('a client that goes away', () => {
  it.each([10, 50, 90])('with %i %% of its request sent costs nothing, and disturbs nobody', async percent => {
    const appflow = await startRawAppflow();
    const client = await runGatewayBefore(appflow.url);
    const request = toRequest(fieldsQuery('crm', 'Account'));
    const socket = await open(client);
    socket.write(request.slice(0, Math.floor((request.length * percent) / 100)));
    expect(await outcomeOf(client, 'crm', 'Contact')).toBe('Id');
    socket.destroy();
    expect(await outcomeOf(client, 'crm', 'Lead')).toBe('Id');
    expect(appflow.requests.map(({ input }) => input.connectorEntityName)).toEqual(['Contact', 'Lead']);
  });

  it('ends the call that nobody else waits for, and the next one asks anew', async () => {
    const appflow = await startRawAppflow(() => undefined);
    const client = await runGatewayBefore(appflow.url);
    const socket = await open(client);
    socket.write(toRequest(fieldsQuery('crm', 'Account')));
    const [{ response }] = await firstRequests(appflow.requests, 1);
    socket.destroy();
    await vi.waitUntil(() => response.destroyed, patience);
    appflow.answer = answerWell;
    expect(await outcomeOf(client)).toBe('Id');
    expect(appflow.requests).toHaveLength(2);
  });

  it('leaves the call to those who wait for it, too', async () => {
    const appflow = await startRawAppflow(() => undefined);
    const client = await runGatewayBefore(appflow.url);
    const sockets = await Promise.all([open(client), open(client)]);
    for (const socket of sockets) socket.write(toRequest(fieldsQuery('crm', 'Account')));
    const [request] = await firstRequests(appflow.requests, 1);
    const stays = outcomeOf(client);
    await vi.waitUntil(async () => (await joined(client)) === 2, patience);
    for (const socket of sockets) socket.destroy();
    // Once the gateway has seen one of the others go, it has seen these.
    const last = await open(client);
    last.write(toRequest(fieldsQuery('crm', 'Other')));
    const [, other] = await firstRequests(appflow.requests, 2);
    last.destroy();
    await vi.waitUntil(() => other?.response.destroyed, patience);
    answerWell(request);
    expect(await stays).toBe('Id');
  });

  it('does not stop the reset that it asked for', async () => {
    const sent = createDeferred<RawRequest>();
    const appflow = await startRawAppflow(raw => (raw.path.includes('reset') ? sent.resolve(raw) : answerWell(raw)));
    const client = await runGatewayBefore(appflow.url);
    await outcomeOf(client);
    const socket = await open(client);
    const input = '{ connectorProfileName: "crm", connectorEntityName: "Account" }';
    socket.write(toRequest(`mutation { resetConnectorMetadataCache(input: ${input}) { coherence } }`));
    const { response } = await sent.promise;
    socket.destroy();
    await outcomeOf(client, 'crm', 'Contact');
    expect(response.destroyed).toBe(false);
    response.end('{}');
    await vi.waitUntil(async () => (await status(client)).resets === 1, patience);
    expect(appflow.requests.filter(({ path }) => path.includes('reset'))).toHaveLength(1);
  });
});

describe('a request that is out of time', () => {
  it('is told so, gets what is in memory, and its call is given up', async () => {
    const appflow = await startRawAppflow(raw => raw.input.connectorEntityName === 'Contact' && answerWell(raw));
    const client = await runGatewayBefore(appflow.url, { REQUEST_TIMEOUT_MS: '300' });
    await outcomeOf(client, 'crm', 'Contact');
    const query = `{ ${['Contact', 'Account'].map(entity => aliased(entity)).join(' ')} }`;
    const { data, errors } = await post<Record<string, object | null>>(client.gateway.url, { query });
    expect(data).toEqual({ Contact: { fields: [{ identifier: 'Id' }] }, Account: null });
    expect(errors).toMatchObject([{ path: ['Account'], extensions: { code: 'UPSTREAM_TIMEOUT', retryable: true } }]);
    const [, call] = appflow.requests;
    await vi.waitUntil(() => call?.response.destroyed, patience);
  });

  it('says of a reset that it goes on', async () => {
    const appflow = await startRawAppflow(() => undefined);
    const client = await runGatewayBefore(appflow.url, { REQUEST_TIMEOUT_MS: '200' });
    const { errors } = await reset(client);
    expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_RESET_UNCERTAIN', retryable: true } }]);
    const [call] = appflow.requests;
    expect(call?.response.destroyed).toBe(false);
    call?.response.end('{}');
    await vi.waitUntil(async () => (await status(client)).resets === 1, patience);
  });
});

function aliased(entity: string): string {
  return `${entity}: connectorEntity(connectorProfileName: "crm", name: "${entity}") { fields { identifier } }`;
}

async function open({ gateway }: GatewayClient) {
  const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

function toRequest(query: string): string {
  const body = JSON.stringify({ query });
  const headers = ['host: 127.0.0.1', 'content-type: application/json', `content-length: ${Buffer.byteLength(body)}`];
  return `POST /graphql HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n${body}`;
}

async function firstRequests(requests: readonly RawRequest[], count: number) {
  await vi.waitUntil(() => requests.length >= count, patience);
  return requests as [RawRequest, ...RawRequest[]];
}

async function status({ gateway }: GatewayClient): Promise<{ readonly resets: number; readonly joined: number }> {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ connectorMetadataCache { resets joined } }' }),
  });
  const { data } = (await response.json()) as {
    data: { connectorMetadataCache: { resets: number; joined: number } };
  };
  return data.connectorMetadataCache;
}

async function joined(client: GatewayClient): Promise<number> {
  return (await status(client)).joined;
}
