import { GraphQLConnection } from './graphql-connection.ts';
import { createLoadCounts, type LoadCounts, readAllAt, resetAt } from './load.ts';
import { Oracle } from './oracle.ts';
import { type Percentiles, percentiles } from './percentiles.ts';
import { startRig } from './rig.ts';
import { createSeededRandom } from './seeded-random.ts';

export interface ResetLatency {
  readonly bench: 'reset-latency';
  readonly replicas: number;
  readonly resets: number;
  readonly p50: number;
  readonly p95: number;
  /** Share of resets that took less than 50 ms, from 0 to 1. */
  readonly under50msShare: number;
  /** The part of it that the gateway took to be sure of the other replicas, by its own account. */
  readonly coherenceMs: Percentiles;
  readonly stale: number;
}

export interface ResetLatencyOptions {
  readonly redisPath: string;
  readonly seed: number;
  readonly resets: number;
}

const replicas = 3;

/**
 * How long resets take when nothing is wrong, in milliseconds, of replicas that all hold what is reset: everything is read between two
 * resets. Measured at the client, AppFlow's part taken off.
 */
export async function measureResetLatency({ redisPath, seed, resets }: ResetLatencyOptions): Promise<ResetLatency> {
  const random = createSeededRandom(seed);
  const rig = await startRig({ replicas, leaseMs: 1000, random, redisPath, proxied: false, slowReads: 0 });
  try {
    const oracle = new Oracle();
    const counts = createLoadCounts();
    const connections = rig.replicas.map(() => new GraphQLConnection());
    const resetAndRead = async () => {
      const index = Math.floor(random.between(0, replicas));
      await resetAt(at(rig.replicas, index), at(connections, index), { rig, oracle }, counts);
      for (const [other, replica] of rig.replicas.entries())
        await readAllAt(replica, at(connections, other), oracle, counts);
    };
    await warmUp(resetAndRead, counts);
    for (let count = 0; count < resets; count += 1) await resetAndRead();
    for (const connection of connections) connection.close();
    const durations = counts.beyondUpstreamMs.slice(-resets);
    const { p50, p95 } = percentiles(durations);
    const coherenceMs = percentiles(counts.coherenceMs.slice(-resets));
    const under50msShare = durations.filter(ms => ms < 50).length / durations.length;
    return {
      bench: 'reset-latency',
      replicas,
      resets: durations.length,
      p50,
      p95,
      under50msShare,
      coherenceMs,
      stale: oracle.stale,
    };
  } finally {
    await rig.close();
  }
}

/** Until replicas have followed the log for a lease, resets wait for leases that may be older than the log; then code gets warm. */
async function warmUp(reset: () => Promise<void>, { coherence }: LoadCounts): Promise<void> {
  const warmResets = 50;
  for (let tries = 0; (coherence['ALL_REPLICAS'] ?? 0) < warmResets; tries += 1) {
    if (tries > 2 * warmResets)
      throw new Error(`expected resets that all replicas confirm, got ${JSON.stringify(coherence)}`);
    await reset();
  }
}

function at<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new Error(`expected an item ${index}, got ${items.length} of them`);
  return item;
}
