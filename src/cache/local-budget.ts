import type { Budget } from '../base/budget.ts';
import type { Clock } from '../base/clock.ts';

/** So many keys are kept before full ones are looked for. */
const fewKeys = 10_000;

/** The budget of this process alone. A key takes memory for a minute after it was spent last. */
export class LocalBudget implements Budget {
  readonly perMinute: number;
  readonly #clock: Clock;
  /** When each key has all of its units back. */
  readonly #fullAt = new Map<string, number>();
  #keysToPrune = fewKeys;

  constructor(perMinute: number, clock: Clock) {
    this.perMinute = perMinute;
    this.#clock = clock;
  }

  async spend(key: string): Promise<number> {
    const now = this.#clock.monotonicNow();
    const unitMs = 60_000 / this.perMinute;
    const fullAt = Math.max(this.#fullAt.get(key) ?? 0, now) + unitMs;
    const tooEarlyMs = Math.ceil(fullAt - now - 60_000);
    if (tooEarlyMs > 0) return tooEarlyMs;
    this.#fullAt.set(key, fullAt);
    if (this.#fullAt.size > this.#keysToPrune) this.#prune(now);
    return 0;
  }

  /** What is full again is as good as unknown. Twice as many keys as are left have to come before all are looked at again. */
  #prune(now: number): void {
    for (const [key, fullAt] of this.#fullAt) if (fullAt <= now) this.#fullAt.delete(key);
    this.#keysToPrune = Math.max(fewKeys, 2 * this.#fullAt.size);
  }
}
