import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Emphasis } from './emphases.ts';
import type { SimulationOutcome } from './simulate.ts';

export interface RunSeedsOptions {
  /** What `bundleSimulation` made. */
  readonly path: string;
  /** Seeds count up from here. */
  readonly firstSeed: number;
  /** Ends when so many reads have been judged, or at the first failure. */
  readonly reads: number;
  readonly emphasis?: Emphasis;
  /** Whether only a stale read is a reason to end early. */
  readonly toleratesComplaints?: boolean;
  /** Called after every run. */
  readonly onProgress?: (tally: SimulationTally) => void;
}

/** What came of many runs. */
export interface SimulationTally {
  seeds: number;
  reads: number;
  fetches: number;
  resets: number;
  confirmed: number;
  readonly outcomes: Record<string, number>;
  readonly faults: Record<string, number>;
  stale: number;
  /** Runs in which something was wrong. */
  readonly failed: SimulationOutcome[];
  seconds: number;
}

/** Simulates seed after seed on every core there is, until enough has been read or something was wrong. */
export async function runSeeds(options: RunSeedsOptions): Promise<SimulationTally> {
  const startedAt = performance.now();
  const tally = createTally();
  let nextSeed = options.firstSeed;
  const failures = () => (options.toleratesComplaints ? tally.stale : tally.failed.length);
  const isOver = () => tally.reads >= options.reads || failures() > 0;
  const work = async (): Promise<void> => {
    const worker = new Worker(options.path, { workerData: { emphasis: options.emphasis }, execArgv: [] });
    try {
      while (!isOver()) {
        add(tally, await runSeed(worker, nextSeed++));
        tally.seconds = (performance.now() - startedAt) / 1000;
        options.onProgress?.(tally);
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return tally;
}

function runSeed(worker: Worker, seed: number): Promise<SimulationOutcome> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => reject(new Error(`seed ${seed} ended the simulation`, { cause: error }));
    worker.once('error', fail);
    worker.once('message', outcome => {
      worker.off('error', fail);
      resolve(outcome);
    });
    worker.postMessage(seed);
  });
}

function createTally(): SimulationTally {
  const sums = { seeds: 0, reads: 0, fetches: 0, resets: 0, confirmed: 0, stale: 0, seconds: 0 };
  return { ...sums, outcomes: {}, faults: {}, failed: [] };
}

function add(tally: SimulationTally, outcome: SimulationOutcome): void {
  tally.seeds += 1;
  for (const sum of ['reads', 'fetches', 'resets', 'confirmed'] as const) tally[sum] += outcome[sum];
  addCounts(tally.outcomes, outcome.outcomes);
  addCounts(tally.faults, outcome.faults);
  tally.stale += outcome.stale.length;
  if (outcome.stale.length > 0 || outcome.complaints.length > 0) tally.failed.push(outcome);
}

function addCounts(to: Record<string, number>, counts: Readonly<Record<string, number>>): void {
  for (const [kind, count] of Object.entries(counts)) to[kind] = (to[kind] ?? 0) + count;
}
