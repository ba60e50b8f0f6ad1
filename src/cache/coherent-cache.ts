import type { Clock } from '../base/clock.ts';
import { countForRequest } from '../base/request-scope.ts';
import type { MetadataCacheStatus } from '../metadata/cache-status.ts';
import { isMetadataError } from '../metadata/errors.ts';
import { type MetadataRef, type ResetRequest, reaches } from '../metadata/refs.ts';
import { estimateBytes } from './estimate-bytes.ts';
import { LastAnswers } from './last-answers.ts';

/** How long a "there is no such thing" is believed: long enough to stop a loop of lookups, short enough to go unnoticed. */
const notFoundTtlMs = 5_000;

/** How long an answer past its time is served before AppFlow is tried again. */
const staleTtlMs = 5_000;

/** What an entry costs beside its key and value: the promise, the map's slot, the entry itself. */
const bytesPerEntry = 256;

interface Entry {
  readonly key: string;
  readonly ref: MetadataRef;
  readonly promise: Promise<unknown>;
  expiresAt: number;
  bytes: number;
  settled: boolean;
  /** What was answered; absent while it is not, and where it was an error or past its time. */
  value?: unknown;
  /** Read since the evictor last looked at it. */
  used: boolean;
}

export interface CoherentCacheOptions {
  readonly clock: Clock;
  /** Upper bound of the estimated size of all answers held; the least used leave first. */
  readonly maxBytes: number;
  /** How long past its time an answer may be served when AppFlow fails, in milliseconds. Default 0: never. */
  readonly staleIfErrorMs?: number | undefined;
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
  readonly #lastAnswers: LastAnswers;
  readonly #recalled = new WeakSet<object>();
  #sweeper = this.#entries.values();
  #bytes = 0;
  #hits = 0;
  #joined = 0;
  #misses = 0;
  #evictions = 0;
  #clearedEntries = 0;

  constructor({ clock, maxBytes, staleIfErrorMs = 0 }: CoherentCacheOptions) {
    this.#clock = clock;
    this.#maxBytes = maxBytes;
    this.#lastAnswers = new LastAnswers(clock, staleIfErrorMs);
  }

  /** The live answer or flight for a key; `undefined` when there is none. */
  peek(key: string): Promise<unknown> | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    if (entry.expiresAt <= this.#clock.monotonicNow()) {
      this.#retire(entry);
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
    if (held) this.#retire(held);
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

  /** Drops a flight that is given up, by identity: nobody joins it any more. */
  drop(key: string, promise: Promise<unknown>): void {
    const entry = this.#entries.get(key);
    if (entry?.promise === promise) this.#remove(entry);
  }

  /**
   * The last answer of a key, for a fetch that failed; `undefined` when there is none, or none that may still be served. The entry of that fetch then
   * lives for some seconds only, and the answer stays what the next one may fall back to.
   *
   * @param toStale Marks it.
   */
  recall<V>(key: string, toStale: (answer: V) => V): V | undefined {
    const last = this.#lastAnswers.find(key);
    if (last === undefined) return undefined;
    // A key stands for one kind of answer.
    const answer = toStale(last.value as V);
    if (typeof answer === 'object' && answer !== null) this.#recalled.add(answer);
    return answer;
  }

  /** Drops every answer and detaches every flight that the reset reaches; says how many. */
  clear(reset: ResetRequest): number {
    this.#lastAnswers.clear(reset);
    return this.#removeWhere(({ ref }) => reaches(reset, ref));
  }

  /** Drops and detaches everything; says how many. */
  clearAll(): number {
    this.#lastAnswers.clear();
    return this.#removeWhere(() => true);
  }

  /** What is held and what has happened so far. */
  status(): CoherentCacheStatus {
    return {
      entries: this.#entries.size,
      bytes: this.#bytes + this.#lastAnswers.bytes,
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
    if (typeof value === 'object' && value !== null && this.#recalled.has(value)) {
      entry.expiresAt = Math.min(entry.expiresAt, this.#clock.monotonicNow() + staleTtlMs);
      return;
    }
    this.#lastAnswers.drop(entry.key);
    entry.value = value;
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
    this.#lastAnswers.drop(entry.key);
    entry.settled = true;
    entry.expiresAt = Math.min(entry.expiresAt, this.#clock.monotonicNow() + notFoundTtlMs);
    this.#evict();
  }

  /**
   * Second chance (the CLOCK algorithm): from the oldest on, what was read since the last look goes to the back of the queue,
   * the rest leaves. A hit costs one assignment, where exact recency would cost two map operations.
   */
  #evict(): void {
    while (this.#bytes + this.#lastAnswers.bytes > this.#maxBytes && this.#lastAnswers.dropOldest());
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
      else if (entry.expiresAt <= now && this.#entries.get(entry.key) === entry) this.#retire(entry);
    }
  }

  /** Its time is up: from now on it is of use only when AppFlow fails. */
  #retire(entry: Entry): void {
    this.#remove(entry);
    if (entry.value !== undefined) this.#lastAnswers.keep({ ...entry, value: entry.value });
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
