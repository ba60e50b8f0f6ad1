import { DriftingClock } from './drifting-clock.ts';
import type { Random } from './random.ts';
import type { VirtualTime } from './virtual-time.ts';

/** What a clock may get wrong at most, as the protocol assumes: 1 %. */
const maxDrift = 0.01;

/** After a pause, what had arrived meanwhile is worked off within this time, in no order that could be relied on. */
const backlogMs = 2;

export interface MachineOptions {
  readonly time: VirtualTime;
  readonly random: Random;
  /** Both clocks are as wrong as they may be, one way or the other. */
  readonly extremeDrift: boolean;
}

/** What a replica runs on: it has clocks of its own, it can be paused, and it can die. */
export class Machine {
  readonly clock: DriftingClock;
  readonly #time: VirtualTime;
  readonly #random: Random;
  readonly #backlog: (() => void)[] = [];
  #pauses = 0;
  #isPaused = false;
  #isDead = false;

  constructor({ time, random, extremeDrift }: MachineOptions) {
    const extreme = random.pick([-maxDrift, maxDrift]);
    const rate = () => 1 + (extremeDrift ? extreme : random.between(-maxDrift, maxDrift));
    this.#time = time;
    this.#random = random;
    const receive = (action: () => void) => this.receive(action);
    this.clock = new DriftingClock({ time, random, monotonicRate: rate(), wallRate: rate(), receive });
  }

  get isRunning(): boolean {
    return !this.#isPaused && !this.#isDead;
  }

  /** Something reaches the machine: an answer, a timer. It runs now, after the pause, or never. */
  receive(action: () => void): void {
    if (this.#isDead) return;
    if (this.#isPaused) this.#backlog.push(action);
    else action();
  }

  /**
   * Stops everything that runs on it. Its wall clock goes on; its monotonic clock goes on, too, when only the process was stopped, and stands still
   * with some kinds of frozen virtual machines.
   *
   * @returns Wakes it up, unless it was woken and paused again meanwhile; says whether it did.
   */
  pause({ freezesMonotonic }: { readonly freezesMonotonic: boolean }): () => boolean {
    this.#pauses += 1;
    const pause = this.#pauses;
    this.#isPaused = true;
    if (freezesMonotonic) this.clock.freezeMonotonic();
    return () => this.#pauses === pause && this.wake();
  }

  /** Ends a pause; says whether there was one. */
  wake(): boolean {
    if (!this.#isPaused || this.#isDead) return false;
    this.#isPaused = false;
    this.clock.thawMonotonic();
    for (const action of this.#backlog.splice(0)) {
      this.#time.after(this.#random.between(0, backlogMs), () => this.receive(action));
    }
    return true;
  }

  die(): void {
    this.#isDead = true;
    this.#backlog.length = 0;
  }
}
