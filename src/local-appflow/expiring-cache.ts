import type { Clock } from '../base/clock.ts';

/** What came from the source, and how long it may be kept. */
export interface Filling<V> {
  readonly value: V;
  readonly timeToLiveMs: number;
}

interface Entry<K, V> {
  readonly key: K;
  readonly value: Promise<V>;
  /** On the monotonic clock; infinite while the fill is under way. */
  expiresAt: number;
}

/**
 * Values that leave by themselves after a while, or when they are dropped. Readers of one key share a fill under way, but not
 * one that was dropped: it ends for those who joined it and is kept for nobody.
 */
export class ExpiringCache<K extends readonly unknown[], V> {
  readonly #clock: Clock;
  /** Oldest fill first. */
  readonly #entries = new Map<string, Entry<K, V>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Time to live counts from the start of the fill, so nothing served is older than that. A failed fill is not kept. */
  read(key: K, fill: () => Promise<Filling<V>>): Promise<V> {
    const id = JSON.stringify(key);
    const entry = this.#entries.get(id);
    if (entry !== undefined && this.#isLive(entry)) return entry.value;
    this.#dropOldest();
    return this.#fill(id, key, fill);
  }

  /** Forgets entries, finished or not, and says how many. */
  drop(matches: (key: K) => boolean): number {
    const ids = [...this.#entries].filter(([, { key }]) => matches(key)).map(([id]) => id);
    for (const id of ids) this.#entries.delete(id);
    return ids.length;
  }

  #fill(id: string, key: K, fill: () => Promise<Filling<V>>): Promise<V> {
    const startedAt = this.#clock.monotonicNow();
    const value = fill().then(({ value, timeToLiveMs }) => {
      entry.expiresAt = startedAt + timeToLiveMs;
      return value;
    });
    const entry: Entry<K, V> = { key, value, expiresAt: Number.POSITIVE_INFINITY };
    // Deleted first, so that the entry moves to the end of the order.
    this.#entries.delete(id);
    this.#entries.set(id, entry);
    value.catch(() => this.#forget(id, entry));
    return value;
  }

  /** By identity: a newer entry of the same key is none of a failed fill's business. */
  #forget(id: string, entry: Entry<K, V>): void {
    if (this.#entries.get(id) === entry) this.#entries.delete(id);
  }

  #dropOldest(): void {
    for (const [id, entry] of this.#entries) {
      if (this.#isLive(entry)) return;
      this.#entries.delete(id);
    }
  }

  #isLive(entry: Entry<K, V>): boolean {
    return this.#clock.monotonicNow() < entry.expiresAt;
  }
}
