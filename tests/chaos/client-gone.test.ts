import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { ensureSystemProgram } from '../support/system-packages.ts';
import { CrashableRedis } from './crashable-redis.ts';
import { FaultyProxy } from './faulty-proxy.ts';
import { GatewayProcess } from './gateway-process.ts';
import { profileName, startVersionedAppflow } from './versioned-appflow.ts';

const redis = await ensureSystemProgram('redis-server');
const key = 'appflow-gateway:{default}:resets';

describe.skipIf('missing' in redis)('a reset whose client goes away once AppFlow has it', () => {
  it('is told to the other replicas', async () => {
    const { leaveAfterReset, records } = await startStory();
    await leaveAfterReset();
    await vi.waitUntil(async () => (await records()) === 1, { timeout: 20_000, interval: 20 });
  }, 60_000);

  it('is told to them even when the gateway is stopped at the same time', async () => {
    const { gateway, network, leaveAfterReset, records } = await startStory();
    // Nothing gets through to the log, so that the gateway is stopped while it has not told it yet.
    network.setMode({ kind: 'delay', ms: () => 40 });
    await leaveAfterReset();
    expect(await records()).toBe(0);
    await gateway.leave();
    expect(await records()).toBe(1);
    expect(gateway.unexpectedEnds).toEqual([]);
  }, 60_000);
});

async function startStory() {
  const upstream = await startVersionedAppflow();
  onTestFinished(() => upstream.close());
  const server = await CrashableRedis.start('path' in redis ? redis.path : '');
  onTestFinished(() => server.stop());
  const network = await FaultyProxy.start(server.port);
  onTestFinished(() => network.close());
  const redisUrl = `redis://127.0.0.1:${network.port}`;
  const gateway = new GatewayProcess({ upstreamUrl: upstream.url, redisUrl, leaseMs: 1_000 });
  onTestFinished(() => gateway.crash());
  await gateway.start();
  const records = async () => Number((await server.send('HGET', key, 'seq')) ?? 0);
  /** Sends a reset, and cuts the connection as soon as AppFlow has it. */
  const leaveAfterReset = async () => {
    const isReset = new Promise<void>(resolve => upstream.onNextReset(resolve));
    const socket = connect(Number(new URL(gateway.url ?? '').port), '127.0.0.1');
    const closed = once(socket, 'close');
    socket.write(
      toRequest(
        `mutation { resetConnectorMetadataCache(input: { connectorProfileName: "${profileName}" }) { coherence } }`,
      ),
    );
    await isReset;
    socket.destroy();
    await closed;
  };
  return { gateway, network, leaveAfterReset, records };
}

function toRequest(query: string): string {
  const body = JSON.stringify({ query });
  const headers = ['host: 127.0.0.1', 'content-type: application/json', `content-length: ${Buffer.byteLength(body)}`];
  return `POST /graphql HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n${body}`;
}
