import { bundleSimulation } from './bundle-simulation.ts';
import type { Emphasis } from './emphases.ts';
import { type Mutant, mutants } from './mutants.ts';
import { runSeeds, type SimulationTally } from './run-seeds.ts';

/** Always the same seeds: what is caught today is caught tomorrow, unless something has changed. */
const firstSeed = 1;

/** Whether one mutant was caught. */
export interface MutantCheck {
  readonly mutant: string;
  readonly budget: number;
  /** After how many reads, and by which seed; `null` when it got away. */
  readonly caught: { readonly reads: number; readonly seed: number } | null;
}

/** Runs a mutant until a read is stale or its budget is spent. */
export async function checkMutant(mutant: Mutant): Promise<MutantCheck> {
  const { name, emphasis, budget } = mutant;
  const { reads, failed } = await run(emphasis, budget, mutant);
  const seed = failed.find(({ stale }) => stale.length > 0)?.seed;
  return { mutant: name, budget, caught: seed === undefined ? null : { reads, seed } };
}

/** What the unchanged code has to stand: every kind of run, for as many reads as any mutant has. */
export const controls: readonly { readonly emphasis: Emphasis; readonly budget: number }[] = [
  ...new Set(mutants.map(({ emphasis }) => emphasis)),
].map(emphasis => {
  const budgets = mutants.filter(mutant => mutant.emphasis === emphasis).map(({ budget }) => budget);
  return { emphasis, budget: Math.max(...budgets) };
});

/** Runs the unchanged code as a mutant is run. */
export function runControl(emphasis: Emphasis, budget: number): Promise<SimulationTally> {
  return run(emphasis, budget);
}

async function run(emphasis: Emphasis, reads: number, mutant?: Mutant): Promise<SimulationTally> {
  const { path, remove } = await bundleSimulation(mutant);
  return runSeeds({ path, firstSeed, reads, emphasis, toleratesComplaints: mutant !== undefined }).finally(remove);
}
