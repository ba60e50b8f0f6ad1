import { resetChannel } from '../base/channels.ts';
import type { Clock } from '../base/clock.ts';
import { requestScope } from '../base/request-scope.ts';
import { isMetadataError } from '../metadata/errors.ts';
import { type ResetRequest, scopeOf } from '../metadata/refs.ts';
import type { ResetReceipt } from '../metadata/source.ts';

/** What a reset has done so far, known even when it fails in the end. */
export interface ResetTally {
  clearedEntries: number;
}

/** Carries out a reset and tells the reset channel how it went; a failure is told and passed on. */
export async function publishReset(
  clock: Clock,
  request: ResetRequest,
  reset: (tally: ResetTally) => Promise<ResetReceipt>,
): Promise<ResetReceipt> {
  const startedAt = clock.monotonicNow();
  const asked = requestScope.getStore();
  const tally: ResetTally = { clearedEntries: 0 };
  const publish = (outcome: string) =>
    resetChannel.publish(() => ({
      request: asked,
      scope: scopeOf(request),
      coordinates: { ...request },
      outcome,
      clearedEntries: tally.clearedEntries,
      durationMs: clock.monotonicNow() - startedAt,
    }));
  try {
    const receipt = await reset(tally);
    publish('OK');
    return receipt;
  } catch (error) {
    publish(isMetadataError(error) ? error.code : 'INTERNAL_SERVER_ERROR');
    throw error;
  }
}
