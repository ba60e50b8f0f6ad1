import type { Clock } from '../../src/base/clock.ts';
import type { Random } from './random.ts';
import type { VirtualTime } from './virtual-time.ts';

export interface DriftingClockOptions {
  readonly time: VirtualTime;
  readonly random: Random;
  /** Milliseconds it counts in a real one. */
  readonly monotonicRate: number;
  readonly wallRate: number;
  /** Runs a timer's callback once its machine can run anything. */
  readonly receive: (action: () => void) => void;
}

/**
 * A machine's two clocks: each runs a little too fast or too slow, the wall clock can be set, and the monotonic one can stand still while its
 * machine is frozen. Timers follow the monotonic clock, and are as inexact as Node's: up to a millisecond early, up to two late.
 */
export class DriftingClock implements Clock {
  readonly #options: DriftingClockOptions;
  readonly #monotonicEpoch: number;
  #wallEpoch: number;
  #lostMs = 0;
  #frozenAt: number | undefined;

  constructor(options: DriftingClockOptions) {
    this.#options = options;
    this.#monotonicEpoch = options.random.between(0, 1e7);
    this.#wallEpoch = 1.8e12 + options.random.between(-1e7, 1e7);
  }

  monotonicNow(): number {
    const { time, monotonicRate } = this.#options;
    return this.#monotonicEpoch + ((this.#frozenAt ?? time.now) - this.#lostMs) * monotonicRate;
  }

  wallNow(): number {
    return this.#wallEpoch + this.#options.time.now * this.#options.wallRate;
  }

  setTimer(delayMs: number, callback: () => void): () => void {
    const dueAt = this.monotonicNow() + Math.max(1, Math.trunc(delayMs));
    let cancel = () => undefined as unknown;
    const arm = (): void => {
      const { time, random, monotonicRate, receive } = this.#options;
      const remainingMs = Math.max(0, dueAt - this.monotonicNow()) / monotonicRate;
      cancel = time.after(remainingMs + random.between(0, 2), () => receive(fire));
    };
    const fire = () => {
      if (this.monotonicNow() < dueAt - 1) arm();
      else if (!isCancelled) callback();
    };
    let isCancelled = false;
    arm();
    return () => {
      isCancelled = true;
      cancel();
    };
  }

  /** Somebody sets the wall clock. */
  jumpWall(byMs: number): void {
    this.#wallEpoch += byMs;
  }

  freezeMonotonic(): void {
    this.#frozenAt = this.#options.time.now;
  }

  thawMonotonic(): void {
    if (this.#frozenAt === undefined) return;
    this.#lostMs += this.#options.time.now - this.#frozenAt;
    this.#frozenAt = undefined;
  }
}
