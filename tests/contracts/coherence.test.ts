import { CachedSource } from '../../src/cache/cached-source.ts';
import { CoherentCache } from '../../src/cache/coherent-cache.ts';
import { processCoherence } from '../../src/cache/process-coherence.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { describeCoherence } from './coherence.ts';

describeCoherence('one process', async source => {
  const clock = new FakeClock();
  const cache = new CoherentCache({ clock, maxBytes: 10_000_000 });
  const times = { ttlMs: 3_600_000, directoryTtlMs: 60_000 };
  const replica = new CachedSource({ source, cache, coherence: processCoherence, clock, ...times });
  return { sources: [replica], close: async () => undefined };
});
