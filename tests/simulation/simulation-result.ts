import type { SimulationTally } from './run-seeds.ts';

/** What a proof by simulation says, as one line of JSON. */
export interface SimulationResult {
  readonly proof: 'simulation';
  readonly reads: number;
  readonly fetches: number;
  readonly resets: number;
  /** Resets that were answered: each is a promise to every later read. */
  readonly confirmed: number;
  /** Reads that broke one. */
  readonly stale: number;
  readonly seeds: number;
  readonly firstSeed: number;
  /** Seeds in which a read was stale or something else was wrong; run them again with `--seed`. */
  readonly failedSeeds: readonly number[];
  readonly seconds: number;
  /** How resets ended, by what they were answered. */
  readonly outcomes: Readonly<Record<string, number>>;
  readonly faults: Readonly<Record<string, number>>;
}

/** Says in short what came of many runs. */
export function toSimulationResult(tally: SimulationTally, firstSeed: number): SimulationResult {
  const { reads, fetches, resets, confirmed, stale, seeds, outcomes, faults } = tally;
  const failedSeeds = tally.failed.map(({ seed }) => seed);
  const seconds = Math.round(tally.seconds * 10) / 10;
  const counts = { reads, fetches, resets, confirmed, stale, seeds, firstSeed, failedSeeds, seconds };
  return { proof: 'simulation', ...counts, outcomes, faults };
}

/** Says what was wrong in the first run in which anything was; `undefined` when all was well. */
export function describeFailure({ failed: [first] }: SimulationTally): string | undefined {
  if (!first) return undefined;
  const details = [...first.stale.map(read => JSON.stringify(read)), ...first.complaints];
  const again = `npx tsx tests/simulation/prove-simulation.ts --seed ${first.seed}`;
  return [`seed ${first.seed} (its log: ${again}):`, ...details].join('\n  ');
}
