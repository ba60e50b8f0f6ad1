/** What a read showed that nobody may see any more. */
export interface StaleRead {
  readonly replica: string;
  readonly scope: string;
  /** The version it showed. */
  readonly version: number;
  /** The version the application had when a reset of this scope was sent that was answered before the read began. */
  readonly atLeast: number;
  /** On the monotonic clock, in milliseconds. */
  readonly sentAt: number;
  readonly answeredAt: number;
}

/** A read under way, and what it may no longer show. */
export interface BegunRead {
  readonly sentAt: number;
  readonly atLeast: ReadonlyMap<string, number>;
}

/** What a reset is of, and what one answer can show. */
export const namesScope = 'names';
export const profilesScope = 'profiles';

const keptExamples = 20;

/**
 * Judges reads by the promise alone. It knows when the application changed, when a reset was sent and answered, when a read began and what
 * it showed; it knows nothing of caches, leases and logs.
 */
export class Oracle {
  #atLeast: ReadonlyMap<string, number> = new Map();
  readonly examples: StaleRead[] = [];
  reads = 0;
  stale = 0;

  /**
   * A reset was answered, without errors.
   *
   * @param version The application's when the reset was sent.
   */
  confirmReset(scope: string, version: number): void {
    const atLeast = new Map(this.#atLeast);
    // Profiles are read again after any reset.
    for (const raised of [scope, profilesScope]) atLeast.set(raised, Math.max(version, atLeast.get(raised) ?? 0));
    this.#atLeast = atLeast;
  }

  /** A read is sent now. */
  beginRead(): BegunRead {
    return { sentAt: performance.now(), atLeast: this.#atLeast };
  }

  judge(replica: string, { sentAt, atLeast }: BegunRead, scope: string, version: number): void {
    this.reads += 1;
    const least = atLeast.get(scope) ?? 0;
    if (version >= least) return;
    this.stale += 1;
    if (this.examples.length >= keptExamples) return;
    this.examples.push({ replica, scope, version, atLeast: least, sentAt, answeredAt: performance.now() });
  }
}
