/**
 * Proves that nothing anyone sends makes local AppFlow crash, hang, answer anything but JSON or give an InternalServerException: random and
 * mutated requests over raw connections, pipelined, cut and reset. Prints one line of JSON; exits with 1 when anything was wrong.
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
const server = await startWorld('sound');
const result = await runFuzz({ url: server.url, seed: Number(values.seed), requests: Number(values.requests) });
await server.close();
process.stdout.write(`${JSON.stringify(result)}\n`);
process.exitCode = result.faults.length === 0 ? 0 : 1;
