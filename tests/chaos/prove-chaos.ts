/**
 * Proves with real processes that no read returns what was there before an answered reset: gateways, a Redis, faulty networks between them,
 * and faults of every kind for as long as wanted. Prints one line of JSON a result, faults on stderr; exits with 1 when anything stale was
 * read, when a gateway ended by itself, when fewer faults struck than expected, or when the control found nothing.
 *
 *     tsx tests/chaos/prove-chaos.ts [--minutes 20] [--seed N] [--replicas 3]
 */
import { parseArgs } from 'node:util';
import { ensureSystemProgram } from '../support/system-packages.ts';
import { faults } from './faults.ts';
import { measureResetLatency } from './measure-reset-latency.ts';
import { runChaos } from './run-chaos.ts';
import { runControl } from './run-control.ts';

/** A thousand faults in twenty minutes, with some to spare. */
const leastFaultsPerMinute = 50;

const { values } = parseArgs({
  options: { minutes: { type: 'string' }, seed: { type: 'string' }, replicas: { type: 'string' } },
});
const minutes = Number(values.minutes ?? 20);
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const replicas = Number(values.replicas ?? 3);

const redis = await ensureSystemProgram('redis-server');
if ('missing' in redis) process.exit(1);

const control = await runControl({ seed, seconds: 5 });
print(control);
const latency = await measureResetLatency({ redisPath: redis.path, seed, resets: 1000 });
print(latency);
const chaos = await runChaos({
  seconds: minutes * 60,
  redisPath: redis.path,
  seed,
  replicas,
  leaseMs: 1000,
  readPauseMs: 0,
  onFault: line => process.stderr.write(`${line}\n`),
});
print(chaos);

const kinds = Object.keys(chaos.faults).length;
const total = Object.values(chaos.faults).reduce((sum, count) => sum + count, 0);
const shortcomings = [
  ...(control.stale > 0 ? [] : ['the control found nothing stale']),
  ...(latency.stale + chaos.stale === 0 ? [] : ['something stale was read']),
  ...(chaos.upstreamReads < chaos.reads / 2 ? [] : ['most reads went to AppFlow']),
  ...Object.entries(chaos.failedReads).map(([code, count]) => `${count} reads failed with ${code}`),
  ...['ALL_REPLICAS', 'LEASES_EXPIRED']
    .filter(way => !chaos.coherence[way])
    .map(way => `no reset was answered by ${way}`),
  ...(latency.under50msShare >= 0.95 ? [] : [`only ${latency.under50msShare} of the resets took less than 50 ms`]),
  ...(chaos.unexpectedEnds.length === 0 ? [] : [`a gateway ended by itself: ${chaos.unexpectedEnds.join('; ')}`]),
  ...(kinds === Object.keys(faults).length ? [] : [`only ${kinds} kinds of faults struck`]),
  ...(total >= leastFaultsPerMinute * minutes ? [] : [`only ${total} faults struck`]),
];
for (const shortcoming of shortcomings) process.stderr.write(`FAILED: ${shortcoming}\n`);
process.exit(shortcomings.length === 0 ? 0 : 1);

function print(result: object): void {
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
