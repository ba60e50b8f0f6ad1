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
  /** Calls under way at any one time. One profile has half of them at most, so that there are some left when it hangs. */
  readonly turns: number;
  /** Calls of one profile that may wait for their turn. */
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
    const ownTurns = profile === '' ? turns : Math.ceil(turns / 2);
    const lane = { turns: bulkhead(ownTurns, waiting), breaker: new CircuitBreaker(clock), calls: 0 };
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
