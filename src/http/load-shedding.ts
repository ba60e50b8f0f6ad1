import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../base/clock.ts';
import { createDeferred } from '../base/deferred.ts';
import { HttpError } from './errors.ts';

export interface LoadSheddingOptions {
  readonly clock: Clock;
  /** Requests under way at any one time. */
  readonly maxRequests: number;
  /** How long the oldest of the requests that have not begun may have waited before new ones are refused, in milliseconds. */
  readonly maxStartDelayMs: number;
}

/** So many may always wait: a single long stall is no overload. */
const leastWaiting = 8;

/** How long the requests of one round may keep the process from looking at its sockets, and so refusals from leaving. */
const roundMs = 5;

/** When a client should try again, in seconds. */
const retryAfterSeconds = 1;

/**
 * Refuses requests that would have to wait too long, at once, so that those which are accepted do not become too late as well.
 *
 * What is answered from memory needs nothing but the processor, and would never be seen to be under way: Node would take a request from a socket,
 * answer it, and take the next, while the queue grows where nobody sees it. So requests begin in rounds, a few for each look at the
 * sockets, and the rest waits here, where it can be counted.
 */
export class LoadShedding {
  readonly #options: LoadSheddingOptions;
  readonly #waiting: { readonly since: number; readonly begin: () => void }[] = [];
  #underWay = 0;
  #perRound = 1;
  #begunInRound = 0;
  #isRoundPlanned = false;
  #roundBeganAt = 0;

  constructor(options: LoadSheddingOptions) {
    this.#options = options;
  }

  /** Fulfils when the request may begin. Throws `OVERLOADED` when it had better not. */
  async admit(_request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (this.#isOverloaded()) throw toOverloaded();
    this.#underWay += 1;
    reply.raw.once('close', () => {
      this.#underWay -= 1;
    });
    await this.#turn();
    // Whoever has gone meanwhile is not worth the work.
    if (reply.raw.destroyed) throw toOverloaded();
  }

  #isOverloaded(): boolean {
    const { clock, maxRequests, maxStartDelayMs } = this.#options;
    if (this.#underWay >= maxRequests) return true;
    const [oldest] = this.#waiting;
    return (
      oldest !== undefined &&
      this.#waiting.length >= leastWaiting &&
      clock.monotonicNow() - oldest.since > maxStartDelayMs
    );
  }

  #turn(): Promise<void> | undefined {
    this.#planRound();
    if (this.#waiting.length === 0 && this.#begunInRound < this.#perRound) {
      this.#begunInRound += 1;
      return undefined;
    }
    const { promise, resolve } = createDeferred<void>();
    this.#waiting.push({ since: this.#options.clock.monotonicNow(), begin: resolve });
    return promise;
  }

  #planRound(): void {
    if (this.#isRoundPlanned) return;
    this.#isRoundPlanned = true;
    this.#roundBeganAt = this.#options.clock.monotonicNow();
    setImmediate(() => this.#beginRound());
  }

  /** Comes after the sockets have been looked at. As many begin as fitted into the time of the last round. */
  #beginRound(): void {
    const tookMs = this.#options.clock.monotonicNow() - this.#roundBeganAt;
    if (tookMs > roundMs) this.#perRound = Math.max(1, Math.floor(this.#perRound / 2));
    else if (this.#begunInRound >= this.#perRound) this.#perRound += 1;
    this.#isRoundPlanned = false;
    const begun = this.#waiting.splice(0, this.#perRound);
    this.#begunInRound = begun.length;
    if (begun.length > 0) this.#planRound();
    for (const { begin } of begun) begin();
  }
}

function toOverloaded(): HttpError {
  const headers = { 'retry-after': String(retryAfterSeconds) };
  return new HttpError('OVERLOADED', 'The gateway has more to do than it can; try again later.', headers);
}
