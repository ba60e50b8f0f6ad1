import { setTimeout as pause } from 'node:timers/promises';
import { startLoad } from './load.ts';
import { Oracle } from './oracle.ts';
import { startRig } from './rig.ts';
import { createSeededRandom } from './seeded-random.ts';

/** What the same clients and the same oracle say of gateways that do not share their resets. */
export interface ControlResult {
  readonly control: 'no-coherence';
  readonly reads: number;
  readonly resetsConfirmed: number;
  readonly stale: number;
}

/**
 * Shows that the oracle can fail: replicas that each believe to be the only one serve what another one has reset. A run whose control
 * finds nothing shows nothing either.
 */
export async function runControl({ seed, seconds }: { seed: number; seconds: number }): Promise<ControlResult> {
  const random = createSeededRandom(seed);
  const rig = await startRig({
    replicas: 3,
    leaseMs: 1000,
    random,
    redisPath: undefined,
    proxied: false,
    slowReads: 0.03,
  });
  try {
    const oracle = new Oracle();
    const load = startLoad({ rig, oracle, readersPerReplica: 1, readPauseMs: 5, resetters: 4, resetPauseMs: 300 });
    await pause(seconds * 1000);
    await load.stop();
    const { resetsConfirmed } = load.counts;
    return { control: 'no-coherence', reads: oracle.reads, resetsConfirmed, stale: oracle.stale };
  } finally {
    await rig.close();
  }
}
