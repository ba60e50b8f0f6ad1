/**
 * Proves by simulation that no read returns what was there before an answered reset, and that the simulation would show it: every mutant has to
 * be caught. Prints one line of JSON a result, progress on stderr; exits with 1 when a read was stale, something else was wrong, or
 * a mutant got away.
 *
 *     tsx tests/simulation/prove-simulation.ts [--reads 100000000] [--first-seed 1000000]
 *     tsx tests/simulation/prove-simulation.ts --seed N [--emphasis lostRequests]    prints the log of one run
 */
import { parseArgs } from 'node:util';
import { bundleSimulation } from './bundle-simulation.ts';
import { checkMutant } from './check-mutants.ts';
import { type Emphasis, emphasisNames } from './emphases.ts';
import { mutants } from './mutants.ts';
import { runSeeds, type SimulationTally } from './run-seeds.ts';
import { simulate } from './simulate.ts';
import { describeFailure, toSimulationResult } from './simulation-result.ts';

/** How often progress is told. */
const tellEverySeconds = 30;

const { values } = parseArgs({
  options: {
    reads: { type: 'string', default: '100000000' },
    'first-seed': { type: 'string', default: String(Math.floor(Math.random() * 2 ** 40)) },
    seed: { type: 'string' },
    emphasis: { type: 'string', default: 'mixed' },
  },
});
const isRight = values.seed === undefined ? await prove() : await printRun(Number(values.seed));
process.exitCode = isRight ? 0 : 1;

async function prove(): Promise<boolean> {
  const caught = await proveMutants();
  return (await proveReads(Number(values.reads), Number(values['first-seed']))) && caught;
}

async function proveMutants(): Promise<boolean> {
  let areCaught = true;
  for (const mutant of mutants) {
    const check = await checkMutant(mutant);
    print({ proof: 'mutant', ...check });
    areCaught &&= check.caught !== null;
  }
  return areCaught;
}

async function proveReads(reads: number, firstSeed: number): Promise<boolean> {
  const { path, remove } = await bundleSimulation();
  let toldAt = 0;
  const onProgress = (tally: SimulationTally) => {
    if (tally.seconds - toldAt < tellEverySeconds) return;
    toldAt = tally.seconds;
    process.stderr.write(`${tally.reads} reads, ${tally.seeds} seeds, ${tally.stale} stale\n`);
  };
  const tally = await runSeeds({ path, firstSeed, reads, onProgress }).finally(remove);
  print(toSimulationResult(tally, firstSeed));
  const failure = describeFailure(tally);
  if (failure) process.stderr.write(`FAILED: ${failure}\n`);
  return failure === undefined && tally.confirmed > 0;
}

async function printRun(seed: number): Promise<boolean> {
  const emphasis = toEmphasis(values.emphasis);
  const { stale, complaints } = await simulate({ seed, emphasis, print: line => process.stdout.write(`${line}\n`) });
  for (const complaint of complaints) process.stdout.write(`WRONG: ${complaint}\n`);
  return stale.length === 0 && complaints.length === 0;
}

function toEmphasis(name: string): Emphasis {
  const emphasis = [...emphasisNames, 'mixed' as const].find(known => known === name);
  if (emphasis) return emphasis;
  throw new Error(`--emphasis must be one of ${['mixed', ...emphasisNames].join(', ')}, got "${name}"`);
}

function print(result: object): void {
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
