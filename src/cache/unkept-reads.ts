/**
 * Reads that keep nothing, for when memory may not be served: many readers of a key still share a fetch, but only one that
 * began after they asked. Joining a fetch already under way would hand out what AppFlow said before the read began, and a reset
 * may have been answered in between.
 */
export class UnkeptReads {
  readonly #running = new Map<string, Promise<unknown>>();
  readonly #next = new Map<string, Promise<unknown>>();

  /** Shares the next fetch of a key, which starts as soon as the one under way has ended. */
  read<V>(key: string, fetch: () => Promise<V>): Promise<V> {
    const next = this.#next.get(key);
    // A key belongs to one kind of metadata, so what is under way for it has the same type.
    if (next) return next as Promise<V>;
    const running = this.#running.get(key);
    if (!running) return this.#start(key, fetch);
    const queued = running.then(
      () => this.#startQueued(key, fetch),
      () => this.#startQueued(key, fetch),
    );
    this.#next.set(key, queued);
    return queued;
  }

  #startQueued<V>(key: string, fetch: () => Promise<V>): Promise<V> {
    this.#next.delete(key);
    return this.#start(key, fetch);
  }

  #start<V>(key: string, fetch: () => Promise<V>): Promise<V> {
    const running = fetch();
    this.#running.set(key, running);
    const end = () => {
      if (this.#running.get(key) === running) this.#running.delete(key);
    };
    running.then(end, end);
    return running;
  }
}
