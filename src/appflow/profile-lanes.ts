import { type BulkheadPolicy, bulkhead } from 'cockatiel';
import type { Clock } from '../base/clock.ts';
import { CircuitBreaker } from './circuit-breaker.ts';

/** Failing profiles that are remembered. Their names come from callers, who may make up any number of them. */
const rememberedProfiles = 1_000;

/** Where the calls of one profile take their turns, and what is known of it. */
export interface ProfileLane {
  readonly turns: BulkheadPolicy;
  readonly breaker: CircuitBreaker;
}

interface Used extends ProfileLane {
  calls: number;
}

export interface ProfileLanesOptions {
  readonly clock: Clock;
  /** Calls of one profile under way at any one time. */
  readonly turns: number;
  /** Calls of one profile that may wait for theirs. */
  readonly waiting: number;
}

/** One lane for each profile, as long as it is of any use: what one profile suffers from must not cost the others their turns. */
export class ProfileLanes {
  readonly #options: ProfileLanesOptions;
  readonly #lanes = new Map<string, Used>();

  constructor(options: ProfileLanesOptions) {
    this.#options = options;
  }

  /** Does some work with the lane of a profile at hand; calls about no profile in particular share the one of `""`. */
  async use<R>(profile: string, work: (lane: ProfileLane) => Promise<R>): Promise<R> {
    const lane = this.#lanes.get(profile) ?? this.#open(profile);
    lane.calls += 1;
    try {
      return await work(lane);
    } finally {
      lane.calls -= 1;
      this.#closeIfIdle(profile, lane);
    }
  }

  #open(profile: string): Used {
    const { clock, turns, waiting } = this.#options;
    const lane = { turns: bulkhead(turns, waiting), breaker: new CircuitBreaker(clock), calls: 0 };
    this.#lanes.set(profile, lane);
    return lane;
  }

  #closeIfIdle(profile: string, { calls, breaker }: Used): void {
    if (calls > 0) return;
    if (breaker.isCalm) this.#lanes.delete(profile);
    else if (this.#lanes.size > rememberedProfiles) this.#forgetOldestIdle();
  }

  #forgetOldestIdle(): void {
    for (const [profile, { calls }] of this.#lanes) {
      if (calls > 0) continue;
      this.#lanes.delete(profile);
      return;
    }
  }
}
