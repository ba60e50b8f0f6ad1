import type { Clock } from '../base/clock.ts';
import type { ResetRequest } from '../metadata/refs.ts';
import type { ResetLog } from './reset-log.ts';

export interface LateAppendsOptions {
  readonly log: ResetLog;
  readonly clock: Clock;
  /** This replica's name in the log. */
  readonly member: string;
  /** Between two rounds, in milliseconds. */
  readonly leaseMs: number;
}

/**
 * Resets that AppFlow has carried out and the log has not heard of. Their mutations have failed, but the others should hear of them as soon as
 * they can. Each is there once, however often it failed.
 */
export class LateAppends {
  readonly #options: LateAppendsOptions;
  readonly #waiting = new Map<string, ResetRequest>();
  #cancelTimer: (() => void) | undefined;

  constructor(options: LateAppendsOptions) {
    this.#options = options;
  }

  add(reset: ResetRequest): void {
    this.#waiting.set(JSON.stringify(reset), reset);
    this.#schedule();
  }

  /** For a reset that is in the log by now. */
  drop(reset: ResetRequest): void {
    this.#waiting.delete(JSON.stringify(reset));
  }

  close(): void {
    this.#cancelTimer?.();
    this.#waiting.clear();
  }

  #schedule(): void {
    if (this.#waiting.size === 0) return;
    const { clock, leaseMs } = this.#options;
    this.#cancelTimer ??= clock.setTimer(leaseMs, async () => {
      await this.#appendAll();
      this.#cancelTimer = undefined;
      this.#schedule();
    });
  }

  /** One after the other, up to the first that fails: the others would, too. */
  async #appendAll(): Promise<void> {
    const { log, member } = this.#options;
    for (const reset of [...this.#waiting.values()]) {
      const isAppended = await log.append(reset, member).then(
        () => true,
        () => false,
      );
      if (!isAppended) return;
      this.drop(reset);
    }
  }
}
