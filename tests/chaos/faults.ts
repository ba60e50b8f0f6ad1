import { setTimeout as pause } from 'node:timers/promises';
import type { CrashableRedis } from './crashable-redis.ts';
import type { FaultyProxy, NetworkMode } from './faulty-proxy.ts';
import type { GatewayProcess } from './gateway-process.ts';
import { GraphQLConnection } from './graphql-connection.ts';
import { type LoadCounts, resetAt } from './load.ts';
import type { Oracle } from './oracle.ts';
import type { Rig } from './rig.ts';

/** What a fault may break: one replica and its way to Redis, which nothing else breaks meanwhile; or Redis. */
export interface Victim {
  readonly name: string;
  readonly process: GatewayProcess;
  readonly proxy: FaultyProxy;
}

export interface FaultScene {
  readonly rig: Rig;
  readonly redis: CrashableRedis;
  readonly oracle: Oracle;
  readonly counts: LoadCounts;
}

interface ReplicaFault {
  readonly breaks: 'replica';
  /** Breaks the replica, and resolves when it is whole again. */
  readonly strike: (victim: Victim, scene: FaultScene) => Promise<void>;
}

interface RedisFault {
  readonly breaks: 'redis';
  readonly strike: (scene: FaultScene) => Promise<void>;
}

export type Fault = ReplicaFault | RedisFault;

/** Everything that can go wrong, by name. Durations are counted in leases, because that is what they have to outlast or not. */
export const faults = {
  'network-delay': network(({ random }) => ({ kind: 'delay', ms: () => random.between(0, 250) })),
  'network-black-hole': network(() => ({ kind: 'black-hole' })),
  'network-lost-replies': network(() => ({ kind: 'deaf' })),
  'network-reset': { breaks: 'replica', strike: async ({ proxy }) => proxy.resetConnections() },
  'nudges-lost': {
    breaks: 'replica',
    strike: async ({ proxy }, { rig }) => {
      proxy.dropNudges(true);
      await pause(leases(rig, 0.5, 3));
      proxy.dropNudges(false);
    },
  },
  'wall-clock-jump': {
    breaks: 'replica',
    strike: async ({ process }, { rig }) => process.setWallOffset(rig.random.between(-86_400_000, 86_400_000)),
  },
  'replica-frozen': {
    breaks: 'replica',
    strike: async ({ process }, { rig }) => {
      process.freeze();
      await pause(leases(rig, 0.2, 2.5));
      process.thaw();
    },
  },
  'replica-killed': {
    breaks: 'replica',
    strike: async ({ process }, { rig }) => {
      await process.crash();
      await pause(leases(rig, 0, 1.5));
      await process.start();
    },
  },
  'replica-replaced': {
    breaks: 'replica',
    strike: async ({ process }) => {
      await process.leave();
      await process.start();
    },
  },
  'resetting-replica-killed': { breaks: 'replica', strike: killWhileResetting },
  'redis-frozen': {
    breaks: 'redis',
    strike: async ({ redis, rig }) => {
      redis.freeze();
      await pause(leases(rig, 0.1, 2.2));
      redis.thaw();
    },
  },
  'redis-killed': {
    breaks: 'redis',
    strike: async ({ redis, rig }) => {
      await redis.crash();
      await pause(leases(rig, 0, 1.5));
      await redis.restart('empty');
    },
  },
  'redis-restored': {
    breaks: 'redis',
    strike: async ({ redis, rig }) => {
      await redis.takeSnapshot();
      await pause(leases(rig, 0, 1.5));
      await redis.crash();
      await redis.restart('snapshot');
    },
  },
  'redis-flushed': { breaks: 'redis', strike: async ({ redis }) => void (await redis.send('FLUSHALL')) },
  'log-evicted': { breaks: 'redis', strike: evictLog },
} as const satisfies Readonly<Record<string, Fault>>;

export type FaultName = keyof typeof faults;

function network(toMode: (rig: Rig) => NetworkMode): ReplicaFault {
  return {
    breaks: 'replica',
    strike: async ({ proxy }, { rig }) => {
      proxy.setMode(toMode(rig));
      await pause(leases(rig, 0.1, 2.5));
      proxy.setMode({ kind: 'pass' });
    },
  };
}

/** Removes what a Redis short of memory would: whole keys. */
async function evictLog({ redis }: FaultScene): Promise<void> {
  const keys = (await redis.send('KEYS', '*')) as string[];
  if (keys.length > 0) await redis.send('DEL', ...keys);
}

/** The moments of a mutation at which its replica is killed. */
const moments = ['upstream-called', 'appending', 'waiting', 'any'] as const;

async function killWhileResetting(victim: Victim, { rig, oracle, counts }: FaultScene): Promise<void> {
  const connection = new GraphQLConnection();
  let dead: Promise<void> | undefined;
  const kill = () => {
    dead ??= victim.process.crash();
  };
  const moment = rig.random.pick(moments);
  if (moment === 'upstream-called') rig.upstream.onNextReset(kill);
  else if (moment === 'appending') victim.proxy.onNextAppend(kill);
  else if (moment === 'waiting') victim.proxy.onNextAppend(() => setTimeout(kill, rig.random.between(0, 5)));
  else setTimeout(kill, rig.random.between(0, 30));
  await resetAt(victim, connection, { rig, oracle }, counts);
  connection.close();
  // The moment may not have come, such as when Redis is away; then it dies after all.
  kill();
  await dead;
  await pause(leases(rig, 0, 1.5));
  await victim.process.start();
}

function leases({ leaseMs, random }: Rig, from: number, to: number): number {
  return leaseMs * random.between(from, to);
}
