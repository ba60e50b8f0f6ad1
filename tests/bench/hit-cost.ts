/**
 * What serving from memory costs, beside a plain Map of promises: `npm run bench:hit`. Prints one line of JSON; rounds alternate, and
 * ratios compare medians of one run.
 */
import { systemClock } from '../../src/base/clock.ts';
import { CachedSource } from '../../src/cache/cached-source.ts';
import { CoherentCache } from '../../src/cache/coherent-cache.ts';
import { LeaseCoherence } from '../../src/cache/lease-coherence.ts';
import { keyOf, type RefOf } from '../../src/metadata/refs.ts';
import { anEntity } from '../support/builders.ts';
import { FakeSource } from '../support/fake-source.ts';
import { createInstantLog } from '../support/instant-log.ts';

const rounds = Number(process.argv[2] ?? 31);
const hitsPerRound = 200_000;
const entities = Array.from({ length: 1000 }, (_, n) => `Entity${n}`);
const refs = entities.map(
  (connectorEntityName): RefOf<'entity'> => ({ kind: 'entity', connectorProfileName: 'crm', connectorEntityName }),
);
const keys = refs.map(keyOf);

const upstream = new FakeSource();
upstream.entities.set(
  'crm',
  entities.map(name => anEntity(name)),
);
const clock = systemClock;
const cache = new CoherentCache({ clock, maxBytes: 1e9 });
const coherence = new LeaseCoherence({ log: createInstantLog(), cache, clock, member: 'bench', leaseMs: 1000 });
coherence.start();
const source = new CachedSource({ source: upstream, cache, coherence, clock, ttlMs: 3.6e6, directoryTtlMs: 6e4 });
const plain = new Map<string, Promise<unknown>>();
for (const [n, ref] of refs.entries()) {
  const promise = source.describeEntity(ref);
  plain.set(keys[n] ?? '', promise);
  await promise;
}

/** Each does the same hits; what it returns keeps the work from being optimised away. */
const contestants = {
  map: () => countHits(n => plain.get(keys[n] ?? '')),
  cacheWithLease: () => countHits(n => (coherence.admit() === 'SERVE' ? cache.peek(keys[n] ?? '') : undefined)),
  mapWithKey: () => countHits(n => plain.get(keyOf(refs[n] as RefOf<'entity'>))),
  cachedSource: () => countHits(n => source.describeEntity(refs[n] as RefOf<'entity'>)),
};
type Contestant = keyof typeof contestants;

const times: Record<Contestant, number[]> = { map: [], cacheWithLease: [], mapWithKey: [], cachedSource: [] };
for (let round = 0; round < rounds; round += 1) {
  for (const name of Object.keys(contestants) as Contestant[]) {
    times[name].push(await timed(contestants[name]));
    // The lease is renewed by a timer, which wants a turn.
    await new Promise(resolve => setImmediate(resolve));
  }
}
const nanoseconds = (name: Contestant) => Math.round(((median(times[name]) * 1e6) / hitsPerRound) * 10) / 10;
const result = {
  bench: 'hit-cost',
  mapNs: nanoseconds('map'),
  cacheWithLeaseNs: nanoseconds('cacheWithLease'),
  ratio: Math.round((nanoseconds('cacheWithLease') / nanoseconds('map')) * 100) / 100,
  mapWithKeyNs: nanoseconds('mapWithKey'),
  cachedSourceNs: nanoseconds('cachedSource'),
  ratioWithKey: Math.round((nanoseconds('cachedSource') / nanoseconds('mapWithKey')) * 100) / 100,
  rounds,
};
process.stdout.write(`${JSON.stringify(result)}\n`);
await coherence.close();

function countHits(read: (n: number) => unknown): void {
  let misses = 0;
  for (let hit = 0; hit < hitsPerRound; hit += 1) if (read((hit * 7919) % refs.length) === undefined) misses += 1;
  if (misses > 0) throw new Error(`expected hits only, got ${misses} misses`);
}

async function timed(work: () => void): Promise<number> {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
