import { type Conditions, calm } from './conditions.ts';
import type { Incident } from './incidents.ts';
import type { Random } from './random.ts';

/** What a run is like until it calms down. */
export interface Scenario {
  readonly replicaCount: number;
  /** Every clock is wrong by as much as the protocol allows. */
  readonly extremeDrift: boolean;
  /** Mean time between two resets that come by themselves, in milliseconds. */
  readonly resetEveryMs: number;
  /** Chance that an answered reset is followed by another one, elsewhere, within a few milliseconds. */
  readonly resetsInARow: number;
  readonly ttlMs: number;
  readonly maxBytes: number;
  readonly conditions: Conditions;
  /** Mean time between two incidents of a kind, in milliseconds. */
  readonly incidentEveryMs: Readonly<Partial<Record<Incident, number>>>;
  /** What happens at the worst moment: when a reset has just been added to the log. */
  readonly ambushes: readonly Incident[];
  /** How likely it does. */
  readonly ambushChance: number;
}

const incidentMeansMs = {
  partition: 1_500,
  redisStall: 4_000,
  redisRestart: 5_000,
  redisLoss: 5_000,
  redisSnapshot: 5_000,
  redisFailover: 4_000,
  redisFailback: 3_000,
  redisFlush: 5_000,
  replicaCrash: 4_000,
  replicaRestart: 5_000,
  replicaStall: 3_000,
  replicaFreeze: 3_000,
  wallJump: 3_000,
} as const satisfies Record<Incident, number>;

/**
 * A scenario of some faults and not of others, as the random numbers have it: where everything goes wrong at once, nothing gets far enough to go
 * wrong in an interesting way.
 */
export function createScenario(random: Random): Scenario {
  const some = <T>(value: T, none: T) => (random.chance(0.4) ? value : none);
  const kinds = Object.entries(incidentMeansMs).filter(() => random.chance(0.35)) as [Incident, number][];
  return {
    replicaCount: random.pick([2, 3, 3, 4]),
    extremeDrift: random.chance(0.5),
    resetEveryMs: random.pick([120, 400, 1_200]),
    resetsInARow: random.pick([0, 0.3, 0.7]),
    ttlMs: random.pick([700, 3_600_000, 3_600_000]),
    maxBytes: random.pick([8_000, 10_000_000, 10_000_000]),
    conditions: {
      ...calm,
      lostRequests: some(random.between(0, 0.3), 0),
      lostReplies: some(random.between(0, 0.3), 0),
      lostNudges: some(random.pick([0.2, 1]), 0),
      duplicatedNudges: some(0.2, 0),
      slowRequests: some(random.pick([0.05, 0.5]), 0),
      slowReplies: some(random.pick([0.05, 0.8]), 0),
      slowLinks: random.pick(['all', 'even']),
      slowMessageMs: random.pick([30, 160, 600]),
      failedFetches: some(0.1, 0),
      missingSubjects: some(0.1, 0),
      slowFetches: some(random.pick([0.05, 0.4]), 0),
      slowFetchMs: random.pick([500, 4_000]),
      refusedResets: some(0.1, 0),
      unansweredResets: some(0.15, 0),
    },
    incidentEveryMs: Object.fromEntries(kinds),
    ambushes: (Object.keys(incidentMeansMs) as Incident[]).filter(() => random.chance(0.3)),
    ambushChance: random.pick([0, 0.2, 0.6]),
  };
}
