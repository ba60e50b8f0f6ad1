/**
 * Shares work among those who ask for it, but lets nobody join what was under way already: a caller gets the result of work that began
 * after the call. Joining earlier work would hand out what was true before the caller asked, and a reset may have been answered
 * in between.
 */
export class LaterFlights {
  readonly #running = new Map<string, Promise<unknown>>();
  readonly #next = new Map<string, Promise<unknown>>();

  /** The result of the next piece of work for a key, which starts as soon as the one under way has ended. */
  join<V>(key: string, work: () => Promise<V>): Promise<V> {
    const next = this.#next.get(key);
    // A key stands for one kind of work, so what waits for it has the same type.
    if (next) return next as Promise<V>;
    const running = this.#running.get(key);
    if (!running) return this.#start(key, work);
    const start = () => {
      this.drop(key, queued);
      return this.#start(key, work);
    };
    const queued: Promise<V> = running.then(start, start);
    this.#next.set(key, queued);
    return queued;
  }

  /** Lets nobody join this any more, because it is given up or has begun. What it waits for or does, goes on. */
  drop(key: string, flight: Promise<unknown>): void {
    if (this.#next.get(key) === flight) this.#next.delete(key);
  }

  #start<V>(key: string, work: () => Promise<V>): Promise<V> {
    const running = work();
    this.#running.set(key, running);
    const end = () => {
      if (this.#running.get(key) === running) this.#running.delete(key);
    };
    running.then(end, end);
    return running;
  }
}
