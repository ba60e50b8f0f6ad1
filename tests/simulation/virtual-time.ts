/** Events run by one turn of Node's loop: enough to make the turn's own cost small. */
const eventsPerTurn = 64;

interface Event {
  readonly at: number;
  /** Events of one instant run in the order in which they were asked for. */
  readonly order: number;
  action: (() => void) | null;
}

/**
 * The real time of a simulated world, in milliseconds. It stands still while anybody has something to do and then jumps to the next event.
 *
 * Every event is a callback of `setImmediate`: between two of them Node runs all promise jobs and ticks there are, so that when an event
 * starts, whatever the one before it set off has come to rest. That makes a run the same every time.
 */
export class VirtualTime {
  readonly #heap: Event[] = [];
  #now = 0;
  #asked = 0;
  #isStopped = false;

  get now(): number {
    return this.#now;
  }

  /** Runs `action` once, `delayMs` from now; the returned function cancels. */
  after(delayMs: number, action: () => void): () => void {
    this.#asked += 1;
    const event: Event = { at: this.#now + Math.max(0, delayMs), order: this.#asked, action };
    this.#push(event);
    return () => {
      event.action = null;
    };
  }

  pause(delayMs: number): Promise<void> {
    return new Promise(resolve => {
      this.after(delayMs, resolve);
    });
  }

  stop(): void {
    this.#isStopped = true;
  }

  /** Runs the world until it is stopped or nothing is left to happen. Rejects with what an event throws. */
  run(): Promise<void> {
    return new Promise((resolve, reject) => {
      const step = () => {
        if (this.#isStopped) return;
        try {
          if (!this.#runNext()) this.stop();
        } catch (error) {
          this.stop();
          reject(error);
        }
      };
      const turn = () => {
        if (this.#isStopped) return resolve();
        for (let event = 0; event < eventsPerTurn; event += 1) setImmediate(step);
        setImmediate(turn);
      };
      turn();
    });
  }

  #runNext(): boolean {
    for (let event = this.#pop(); event; event = this.#pop()) {
      if (!event.action) continue;
      this.#now = event.at;
      event.action();
      return true;
    }
    return false;
  }

  #push(event: Event): void {
    const heap = this.#heap;
    let index = heap.push(event) - 1;
    while (index > 0) {
      const above = (index - 1) >> 1;
      const parent = heap[above];
      if (!parent || !isBefore(event, parent)) break;
      heap[index] = parent;
      index = above;
    }
    heap[index] = event;
  }

  #pop(): Event | undefined {
    const heap = this.#heap;
    const [first] = heap;
    const last = heap.pop();
    if (last && heap.length > 0) this.#sink(last);
    return first;
  }

  /** Puts an event in the place of the first one and lets it sink to where it belongs. */
  #sink(event: Event): void {
    const heap = this.#heap;
    let index = 0;
    for (;;) {
      const left = heap[2 * index + 1];
      const right = heap[2 * index + 2];
      if (!left) break;
      const [child, below] = right && isBefore(right, left) ? [right, 2 * index + 2] : [left, 2 * index + 1];
      if (!isBefore(child, event)) break;
      heap[index] = child;
      index = below;
    }
    heap[index] = event;
  }
}

function isBefore(a: Event, b: Event): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
