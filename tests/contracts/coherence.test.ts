import { randomUUID } from 'node:crypto';
import { systemClock } from '../../src/base/clock.ts';
import { CachedSource } from '../../src/cache/cached-source.ts';
import { coalescingCoherence } from '../../src/cache/coalescing-coherence.ts';
import type { Coherence } from '../../src/cache/coherence.ts';
import { CoherentCache } from '../../src/cache/coherent-cache.ts';
import { LeaseCoherence } from '../../src/cache/lease-coherence.ts';
import { processCoherence } from '../../src/cache/process-coherence.ts';
import { RedisResetLog } from '../../src/cache/redis-reset-log.ts';
import type { MetadataSource } from '../../src/metadata/source.ts';
import { startRedis } from '../support/redis-server.ts';
import { ensureSystemProgram } from '../support/system-packages.ts';
import { describeCoherence } from './coherence.ts';

const redis = await ensureSystemProgram('redis-server');

describeCoherence('one process', async upstream => {
  const replica = createReplica(upstream, () => processCoherence);
  return { sources: [replica.source], close: async () => undefined };
});

describeCoherence('replicas that keep nothing', async upstream => {
  const replicas = [1, 2, 3].map(() => createReplica(upstream, () => coalescingCoherence));
  return { sources: replicas.map(({ source }) => source), close: async () => undefined, keepsValues: false };
});

if ('path' in redis) {
  describeCoherence('three replicas on Redis', async upstream => {
    const server = await startRedis({ path: redis.path });
    const replicas = await Promise.all([1, 2, 3].map(() => createRedisReplica(upstream, server.url)));
    return {
      sources: replicas.map(({ source }) => source),
      close: async () => {
        for (const { coherence } of replicas) await coherence.close();
        await server.stop();
      },
    };
  });
}

function createReplica(source: MetadataSource, createCoherence: (cache: CoherentCache) => Coherence) {
  const clock = systemClock;
  const cache = new CoherentCache({ clock, maxBytes: 10_000_000 });
  const coherence = createCoherence(cache);
  const times = { ttlMs: 3_600_000, directoryTtlMs: 60_000 };
  return { coherence, source: new CachedSource({ source, cache, coherence, clock, ...times }) };
}

async function createRedisReplica(upstream: MetadataSource, url: string) {
  const log = new RedisResetLog({ url, namespace: 'test' });
  await log.connect();
  return createReplica(upstream, cache => {
    const coherence = new LeaseCoherence({ log, cache, clock: systemClock, member: randomUUID(), leaseMs: 1000 });
    coherence.start();
    return coherence;
  });
}
