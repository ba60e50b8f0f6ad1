import type { AppflowCalls, Send } from '../appflow/appflow-calls.ts';
import { type Clock, pause } from '../base/clock.ts';
import { createDeferred } from '../base/deferred.ts';
import { isMetadataError, type MetadataError, type MetadataErrorCode } from '../metadata/errors.ts';
import { RecordingInterrupted } from './recording-interrupted.ts';

/** Tries of one call, each of them three requests of the SDK's. Throttling ends by itself; what else goes wrong may not. */
const tries: Partial<Record<MetadataErrorCode, number>> = {
  UPSTREAM_THROTTLED: 10,
  UPSTREAM_UNAVAILABLE: 4,
  UPSTREAM_TIMEOUT: 4,
  CONNECTOR_FAILED: 3,
};
const firstPauseMs = 1_000;
const longestPauseMs = 60_000;

export interface PatientCallsOptions {
  readonly calls: Pick<AppflowCalls, 'call'>;
  /** Its timers have to keep the process alive. */
  readonly clock: Clock;
  /** Ends every call and every pause. */
  readonly signal: AbortSignal;
  /** Told before each pause, for the person who waits as well. */
  readonly onPause: (error: MetadataError, pauseMs: number) => void;
}

interface Response {
  readonly $metadata: { readonly attempts?: number | undefined; readonly requestId?: string | undefined };
}

/**
 * Calls of a program that has all night: where the gateway gives up for its reader's sake, they pause and try again, after a second
 * at first and twice as long each time. When AppFlow throttles one of them, all of them pause.
 */
export class PatientCalls {
  readonly #options: PatientCallsOptions;
  readonly #interrupted = createDeferred<never>();
  /** On the clock's monotonic time. */
  #nobodyBefore = 0;

  constructor(options: PatientCallsOptions) {
    this.#options = options;
    const interrupt = () => this.#interrupted.reject(new RecordingInterrupted());
    // Those who wait get it; when nobody does, it is no unhandled rejection.
    this.#interrupted.promise.catch(() => undefined);
    if (options.signal.aborted) interrupt();
    else options.signal.addEventListener('abort', interrupt, { once: true });
  }

  /**
   * Calls one operation until it is answered. Rejects with a `MetadataError` when it fails for good, with `RecordingInterrupted`
   * when the signal says so.
   */
  async call<R extends Response>(operation: string, send: Send<R>): Promise<R> {
    for (let attempt = 1; ; attempt++) {
      await this.#pauseUntil(this.#nobodyBefore);
      try {
        return await this.#unlessInterrupted(this.#options.calls.call(operation, send));
      } catch (error) {
        await this.#pauseAfter(error, attempt);
      }
    }
  }

  async #pauseAfter(error: unknown, attempt: number): Promise<void> {
    if (!isMetadataError(error) || attempt >= (tries[error.code] ?? 1)) throw error;
    const pauseMs = Math.max(error.retryAfterMs ?? 0, Math.min(firstPauseMs * 2 ** (attempt - 1), longestPauseMs));
    const end = this.#options.clock.monotonicNow() + pauseMs;
    if (error.code === 'UPSTREAM_THROTTLED') this.#nobodyBefore = Math.max(this.#nobodyBefore, end);
    this.#options.onPause(error, pauseMs);
    await this.#pauseUntil(end);
  }

  /** Again and again: somebody else may meanwhile have been throttled, which moves the end. */
  async #pauseUntil(end: number): Promise<void> {
    const { clock } = this.#options;
    for (let left = end - clock.monotonicNow(); left > 0; left = this.#nobodyBefore - clock.monotonicNow()) {
      await this.#unlessInterrupted(pause(clock, left));
    }
  }

  #unlessInterrupted<T>(work: Promise<T>): Promise<T> {
    return Promise.race([this.#interrupted.promise, work]);
  }
}
