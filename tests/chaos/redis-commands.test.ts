import { Redis } from 'ioredis';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { ensureSystemProgram } from '../support/system-packages.ts';
import { readsPerBatch } from './batch.ts';
import { GraphQLConnection } from './graphql-connection.ts';
import { createLoadCounts, readAllAt } from './load.ts';
import { Oracle } from './oracle.ts';
import { startRig } from './rig.ts';
import { createSeededRandom } from './seeded-random.ts';

const redis = await ensureSystemProgram('redis-server');
const hits = 1000;

describe.skipIf('missing' in redis)('three gateways whose metadata is in memory', () => {
  // Long, so that a machine with much else to do does not lose it.
  const leaseMs = 6000;

  it('send Redis nothing for a thousand hits, and at most four renewals a lease each', async () => {
    const rig = await startThree();
    const counts = createLoadCounts();
    const oracle = new Oracle();
    const connection = new GraphQLConnection();
    onTestFinished(() => connection.close());
    const readEverywhere = async () => {
      for (const replica of rig.replicas) await readAllAt(replica, connection, oracle, counts);
    };
    await vi.waitUntil(async () => {
      const before = rig.upstream.reads();
      await readEverywhere();
      return rig.upstream.reads() === before;
    }, 30_000);

    const commands = await watchCommands(rig.redis?.port ?? 0);
    const upstreamReads = rig.upstream.reads();
    const readsBefore = oracle.reads;
    for (let sent = 0; sent < hits; sent += rig.replicas.length * readsPerBatch) await readEverywhere();
    const commandsOfHits = commands.length;
    expect(oracle.reads - readsBefore).toBeGreaterThanOrEqual(hits);
    expect(rig.upstream.reads()).toBe(upstreamReads);
    expect(counts.failedReads).toEqual({});

    const renewalsSeen = 5;
    await vi.waitUntil(
      () => [...byMember(commands).values()].filter(times => times.length >= renewalsSeen).length === 3,
      {
        timeout: 5 * leaseMs,
        interval: 50,
      },
    );
    // Renewals, and with each a question whether the subscriber's connection still lives.
    expect([...new Set(commands.map(({ name }) => name))].sort()).toEqual(['eval', 'ping']);
    for (const times of byMember(commands).values()) expect(perLease(times)).toBeLessThanOrEqual(4);
    print({
      test: 'redis-commands',
      hits: oracle.reads - readsBefore,
      commandsOfHits,
      renewalsPerLease: toRates(commands),
    });
  }, 120_000);

  async function startThree() {
    const redisPath = 'path' in redis ? redis.path : '';
    const rig = await startRig({
      replicas: 3,
      leaseMs,
      random: createSeededRandom(1),
      redisPath,
      proxied: false,
      slowReads: 0,
    });
    onTestFinished(() => rig.close());
    return rig;
  }

  /** Renewals in a lease, at the rate at which these came. */
  function perLease(times: readonly number[]): number {
    const seconds = (times.at(-1) ?? 0) - (times[0] ?? 0);
    return ((times.length - 1) * leaseMs) / (seconds * 1000);
  }

  function toRates(commands: readonly SeenCommand[]): number[] {
    return [...byMember(commands).values()].map(times => Math.round(perLease(times) * 100) / 100);
  }
});

interface SeenCommand {
  /** Seconds since the epoch, by Redis. */
  readonly time: number;
  readonly name: string;
  readonly args: readonly string[];
}

/** Everything that clients send from now on; what scripts do inside Redis is no command of theirs. */
async function watchCommands(port: number): Promise<readonly SeenCommand[]> {
  const seen: SeenCommand[] = [];
  const client = new Redis(port);
  const monitor = await client.monitor();
  client.disconnect();
  onTestFinished(() => monitor.disconnect());
  monitor.on('monitor', (time: string, [name = '', ...args]: string[], source: string) => {
    if (source !== 'lua') seen.push({ time: Number(time), name: name.toLowerCase(), args });
  });
  return seen;
}

/** Times of each member's renewals: EVAL script 1 key candidate member nonce identity position. */
function byMember(commands: readonly SeenCommand[]): Map<string, number[]> {
  const times = new Map<string, number[]>();
  for (const { time, name, args } of commands) {
    if (name !== 'eval') continue;
    const member = args[4] ?? '';
    times.set(member, [...(times.get(member) ?? []), time]);
  }
  return times;
}

function print(result: object): void {
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
