/**
 * Proves that nothing anyone sends makes local AppFlow crash, hang, answer anything but JSON or give an InternalServerException: random and
 * mutated requests over raw connections, pipelined, cut and reset; then as many again where faults are enabled. Prints a line of JSON
 * for each; exits with 1 when anything was wrong.
 *
 *     tsx tests/local-appflow/fuzz/prove-wire.ts [--requests 100000] [--seed N]
 */
import { parseArgs } from 'node:util';
import { startWorld } from '../conformance/world.ts';
import { runFuzz } from './run-fuzz.ts';

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
  },
});

process.stderr.write(`seed ${values.seed}\n`);
for (const world of ['sound', 'faulty'] as const) {
  const server = await startWorld(world);
  const [seed, requests, hasFaultControl] = [Number(values.seed), Number(values.requests), world === 'faulty'];
  const result = await runFuzz({ url: server.url, seed, requests, hasFaultControl });
  await server.close();
  process.stdout.write(`${JSON.stringify(result)}\n`);
  if (result.faults.length > 0) process.exitCode = 1;
}
