import { onAbort } from '../base/on-abort.ts';
import { MetadataError } from '../metadata/errors.ts';

interface Shared {
  waiting: number;
  readonly abandon: () => void;
}

/**
 * Who waits for what is under way. Work is shared, so nobody's deadline may end it for the others; it is abandoned when the last one who
 * waited has gone. Someone without a signal waits to the end.
 */
export class SharedWaits {
  readonly #shared = new Map<Promise<unknown>, Shared>();

  /**
   * Begins to count who waits for a promise, until it settles; one that is known already stays as it is.
   *
   * @param abandon Ends the work, and sees to it that nobody joins it from then on.
   */
  share(promise: Promise<unknown>, abandon: () => void): void {
    if (this.#shared.has(promise)) return;
    this.#shared.set(promise, { waiting: 0, abandon });
    const forget = () => void this.#shared.delete(promise);
    promise.then(forget, forget);
  }

  /** The promise's outcome; rejects with `UPSTREAM_TIMEOUT` when the signal is aborted before. */
  wait<V>(promise: Promise<V>, signal: AbortSignal | undefined): Promise<V> {
    const shared = this.#shared.get(promise);
    if (shared === undefined) return promise;
    shared.waiting += 1;
    if (signal === undefined) return promise;
    return waitUntil(promise, signal, () => {
      shared.waiting -= 1;
      if (shared.waiting === 0) this.#abandon(promise, shared);
      return toTimeUp(signal);
    });
  }

  #abandon(promise: Promise<unknown>, { abandon }: Shared): void {
    if (this.#shared.delete(promise)) abandon();
  }
}

/** A promise's outcome; when the signal is aborted before, it rejects with what `leave` returns. */
export function waitUntil<V>(promise: Promise<V>, signal: AbortSignal, leave: () => MetadataError): Promise<V> {
  return new Promise((resolve, reject) => {
    const ignore = onAbort(signal, () => reject(leave()));
    promise.then(
      value => {
        ignore();
        resolve(value);
      },
      error => {
        ignore();
        reject(error);
      },
    );
  });
}

/** What a reader is told whose signal is aborted. */
export function toTimeUp({ reason }: AbortSignal): MetadataError {
  const message = reason instanceof Error ? reason.message : 'The request is over.';
  return new MetadataError('UPSTREAM_TIMEOUT', message, { cause: reason });
}
