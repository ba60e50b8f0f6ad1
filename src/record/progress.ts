import type { Clock } from '../base/clock.ts';

/** Where progress is shown: a terminal's line is written over, anything else gets a line now and then. */
export interface ProgressStream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

/** Between two lines of what is not news: on a terminal, and in a log. */
const terminalPaceMs = 100;
const logPaceMs = 10_000;

/** Says how far a recording is. */
export class Progress {
  readonly #stream: ProgressStream;
  readonly #clock: Clock;
  #nextAt = 0;
  /** Whether the terminal's line holds something passing. */
  #dirty = false;

  constructor(stream: ProgressStream, clock: Clock) {
    this.#stream = stream;
    this.#clock = clock;
  }

  /** Says something that is to stay. */
  say(sentence: string): void {
    this.clear();
    this.#stream.write(`${sentence}\n`);
  }

  /** Says how far it is; most of these are passed over, for the next one says it better. */
  update(state: string): void {
    const now = this.#clock.monotonicNow();
    if (now < this.#nextAt) return;
    this.#nextAt = now + (this.#stream.isTTY ? terminalPaceMs : logPaceMs);
    if (!this.#stream.isTTY) this.#stream.write(`${state}\n`);
    else this.#stream.write(`\r\u001b[K${state.slice(0, (this.#stream.columns ?? 80) - 1)}`);
    this.#dirty = this.#stream.isTTY ?? false;
  }

  /** Takes the passing line away. */
  clear(): void {
    if (this.#dirty) this.#stream.write('\r\u001b[K');
    this.#dirty = false;
  }
}
