import { Redis } from 'ioredis';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { renewScript } from '../../src/cache/redis-scripts.ts';
import { ensureSystemProgram } from '../support/system-packages.ts';
import { CrashableRedis } from './crashable-redis.ts';
import { FaultyProxy } from './faulty-proxy.ts';
import { GatewayProcess } from './gateway-process.ts';
import { GraphQLConnection } from './graphql-connection.ts';
import { profileName, startVersionedAppflow, toVersion } from './versioned-appflow.ts';

const redis = await ensureSystemProgram('redis-server');
const redisPath = 'path' in redis ? redis.path : '';
const key = 'appflow-gateway:{default}:resets';
const secret = 'hunter2';
const leaseMs = 2000;

interface BadRedis {
  readonly url: string;
  /** What the mutation says of it. */
  readonly reason: RegExp;
  /** Removes the cause. */
  readonly cure: () => Promise<unknown>;
  /** What must not change: the foreign key, as Redis dumps it. */
  readonly foreign?: () => Promise<unknown>;
}

const cases: Readonly<Record<string, () => Promise<BadRedis>>> = {
  'where nobody listens': async () => {
    const server = await stopped(await CrashableRedis.create(redisPath));
    return { url: urlOf(server), reason: /ECONNREFUSED/, cure: () => server.restart('empty') };
  },
  'that takes connections and never answers': async () => {
    const server = await stopped(await CrashableRedis.start(redisPath));
    const proxy = await FaultyProxy.start(server.port);
    onTestFinished(() => proxy.close());
    proxy.setMode({ kind: 'black-hole' });
    const cure = async () => proxy.setMode({ kind: 'pass' });
    return { url: urlOf(proxy), reason: /timed out|Socket timeout|not writeable/i, cure };
  },
  'that refuses the password': async () => {
    const server = await stopped(await CrashableRedis.start(redisPath, 'open-sesame'));
    return { url: urlOf(server, secret), reason: /WRONGPASS/, cure: () => letEverybodyIn(server) };
  },
  'that wants a password and gets none': async () => {
    const server = await stopped(await CrashableRedis.start(redisPath, secret));
    return { url: urlOf(server), reason: /NOAUTH/, cure: () => letEverybodyIn(server) };
  },
  'that is a read-only replica': async () => {
    const primary = await stopped(await CrashableRedis.start(redisPath));
    const server = await stopped(await CrashableRedis.start(redisPath));
    await server.send('REPLICAOF', '127.0.0.1', primary.port);
    return { url: urlOf(server), reason: /READONLY|read only/, cure: () => server.send('REPLICAOF', 'NO', 'ONE') };
  },
  'whose key is a string of somebody else': () => withForeignKey(/holds a string/, 'SET', key, 'mine'),
  'whose key is a list of somebody else': () => withForeignKey(/holds a list/, 'RPUSH', key, 'a', 'b'),
  'whose key is a hash of somebody else': () => withForeignKey(/something else/, 'HSET', key, 'name', 'Alice'),
  'whose key is a hash that counts something else': () => withForeignKey(/something else/, 'HSET', key, 'seq', '7'),
  'whose key is a hash that looks like a log at first': () =>
    withForeignKey(/something else/, 'HSET', key, 'incarnation', 'Vishnu', 'seq', '10'),
  'whose key is a hash that has no number where the log has one': () =>
    withForeignKey(/something else/, 'HSET', key, 'incarnation', 'Vishnu', 'seq', 'ten', 'members', ''),
};

