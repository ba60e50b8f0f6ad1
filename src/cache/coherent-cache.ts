import type { Clock } from '../base/clock.ts';
import { countForRequest } from '../base/request-scope.ts';
import type { MetadataCacheStatus } from '../metadata/cache-status.ts';
import { isMetadataError } from '../metadata/errors.ts';
import { type MetadataRef, type ResetRequest, reaches } from '../metadata/refs.ts';
import { estimateBytes } from './estimate-bytes.ts';

/** How long a "there is no such thing" is believed: long enough to stop a loop of lookups, short enough to go unnoticed. */
const notFoundTtlMs = 5_000;

/** What an entry costs beside its key and value: the promise, the map's slot, the entry itself. */
const bytesPerEntry = 256;

interface Entry {
  readonly key: string;
  readonly ref: MetadataRef;
  readonly promise: Promise<unknown>;
  expiresAt: number;
  bytes: number;
  settled: boolean;
  /** Read since the evictor last looked at it. */
  used: boolean;
}

export interface CoherentCacheOptions {
  readonly clock: Clock;
  /** Upper bound of the estimated size of all answers held; the least used leave first. */
  readonly maxBytes: number;
}

export type CoherentCacheStatus = Pick<
  MetadataCacheStatus,
  'entries' | 'bytes' | 'maxBytes' | 'hits' | 'joined' | 'misses' | 'evictions' | 'clearedEntries'
>;

/**
 * Answers by key, held as promises from the first moment, so that a thousand readers of a cold key cause one fetch.
 *
 * Three rules keep it from serving what a reset has forbidden, each a bug that came back elsewhere:
 * - A flight belongs to its entry. Clearing detaches it: those who wait get their answer, nobody else does, and its late
 *   arrival changes nothing, because entries leave (and are updated) by identity and never by key.
 * - Age counts from the start of the fetch, because that is when AppFlow was looked at.
 * - An error leaves at once, whoever waited; only "not found" stays, for a few seconds.
 */
export class CoherentCache {
  readonly #clock: Clock;
  readonly #maxBytes: number;
  readonly #entries = new Map<string, Entry>();
  #sweeper = this.#entries.values();
  #bytes = 0;
  #hits = 0;
  #joined = 0;
  #misses = 0;
  #evictions = 0;
  #clearedEntries = 0;

  constructor({ clock, maxBytes }: CoherentCacheOptions) {
    this.#clock = clock;
    this.#maxBytes = maxBytes;
  }

  /** The live answer or flight for a key; `undefined` when there is none. */
  peek(key: string): Promise<unknown> | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    if (entry.expiresAt <= this.#clock.monotonicNow()) {
      this.#remove(entry);
      return undefined;
    }
    entry.used = true;
    this.#hits += 1;
    if (!entry.settled) this.#joined += 1;
    countForRequest(entry.settled ? 'hits' : 'joined');
    return entry.promise;
  }

  /**
   * Holds a fetch that starts now, in the place of what the key held before.
   *
   * @param ttlMs How long its answer may be served, counted from now.
   */
  hold(key: string, ref: MetadataRef, promise: Promise<unknown>, ttlMs: number): void {
    this.#sweep();
    const held = this.#entries.get(key);
    if (held) this.#remove(held);
    const expiresAt = this.#clock.monotonicNow() + ttlMs;
    const bytes = bytesPerEntry + estimateBytes(key);
    const entry: Entry = { key, ref, promise, expiresAt, bytes, settled: false, used: false };
    this.#entries.set(key, entry);
    this.#bytes += bytes;
    this.#misses += 1;
    countForRequest('misses');
    promise.then(
      value => this.#keepValue(entry, value),
      error => this.#keepNotFound(entry, error),
    );
  }

  /** Drops every answer and detaches every flight that the reset reaches; says how many. */
  clear(reset: ResetRequest): number {
    return this.#removeWhere(({ ref }) => reaches(reset, ref));
  }

  /** Drops and detaches everything; says how many. */
  clearAll(): number {
    return this.#removeWhere(() => true);
  }

  /** What is held and what has happened so far. */
  status(): CoherentCacheStatus {
    return {
      entries: this.#entries.size,
      bytes: this.#bytes,
      maxBytes: this.#maxBytes,
      hits: this.#hits,
      joined: this.#joined,
      misses: this.#misses,
      evictions: this.#evictions,
      clearedEntries: this.#clearedEntries,
    };
  }

  #keepValue(entry: Entry, value: unknown): void {
    if (this.#entries.get(entry.key) !== entry) return;
    entry.settled = true;
    const bytes = estimateBytes(value);
    entry.bytes += bytes;
    this.#bytes += bytes;
    if (entry.bytes > this.#maxBytes) this.#dropForSpace(entry);
    else this.#evict();
  }

  #keepNotFound(entry: Entry, error: unknown): void {
    if (this.#entries.get(entry.key) !== entry) return;
    if (!isMetadataError(error, 'NOT_FOUND')) {
      this.#remove(entry);
      return;
    }
    entry.settled = true;
    entry.expiresAt = Math.min(entry.expiresAt, this.#clock.monotonicNow() + notFoundTtlMs);
    this.#evict();
  }

  /**
   * Second chance (the CLOCK algorithm): from the oldest on, what was read since the last look goes to the back of the queue,
   * the rest leaves. A hit costs one assignment, where exact recency would cost two map operations.
   */
  #evict(): void {
    for (const entry of this.#entries.values()) {
      if (this.#bytes <= this.#maxBytes) return;
      if (!entry.settled) continue;
      if (entry.used) this.#moveToBack(entry);
      else this.#dropForSpace(entry);
    }
  }

  /**
   * Looks at two entries for every one that comes, round and round, and removes those whose time is up: what nobody asks for again leaves,
   * too, and no single call pays for it.
   */
  #sweep(): void {
    const now = this.#clock.monotonicNow();
    for (let looks = 0; looks < 2; looks += 1) {
      const { value: entry } = this.#sweeper.next();
      if (entry === undefined) this.#sweeper = this.#entries.values();
      else if (entry.expiresAt <= now && this.#entries.get(entry.key) === entry) this.#remove(entry);
    }
  }

  #dropForSpace(entry: Entry): void {
    this.#remove(entry);
    this.#evictions += 1;
  }

  #moveToBack(entry: Entry): void {
    entry.used = false;
    this.#entries.delete(entry.key);
    this.#entries.set(entry.key, entry);
  }

  #removeWhere(isReached: (entry: Entry) => boolean): number {
    const reached = [...this.#entries.values()].filter(isReached);
    for (const entry of reached) this.#remove(entry);
    this.#clearedEntries += reached.length;
    return reached.length;
  }

  #remove(entry: Entry): void {
    this.#entries.delete(entry.key);
    this.#bytes -= entry.bytes;
  }
}
