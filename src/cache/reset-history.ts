import { keyOf, type MetadataRef, type ResetRequest, resetTarget } from '../metadata/refs.ts';

/** AppFlow forgets by itself within its own hour, so older or fewer resets than these only make an answer look older than it is. */
const rememberedResets = 10_000;

/**
 * When AppFlow was last made to forget an answer, so that what was read afterwards can be shown as no older than that. Wall-clock
 * instants for people: nothing is served or dropped by them.
 */
export class ResetHistory {
  readonly #resetAt = new Map<string, number>();

  /**
   * Records a reset that AppFlow confirmed.
   *
   * @param sentAt When it was sent, in milliseconds since the epoch: AppFlow forgot no earlier than that.
   */
  record(reset: ResetRequest, sentAt: number): void {
    const key = keyOf(resetTarget(reset));
    this.#resetAt.delete(key);
    this.#resetAt.set(key, sentAt);
    if (this.#resetAt.size <= rememberedResets) return;
    for (const oldest of this.#resetAt.keys()) {
      this.#resetAt.delete(oldest);
      return;
    }
  }

  /** When AppFlow was last made to forget this; `undefined` when that is not known. */
  lastResetOf(ref: MetadataRef): number | undefined {
    return this.#resetAt.get(keyOf(ref));
  }
}
