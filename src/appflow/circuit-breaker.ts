import type { Clock } from '../base/clock.ts';
import { MetadataError, type MetadataErrorCode } from '../metadata/errors.ts';

/** Failures in a row after which calls are refused for a while. */
const failuresToOpen = 5;

/** How long the first time, and at most: it doubles with every probe that fails. */
const firstPauseMs = 1_000;
const longestPauseMs = 10_000;

/** AppFlow, or a proxy in its name, may ask for any wait; a typing error of somebody must not take a profile away for a day. */
const longestWaitAskedForMs = 300_000;

/** Failures that are AppFlow's. Everything else is an answer, that of a connector which fails included. */
const failures: ReadonlySet<MetadataErrorCode> = new Set([
  'UPSTREAM_UNAVAILABLE',
  'UPSTREAM_TIMEOUT',
  'UPSTREAM_THROTTLED',
]);

/** Says whether a call may begin, and is told how it ended. */
export interface Admitted {
  /** @param error How it failed; absent when it did not. `undefined` outcome: it was given up, which says nothing. */
  ended(outcome: 'ANSWERED' | 'GIVEN_UP' | MetadataError): void;
}

/**
 * Refuses the calls of one profile while they would be in vain: when AppFlow has asked for a pause, and when it has failed several times in a row. After a
 * while one call is let through as a probe, and its success ends the refusals.
 *
 * Written here because cockatiel's breaker counts by the wall clock: set back by an hour, it would stay open for one.
 */
export class CircuitBreaker {
  readonly #clock: Clock;
  #failures = 0;
  #openings = 0;
  #openUntil = Number.NEGATIVE_INFINITY;
  #waitUntil = Number.NEGATIVE_INFINITY;
  #lastCode: MetadataErrorCode = 'UPSTREAM_UNAVAILABLE';
  #isProbing = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether it remembers nothing that matters. */
  get isCalm(): boolean {
    return this.#failures === 0 && this.#waitUntil <= this.#clock.monotonicNow();
  }

  /** Throws when a call would be refused now. */
  check(operation: string): void {
    this.checkPause(operation);
    if (this.#failures < failuresToOpen) return;
    const pauseMs = this.#openUntil - this.#clock.monotonicNow();
    if (pauseMs > 0 || this.#isProbing) throw this.#refusal(operation, Math.max(pauseMs, firstPauseMs));
  }

  /** Throws while AppFlow wants to be left alone. */
  checkPause(operation: string): void {
    const waitMs = this.#waitUntil - this.#clock.monotonicNow();
    if (waitMs <= 0) return;
    const message = `${operation}: AppFlow asked for a pause, which is not over yet.`;
    throw new MetadataError('UPSTREAM_THROTTLED', message, { retryAfterMs: Math.ceil(waitMs) });
  }

  /** A call begins now. */
  begin(): Admitted {
    const isProbe = this.#failures >= failuresToOpen && !this.#isProbing;
    if (isProbe) this.#isProbing = true;
    return {
      ended: outcome => {
        if (isProbe) this.#isProbing = false;
        if (outcome instanceof MetadataError && failures.has(outcome.code)) this.#fail(outcome);
        else if (outcome !== 'GIVEN_UP') this.#succeed();
      },
    };
  }

  #succeed(): void {
    this.#failures = 0;
    this.#openings = 0;
    this.#openUntil = Number.NEGATIVE_INFINITY;
  }

  #fail({ code, retryAfterMs }: MetadataError): void {
    const now = this.#clock.monotonicNow();
    this.#failures += 1;
    this.#lastCode = code === 'UPSTREAM_THROTTLED' ? code : 'UPSTREAM_UNAVAILABLE';
    if (retryAfterMs !== null) this.#waitUntil = now + Math.min(retryAfterMs, longestWaitAskedForMs);
    // What was under way when it opened fails, too, and says nothing new.
    if (this.#failures < failuresToOpen || now < this.#openUntil) return;
    this.#openUntil = now + Math.min(firstPauseMs * 2 ** this.#openings, longestPauseMs);
    this.#openings += 1;
  }

  #refusal(operation: string, pauseMs: number): MetadataError {
    const message = `${operation}: AppFlow failed ${this.#failures} times in a row, so it is not asked for a moment.`;
    return new MetadataError(this.#lastCode, message, { retryAfterMs: Math.ceil(pauseMs) });
  }
}
