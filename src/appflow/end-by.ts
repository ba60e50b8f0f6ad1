import type { Clock } from '../base/clock.ts';
import { createDeferred } from '../base/deferred.ts';
import { onAbort } from '../base/on-abort.ts';

export interface EndByOptions {
  readonly clock: Clock;
  readonly timeoutMs: number;
  /** What the work fails with when its time is over. */
  readonly toTimeout: () => Error;
  /** Ends the work, too. */
  readonly signal: AbortSignal | undefined;
  /** What the work fails with then. */
  readonly toGivenUp: () => Error;
}

/** What some work is handed to hear of its end, and to put it off. */
export interface Ending {
  readonly signal: AbortSignal;
  /** From now on time does not matter any more. */
  readonly stopTimer: () => void;
}

/**
 * Races work with its deadline and with whoever wants it no more. The work's signal is aborted as well, which alone would not end everything that
 * an SDK may be busy with.
 */
export async function endBy<R>(options: EndByOptions, work: (ending: Ending) => Promise<R>): Promise<R> {
  const { clock, timeoutMs, toTimeout, signal, toGivenUp } = options;
  if (signal?.aborted) throw toGivenUp();
  const abort = new AbortController();
  const ended = createDeferred<never>();
  const end = (toError: () => Error) => {
    ended.reject(toError());
    abort.abort();
  };
  const stopTimer = clock.setTimer(timeoutMs, () => end(toTimeout));
  const ignore = signal && onAbort(signal, () => end(toGivenUp));
  try {
    return await Promise.race([work({ signal: abort.signal, stopTimer }), ended.promise]);
  } finally {
    stopTimer();
    ignore?.();
  }
}
