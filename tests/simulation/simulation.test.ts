import { expect, it } from 'vitest';
import { bundleSimulation } from './bundle-simulation.ts';
import { runSeeds } from './run-seeds.ts';
import { simulate } from './simulate.ts';
import { describeFailure, toSimulationResult } from './simulation-result.ts';

/** Every night the same, so that a failure is the change's and not the night's; `npm run prove` goes on from here. */
const firstSeed = 1;

it('a run is the same every time', async () => {
  const outcome = await simulate({ seed: 7 });
  const lines: string[] = [];
  const again = await simulate({ seed: 7, print: line => lines.push(line) });
  expect(again).toEqual(outcome);
  expect(lines.length).toBeGreaterThan(1_000);
  expect(await simulate({ seed: 8 })).not.toEqual(outcome);
});

it('no read returns what a reset has forbidden, in two million under faults of every kind', {
  timeout: 300_000,
}, async () => {
  const bundle = await bundleSimulation();
  const tally = await runSeeds({ path: bundle.path, firstSeed, reads: 2_000_000 }).finally(bundle.remove);
  const result = toSimulationResult(tally, firstSeed);
  process.stdout.write(`${JSON.stringify(result)}\n`);
  expect(describeFailure(tally)).toBeUndefined();
  expect(result.stale).toBe(0);
  expect(result.confirmed).toBeGreaterThan(1_000);
  // Proof that memory was served at all, and that both ways of keeping a promise were used.
  expect(result.fetches).toBeLessThan(result.reads / 2);
  expect(result.outcomes).toMatchObject({ ALL_REPLICAS: expect.any(Number), LEASES_EXPIRED: expect.any(Number) });
  expect(Object.keys(result.faults)).toEqual(expect.arrayContaining([...everyFault]));
});

const everyFault = [
  'request lost',
  'request slow',
  'reply lost',
  'reply slow',
  'nudge lost',
  'nudge slow',
  'nudge duplicated',
  'partition',
  'redis stalled',
  'redis flushed',
  'redis crashed, data kept',
  'redis crashed, data lost',
  'redis crashed, data older',
  'redis failed over to a lagging copy',
  'redis failed back',
  'replica crashed',
  'replica restarted',
  'replica stopped',
  'replica frozen',
  'wall clock set',
  'fetch slow',
  'fetch failed',
  'subject missing',
  'reset refused',
  'reset unanswered',
] as const;
