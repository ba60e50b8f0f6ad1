import type { Clock } from '../base/clock.ts';

/** How much two machines' clocks may disagree about a second: 1 %, far beyond what quartz does. */
const clockDrift = 0.01;

/** How long to wait for a lease of that length to be over, wherever it is held and however wrong both clocks are. */
export function outlive(leaseMs: number): number {
  return leaseMs * (1 + 2 * clockDrift);
}

/**
 * The right to serve from memory, for a while. Both clocks have to agree that it lasts: the monotonic one may stand still while a
 * machine is frozen, the wall clock may be set; whichever runs out first ends it.
 */
export class Lease {
  readonly #clock: Clock;
  readonly #lengthMs: number;
  #until = Number.NEGATIVE_INFINITY;
  #wallUntil = Number.NEGATIVE_INFINITY;

  /** @param lengthMs Its length by the resetting replica's clock; held a little shorter here, in case ours runs slow. */
  constructor(clock: Clock, lengthMs: number) {
    this.#clock = clock;
    this.#lengthMs = lengthMs * (1 - clockDrift);
  }

  holds(): boolean {
    return this.#clock.monotonicNow() < this.#until && this.#clock.wallNow() < this.#wallUntil;
  }

  /** What has to be taken down before a renewal is sent: a lease counts from then, however long the answer takes. */
  startRenewal(): RenewalStart {
    return { monotonic: this.#clock.monotonicNow(), wall: this.#clock.wallNow() };
  }

  extend({ monotonic, wall }: RenewalStart): void {
    this.#until = Math.max(this.#until, monotonic + this.#lengthMs);
    this.#wallUntil = wall + this.#lengthMs;
  }
}

export interface RenewalStart {
  readonly monotonic: number;
  readonly wall: number;
}
