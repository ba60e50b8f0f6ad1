import type { ModelSize } from './run-model.ts';

/** A way to get the protocol wrong, and the smallest model that shows it. */
export interface Variant {
  /** The macro that `coherence.pml` branches on. */
  readonly flag: string;
  /** What is wrong. */
  readonly name: string;
  readonly size: ModelSize;
}

const oneReset: ModelSize = { replicas: 2, resets: 1, redisRestarts: 0 };
const twoResets: ModelSize = { replicas: 2, resets: 2, redisRestarts: 0 };
const oneRestart: ModelSize = { replicas: 2, resets: 1, redisRestarts: 1 };

/** The thirteen known ways to get it wrong, and those that were learnt here. None may pass for right. */
export const variants: readonly Variant[] = [
  { flag: 'FLIGHTS_NOT_DETACHED', name: 'flights are not detached', size: oneReset },
  { flag: 'LEASE_FROM_REPLY', name: 'the lease counts from the reply', size: oneReset },
  { flag: 'NO_DRIFT_MARGIN', name: 'a lease outlives the wait for it', size: oneReset },
  { flag: 'NO_RUN_ID', name: 'the identity leaves out the server', size: oneRestart },
  { flag: 'KEPT_ON_NEW_IDENTITY', name: 'entries are kept when the identity is new', size: oneRestart },
  { flag: 'EARLY_ON_YOUNG_IDENTITY', name: 'acknowledgements count in a young log', size: oneRestart },
  { flag: 'ACKNOWLEDGED_BEFORE_APPLIED', name: 'records are acknowledged before they are applied', size: oneReset },
  { flag: 'DEGRADED_READ_JOINS', name: 'a degraded read joins a running fetch', size: oneReset },
  { flag: 'MEMORY_WITHOUT_REDIS', name: 'memory is served when Redis fails', size: oneReset },
  { flag: 'UNFENCED_SECOND_TIER', name: 'a second tier is filled without a fence', size: oneReset },
  { flag: 'SUCCESS_WITHOUT_REDIS', name: 'a reset succeeds although Redis was out of reach', size: oneReset },
  { flag: 'CLEARED_BEFORE_UPSTREAM_ONLY', name: 'memory is cleared before AppFlow only', size: oneReset },
  { flag: 'READ_JOINS_OLDER_RENEWAL', name: 'a read joins an older renewal', size: oneReset },
  { flag: 'ANSWERED_WITHOUT_WAITING', name: 'a reset is answered once its record is there', size: oneReset },
  { flag: 'PRUNED_TOO_SOON', name: 'a member is forgotten before its lease is over', size: oneReset },
  { flag: 'ROW_OF_ANOTHER_LOG', name: 'a position in another log counts as an acknowledgement', size: oneRestart },
  { flag: 'EARLY_ON_ANOTHER_LOG', name: 'acknowledgements count in a log without the record', size: oneRestart },
  { flag: 'SKIPS_WHAT_CAME_BEFORE_ITS_OWN', name: 'records before one of its own are skipped', size: twoResets },
];
