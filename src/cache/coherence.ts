import type { ResetRequest } from '../metadata/refs.ts';
import type { ResetCoherence } from '../metadata/source.ts';

/**
 * What a read may do: be served from memory, or fetch from AppFlow without keeping the answer. The second is always correct and
 * only slower; it is what remains when the other replicas cannot be heard.
 */
export type Admission = 'SERVE' | 'FETCH';

/**
 * Port: how replicas agree that a reset has happened. The process implementation is the one for a single process; others stand
 * beside it and are passed the same contract suite, `tests/contracts/coherence.ts`.
 */
export interface Coherence {
  /** Begins to listen to the other replicas. Until then reads are answered as if they could not be heard. */
  start(): void;

  /** How coherence is kept at this instant. */
  status(): CoherenceStatus;

  /**
   * Whether a read that starts now may be served from memory. Synchronous whenever the answer is known: a hit pays for this call.
   */
  admit(): Admission | Promise<Admission>;

  /**
   * Makes a reset known that AppFlow has carried out. Fulfils when no replica can miss it any more; rejects with a `MetadataError` when
   * it could not be told, and then nothing is promised.
   */
  announce(reset: ResetRequest): Promise<Announcement>;

  /** Leaves the other replicas. */
  close(): Promise<void>;
}

export interface CoherenceStatus {
  /** What a reset answered now would promise; `null` when it could promise nothing. */
  readonly coherence: ResetCoherence | null;
  /** Whether a read that starts now would be served from memory without asking anybody. */
  readonly servesFromMemory: boolean;
}

/** A reset on its way to every replica. */
export interface Announcement {
  /** Fulfils when no replica serves from memory what was read before the announcement, and says why that is so. */
  delivered(): Promise<ResetCoherence>;
}
