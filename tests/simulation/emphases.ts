import { calm } from './conditions.ts';
import type { Scenario } from './scenario.ts';

/** Many resets are under way at a time. */
const denseResets = { incidentEveryMs: {}, resetEveryMs: 150, resetsInARow: 0.8, ttlMs: 3_600_000 } as const;

/** Answers take so long that something can happen meanwhile, and nothing else goes wrong than what is said below. */
const slowAnswers = { incidentEveryMs: {}, resetEveryMs: 400, resetsInARow: 0, ttlMs: 3_600_000 } as const;

/** A client waits 150 ms for an answer. */
const almostTooSlowMs = 148;

/**
 * Kinds of runs in which certain mistakes show more often than in the mixture: members of the scenario that the seed does not decide. Each was
 * found by looking for runs that catch a mutant.
 */
export const emphases = {
  /** Renewals are answered late to replicas that are cut off then. */
  lateAnswers: {
    ...slowAnswers,
    replicaCount: 2,
    extremeDrift: true,
    ambushes: ['partition'],
    ambushChance: 0.7,
    conditions: { ...calm, slowReplies: 0.9, slowMessageMs: almostTooSlowMs, slowLinks: 'even' },
  },
  /** Replicas fall asleep while they wait for an answer. */
  sleepingReplicas: {
    ...slowAnswers,
    ambushes: ['replicaStall', 'replicaFreeze'],
    ambushChance: 0.7,
    conditions: { ...calm, slowReplies: 0.5, slowMessageMs: almostTooSlowMs },
  },
  /** The monotonic clock of a replica stands still over a reset. */
  frozenReplicas: { ...denseResets, ambushes: ['replicaFreeze'], ambushChance: 0.3, conditions: calm },
  /** Clocks are as wrong as they may be, and whoever holds a lease cannot renew it. */
  driftingClocks: {
    ...denseResets,
    replicaCount: 4,
    extremeDrift: true,
    ambushes: ['partition'],
    ambushChance: 0.3,
    conditions: calm,
  },
  /** Wall clocks are set while leases run. */
  jumpingWallClocks: {
    ...denseResets,
    incidentEveryMs: { wallJump: 300 },
    ambushes: ['partition'],
    ambushChance: 0.3,
    conditions: calm,
  },
  /** Servers of the log are replaced by copies that lag behind, and come back, while replicas are cut off. */
  replacedServers: {
    ...denseResets,
    incidentEveryMs: { redisFailover: 800, redisFailback: 800, partition: 1_000 },
    ambushes: ['partition'],
    ambushChance: 0.3,
  },
  /** Who resets can hardly look around. */
  lostRequests: {
    ...denseResets,
    replicaCount: 2,
    ambushChance: 0,
    conditions: { ...calm, lostRequests: 0.55, lostNudges: 1 },
  },
  /** Replicas that are cut off read slowly from AppFlow. */
  degradedReads: {
    ...denseResets,
    incidentEveryMs: { partition: 700 },
    conditions: { ...calm, slowFetches: 0.4, slowFetchMs: 1_500 },
  },
  /** Replicas leave and come all the time. */
  leavingReplicas: {
    ...denseResets,
    incidentEveryMs: { replicaRestart: 300 },
    ambushChance: 0,
    conditions: { ...calm, slowReplies: 0.5, slowMessageMs: almostTooSlowMs, slowLinks: 'even' },
  },
} as const satisfies Record<string, Partial<Scenario>>;

/** `mixed` leaves it to the seed. */
export type Emphasis = keyof typeof emphases | 'mixed';

export const emphasisNames = Object.keys(emphases) as readonly (keyof typeof emphases)[];
