/** Requests held back under one plan, and how all of them are let go. */
export class HeldRequests {
  readonly #held = new Set<() => void>();
  #isReleased = false;

  get count(): number {
    return this.#held.size;
  }

  /**
   * Fulfils once the requests are released, or earlier when `start` has it so.
   *
   * @param start Begins whatever else may end the wait, by calling `letGo`; returns what undoes that beginning.
   */
  hold(start: (letGo: () => void) => () => void): Promise<void> {
    if (this.#isReleased) return Promise.resolve();
    return new Promise(resolve => {
      const letGo = () => {
        this.#held.delete(letGo);
        stop();
        resolve();
      };
      this.#held.add(letGo);
      const stop = start(letGo);
    });
  }

  /** For good: nothing is held from now on. */
  release(): void {
    this.#isReleased = true;
    for (const letGo of [...this.#held]) letGo();
  }
}
