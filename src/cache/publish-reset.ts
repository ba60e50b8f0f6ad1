import { resetChannel } from '../base/channels.ts';
import type { Clock } from '../base/clock.ts';
import { isMetadataError } from '../metadata/errors.ts';
import { type ResetRequest, scopeOf } from '../metadata/refs.ts';
import type { ResetReceipt } from '../metadata/source.ts';

/** Carries out a reset and tells the reset channel how it went; a failure is told and passed on. */
export async function publishReset(
  clock: Clock,
  request: ResetRequest,
  reset: () => Promise<ResetReceipt>,
): Promise<ResetReceipt> {
  const startedAt = clock.monotonicNow();
  const publish = (outcome: string, clearedEntries: number) =>
    resetChannel.publish(() => ({
      scope: scopeOf(request),
      coordinates: { ...request },
      outcome,
      clearedEntries,
      durationMs: clock.monotonicNow() - startedAt,
    }));
  try {
    const receipt = await reset();
    publish('OK', receipt.clearedEntries);
    return receipt;
  } catch (error) {
    publish(isMetadataError(error) ? error.code : 'INTERNAL_SERVER_ERROR', 0);
    throw error;
  }
}
