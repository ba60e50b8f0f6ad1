import { expect, it, onTestFinished } from 'vitest';
import { bundleSimulation } from './bundle-simulation.ts';
import { runSeeds } from './run-seeds.ts';

const reads = 1_000_000;

it('serves nothing from before an answered reset, in a million simulated reads', async () => {
  const bundle = await bundleSimulation();
  onTestFinished(() => bundle.remove());
  const firstSeed = Math.floor(Math.random() * 2 ** 31);
  const { failed, ...tally } = await runSeeds({ path: bundle.path, firstSeed, reads });
  process.stdout.write(`${JSON.stringify({ proof: 'simulation', firstSeed, ...tally })}\n`);
  expect(failed).toEqual([]);
  expect(tally.stale).toBe(0);
  expect(tally.reads).toBeGreaterThanOrEqual(reads);
  // Enough happened for that to mean something: memory was served, resets were confirmed, faults struck.
  expect(tally.fetches).toBeLessThan(tally.reads / 2);
  expect(tally.confirmed).toBeGreaterThan(1000);
  expect(Object.keys(tally.faults).length).toBeGreaterThanOrEqual(8);
}, 180_000);
