import type { Clock } from '../base/clock.ts';
import { type MetadataRef, type ResetRequest, reaches } from '../metadata/refs.ts';

/** An answer whose time is up. */
export interface LastAnswer {
  readonly key: string;
  readonly ref: MetadataRef;
  readonly value: unknown;
  /** Until when it was to be served, by the monotonic clock. */
  readonly expiresAt: number;
  /** Estimated size, key included. */
  readonly bytes: number;
}

/**
 * Answers past their time, for when AppFlow fails. A reset takes them with it as it takes what is live, so whoever may be served from memory
 * may be served from here.
 */
export class LastAnswers {
  readonly #clock: Clock;
  readonly #keepMs: number;
  readonly #answers = new Map<string, LastAnswer>();
  #bytes = 0;

  /** @param keepMs How long an answer is kept past its time; 0 keeps none. */
  constructor(clock: Clock, keepMs: number) {
    this.#clock = clock;
    this.#keepMs = keepMs;
  }

  get bytes(): number {
    return this.#bytes;
  }

  keep(answer: LastAnswer): void {
    this.drop(answer.key);
    this.#dropOutlived();
    if (this.#isOutlived(answer)) return;
    this.#answers.set(answer.key, answer);
    this.#bytes += answer.bytes;
  }

  /** The last answer of a key; `undefined` when there is none, or none that may still be used. */
  find(key: string): LastAnswer | undefined {
    const answer = this.#answers.get(key);
    return answer && !this.#isOutlived(answer) ? answer : undefined;
  }

  drop(key: string): void {
    const answer = this.#answers.get(key);
    if (answer === undefined) return;
    this.#answers.delete(key);
    this.#bytes -= answer.bytes;
  }

  /** Drops the oldest; says whether there was one. */
  dropOldest(): boolean {
    const [oldest] = this.#answers.keys();
    if (oldest !== undefined) this.drop(oldest);
    return oldest !== undefined;
  }

  /** Drops what the reset reaches; everything when there is none. */
  clear(reset?: ResetRequest): void {
    for (const { key, ref } of this.#answers.values()) if (!reset || reaches(reset, ref)) this.drop(key);
  }

  /** Looks at the two oldest for every one that comes, so that no single call pays for all. */
  #dropOutlived(): void {
    let looks = 0;
    for (const answer of this.#answers.values()) {
      if (looks === 2) return;
      looks += 1;
      if (this.#isOutlived(answer)) this.drop(answer.key);
    }
  }

  #isOutlived({ expiresAt }: LastAnswer): boolean {
    return expiresAt + this.#keepMs <= this.#clock.monotonicNow();
  }
}
