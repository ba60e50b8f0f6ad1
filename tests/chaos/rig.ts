import { CrashableRedis } from './crashable-redis.ts';
import { FaultyProxy } from './faulty-proxy.ts';
import { GatewayProcess } from './gateway-process.ts';
import type { SeededRandom } from './seeded-random.ts';
import { startVersionedAppflow, type VersionedAppflow } from './versioned-appflow.ts';

export interface RigOptions {
  readonly replicas: number;
  readonly leaseMs: number;
  readonly random: SeededRandom;
  /** Path of `redis-server`; without it every replica believes to be the only one. */
  readonly redisPath: string | undefined;
  /** Whether each replica has a faulty proxy on its way to Redis. */
  readonly proxied: boolean;
  /** Share of slow reads of the upstream, from 0 to 1: what is in flight while a reset goes on. */
  readonly slowReads: number;
}

export interface Replica {
  readonly name: string;
  readonly process: GatewayProcess;
  /** Its way to Redis; `undefined` where there is none to break. */
  readonly proxy: FaultyProxy | undefined;
}

/** Real gateways over one AppFlow, each behind a faulty network of its own to one Redis. */
export interface Rig {
  readonly upstream: VersionedAppflow;
  readonly redis: CrashableRedis | undefined;
  readonly replicas: readonly Replica[];
  readonly leaseMs: number;
  readonly random: SeededRandom;
  close(): Promise<void>;
}

/** A day either way: what a wall clock can be off without anybody looking. */
const wallOffsetMs = 86_400_000;

/** Starts everything. What was started is ended again when something does not start. */
export async function startRig(options: RigOptions): Promise<Rig> {
  const { replicas: count, leaseMs, random, redisPath, proxied, slowReads } = options;
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const closePart of closers.splice(0).reverse()) await closePart();
  };
  try {
    const readDelayMs = () => (random.between(0, 1) < slowReads ? random.between(1, 60) : 0);
    const upstream = await startVersionedAppflow({ readDelayMs });
    closers.push(upstream.close);
    const redis = redisPath === undefined ? undefined : await CrashableRedis.start(redisPath);
    if (redis) closers.push(() => redis.stop());
    const replicas: Replica[] = [];
    for (let index = 0; index < count; index += 1) {
      const proxy = redis && proxied ? await FaultyProxy.start(redis.port) : undefined;
      if (proxy) closers.push(() => proxy.close());
      const process = new GatewayProcess({
        upstreamUrl: upstream.url,
        redisUrl: redis && `redis://127.0.0.1:${(proxy ?? redis).port}`,
        leaseMs,
        wallOffsetMs: random.between(-wallOffsetMs, wallOffsetMs),
      });
      closers.push(() => process.crash());
      replicas.push({ name: `replica-${index}`, process, proxy });
    }
    await Promise.all(replicas.map(replica => replica.process.start()));
    return { upstream, redis, replicas, leaseMs, random, close };
  } catch (error) {
    await close();
    throw error;
  }
}