describe.skipIf('missing' in redis)('a gateway with a Redis', () => {
  it.each(Object.entries(cases))(
    '%s reads on, says so on a reset, and recovers by itself',
    async (_, create) => {
      const bad = await create();
      const before = await bad.foreign?.();
      const gateway = await startGateway(bad.url);

      expect(await gateway.read()).toBe(gateway.upstream.change() - 1);
      gateway.upstream.forgetAll();
      const version = gateway.upstream.change();
      expect(await gateway.read()).toBe(version);

      const afterwards = gateway.upstream.change();
      const [error] = await gateway.reset();
      expect(error?.extensions.code).toBe('RESET_NOT_PROPAGATED');
      expect(error?.message).toMatch(bad.reason);
      expect(await gateway.read()).toBe(afterwards);
      expect(await bad.foreign?.()).toEqual(before);

      await bad.cure();
      // Two leases, where the machine has nothing else to do.
      await vi.waitUntil(gateway.servesFromMemory, { timeout: 10 * leaseMs, interval: 50 });
      const healed = gateway.upstream.change();
      expect(await gateway.reset()).toEqual([]);
      expect(await gateway.read()).toBe(healed);
      expect(JSON.stringify(error) + gateway.process.output).not.toContain(secret);
      expect(gateway.process.unexpectedEnds).toEqual([]);
    },
    120_000,
  );

  it('that is too old says which one is needed', async () => {
    const server = await stopped(await CrashableRedis.start(redisPath));
    const client = new Redis(server.port);
    onTestFinished(() => client.disconnect());
    const info = String.raw`'redis_version:4.0.14\r\nrun_id:0123\r\n'`;
    const onAnOldServer = renewScript.replace("redis.call('INFO', 'server')", info);
    expect(onAnOldServer).toContain('4.0.14');
    await expect(client.eval(onAnOldServer, 1, key, 'new', 'me', '1', '', 0)).rejects.toThrow(
      'Redis 5 or newer is needed, this is Redis 4',
    );
    expect(await client.exists(key)).toBe(0);
  });
});

/** A gateway over that Redis and an AppFlow of its own; both end with the test. */
async function startGateway(redisUrl: string) {
  const upstream = await startVersionedAppflow();
  onTestFinished(() => upstream.close());
  const process = new GatewayProcess({ upstreamUrl: upstream.url, redisUrl, leaseMs });
  onTestFinished(() => process.crash());
  await process.start();
  const connection = new GraphQLConnection();
  onTestFinished(() => connection.close());
  const read = () => readVersion(connection, process);
  const servesFromMemory = async () => {
    await read();
    const before = upstream.reads();
    await read();
    return upstream.reads() === before;
  };
  return { upstream, process, read, servesFromMemory, reset: () => reset(connection, process) };
}

interface EntityAnswer {
  readonly connectorEntity: { readonly fields: readonly { readonly identifier: string }[] };
}

async function readVersion(connection: GraphQLConnection, { url = '' }: GatewayProcess): Promise<number> {
  const query = `{ connectorEntity(connectorProfileName: "${profileName}", name: "Account") { fields { identifier } } }`;
  const { data, errors } = await connection.post<EntityAnswer>(url, query);
  expect(errors).toBeUndefined();
  return toVersion(data?.connectorEntity.fields[0]?.identifier);
}

async function reset(connection: GraphQLConnection, { url = '' }: GatewayProcess) {
  const input = `{ connectorProfileName: "${profileName}", connectorEntityName: "Account" }`;
  const mutation = `mutation { resetConnectorMetadataCache(input: ${input}) { coherence } }`;
  const { errors = [] } = await connection.post(url, mutation);
  return errors;
}

async function stopped(server: CrashableRedis): Promise<CrashableRedis> {
  onTestFinished(() => server.stop());
  return server;
}

async function withForeignKey(reason: RegExp, command: string, ...args: string[]): Promise<BadRedis> {
  const server = await stopped(await CrashableRedis.start(redisPath));
  await server.send(command, ...args);
  const foreign = () => server.send('DUMP', key);
  return { url: urlOf(server), reason, cure: () => server.send('DEL', key), foreign };
}

function letEverybodyIn(server: CrashableRedis): Promise<unknown> {
  return server.send('CONFIG', 'SET', 'requirepass', '');
}

function urlOf({ port }: { readonly port: number }, password?: string): string {
  return `redis://${password === undefined ? '' : `:${password}@`}127.0.0.1:${port}`;
}
