import type { ResetCoherence } from './source.ts';

/** What the shared cache of this process holds and how well it does, at one instant. Counters start with the process. */
export interface MetadataCacheStatus {
  /** Answers held, flights included. */
  readonly entries: number;
  /** Estimated size of the answers held. */
  readonly bytes: number;
  readonly maxBytes: number;
  readonly ttlSeconds: number;
  /** Reads answered from memory, those that joined a fetch under way (`joined`) included. */
  readonly hits: number;
  readonly joined: number;
  /** Reads that went to AppFlow. */
  readonly misses: number;
  /** Answers dropped because of `maxBytes`. */
  readonly evictions: number;
  /** Answers dropped by resets. */
  readonly clearedEntries: number;
  /** Resets completed by this process. */
  readonly resets: number;
  /** Reads that went to AppFlow and were not kept, because memory may not be served at the time. */
  readonly unkept: number;
  /** What a reset answered now would promise; `null` when it could promise nothing. */
  readonly coherence: ResetCoherence | null;
  /** Whether a read that starts now would be served from memory without asking anybody. */
  readonly servesFromMemory: boolean;
}
