import { type FaultCounts, FaultStorm } from './fault-storm.ts';
import type { FaultScene } from './faults.ts';
import { type Load, startLoad } from './load.ts';
import { Oracle, type StaleRead } from './oracle.ts';
import { type Percentiles, percentiles } from './percentiles.ts';
import { type Rig, startRig } from './rig.ts';
import { createSeededRandom } from './seeded-random.ts';

export interface ChaosOptions {
  readonly seconds: number;
  readonly redisPath: string;
  readonly seed: number;
  readonly replicas: number;
  readonly leaseMs: number;
  /** Between two requests of a reader, in milliseconds; 0 takes all the machine has. */
  readonly readPauseMs: number;
  /** Told of every fault as it strikes. */
  readonly onFault: (line: string) => void;
}

/** What a run showed. The first eight members are the figures, the rest says what they were made of. */
export interface ChaosResult {
  readonly proof: 'chaos';
  readonly seconds: number;
  readonly reads: number;
  readonly resetsConfirmed: number;
  readonly resetsRefused: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly stale: number;
  readonly resetMs: Percentiles;
  readonly replicas: number;
  readonly leaseMs: number;
  readonly seed: number;
  readonly resetsLost: number;
  readonly refusals: Readonly<Record<string, number>>;
  readonly coherence: Readonly<Record<string, number>>;
  readonly failedReads: Readonly<Record<string, number>>;
  readonly upstreamReads: number;
  /** What gateways said that ended by themselves. */
  readonly unexpectedEnds: readonly string[];
  readonly staleExamples: readonly StaleRead[];
}

/** Runs gateways, clients and faults for a time, and judges every read. */
export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const { seconds, seed, redisPath, replicas, leaseMs, readPauseMs, onFault } = options;
  const random = createSeededRandom(seed);
  const rig = await startRig({ replicas, leaseMs, random, redisPath, proxied: true, slowReads: 0.03 });
  try {
    const oracle = new Oracle();
    const load = startLoad({ rig, oracle, readersPerReplica: 2, readPauseMs, resetters: 32, resetPauseMs: 300 });
    const struck = await new FaultStorm(toScene(rig, oracle, load), onFault).rage(seconds * 1000);
    await load.stop();
    return toResult(options, { rig, oracle, load, struck });
  } finally {
    await rig.close();
  }
}

function toScene(rig: Rig, oracle: Oracle, { counts }: Load): FaultScene {
  if (!rig.redis) throw new Error('expected a rig with Redis, got one without');
  return { rig, redis: rig.redis, oracle, counts };
}

interface Outcome {
  readonly rig: Rig;
  readonly oracle: Oracle;
  readonly load: Load;
  readonly struck: FaultCounts;
}

function toResult({ seconds, replicas, leaseMs, seed }: ChaosOptions, outcome: Outcome): ChaosResult {
  const { rig, oracle, load, struck } = outcome;
  const { resetMs, resetsConfirmed, resetsRefused, resetsLost, refusals, coherence, failedReads } = load.counts;
  return {
    proof: 'chaos',
    seconds,
    reads: oracle.reads,
    resetsConfirmed,
    resetsRefused,
    faults: struck,
    stale: oracle.stale,
    resetMs: percentiles(resetMs),
    replicas,
    leaseMs,
    seed,
    resetsLost,
    refusals,
    coherence,
    failedReads,
    upstreamReads: rig.upstream.reads(),
    unexpectedEnds: rig.replicas.flatMap(({ process }) => process.unexpectedEnds),
    staleExamples: oracle.examples,
  };
}
