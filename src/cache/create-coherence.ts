import { randomUUID } from 'node:crypto';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { coalescingCoherence } from './coalescing-coherence.ts';
import type { Coherence } from './coherence.ts';
import { LeaseCoherence } from './lease-coherence.ts';
import type { Forgetful } from './log-follower.ts';
import { processCoherence } from './process-coherence.ts';

export interface CoherenceOptions {
  /** Several replicas without Redis: keep nothing. Means nothing beside a Redis. */
  readonly keepNothing: boolean;
  /** Redis, when there are several replicas. */
  readonly redisUrl: string | undefined;
  readonly namespace: string;
  readonly leaseMs: number;
  readonly cache: Forgetful;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Creates the coherence that fits the deployment, not started yet. A Redis that cannot be reached does not keep a replica from starting: it reads from AppFlow until it
 * can. The client is loaded only when it is needed.
 */
export async function createCoherence(options: CoherenceOptions): Promise<Coherence> {
  const { redisUrl: url, keepNothing, namespace, leaseMs, cache, clock, log } = options;
  if (url === undefined) return keepNothing ? coalescingCoherence : processCoherence;
  const { RedisResetLog } = await import('./redis-reset-log.ts');
  const resetLog = new RedisResetLog({ url, namespace });
  await resetLog.connect().catch(error => {
    log.error({ reason: error.message }, 'resets cannot be shared yet: every read goes to AppFlow until they can');
  });
  return new LeaseCoherence({ log: resetLog, cache, clock, member: randomUUID(), leaseMs });
}
