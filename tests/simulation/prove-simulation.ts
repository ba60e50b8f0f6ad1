/**
 * Simulates until so many reads have been judged, and prints one line of JSON; exits with 1 when anything was wrong. A failed run is printed with
 * its seed, which repeats it.
 *
 *     tsx tests/simulation/prove-simulation.ts [--reads 100000000] [--seed N]
 */
import { parseArgs } from 'node:util';
import { bundleSimulation } from './bundle-simulation.ts';
import { runSeeds } from './run-seeds.ts';

const { values } = parseArgs({ options: { reads: { type: 'string' }, seed: { type: 'string' } } });
const reads = Number(values.reads ?? 100_000_000);
const firstSeed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));

const bundle = await bundleSimulation();
const { failed, ...tally } = await runSeeds({ path: bundle.path, firstSeed, reads });
await bundle.remove();
process.stdout.write(`${JSON.stringify({ proof: 'simulation', firstSeed, ...tally })}\n`);
for (const outcome of failed) process.stderr.write(`${JSON.stringify(outcome)}\n`);
process.exit(failed.length === 0 ? 0 : 1);
