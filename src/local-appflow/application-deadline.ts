import type { Clock } from '../base/clock.ts';
import { createDeferred } from '../base/deferred.ts';
import { SourceApplicationError } from './connectors/source-application.ts';

/**
 * AppFlow gives a custom connector ten seconds to list or describe (AWS's connector SDK); here every application gets them, unless
 * it states a patience of its own.
 */
const defaultPatienceMs = 10_000;

/** Settles as the application does, or with a `SourceApplicationError` when it keeps AppFlow waiting for too long. */
export async function withinDeadline<T>(
  clock: Clock,
  ask: () => Promise<T>,
  patienceMs = defaultPatienceMs,
): Promise<T> {
  const { promise: late, reject } = createDeferred<never>();
  const stopTimer = clock.setTimer(patienceMs, () =>
    reject(new SourceApplicationError(`The connector did not answer within ${patienceMs / 1000} seconds.`)),
  );
  try {
    return await Promise.race([ask(), late]);
  } finally {
    stopTimer();
  }
}
