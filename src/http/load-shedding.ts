import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { shedChannel } from '../base/channels.ts';
import type { Clock } from '../base/clock.ts';
import { createDeferred } from '../base/deferred.ts';
import { HttpError, httpErrorCodes, toErrorBody } from './errors.ts';
import { requestIdOf } from './request-id.ts';
import { securityHeaders } from './security-headers.ts';

export interface LoadSheddingOptions {
  readonly clock: Clock;
  /** Requests under way at any one time. */
  readonly maxRequests: number;
  /** How long a request may have to wait until it begins, as far as can be told, before it is refused instead, in milliseconds. */
  readonly maxStartDelayMs: number;
}

/** So many may always wait: a single long stall is no overload. */
const leastWaiting = 8;

/** How long the requests of one round may keep the process from looking at its sockets, and so refusals from leaving. */
const roundMs = 5;

/** How much the last round counts beside those before it. */
const memory = 0.1;

const message = 'The gateway has more to do than it can; try again later.';
const body = toErrorBody('OVERLOADED', message);
/** `retry-after` in seconds. */
const headers = {
  ...securityHeaders,
  'content-type': 'application/json; charset=utf-8',
  'content-length': Buffer.byteLength(body),
  'retry-after': '1',
};

/**
 * Refuses requests that would have to wait too long, at once, so that those which are accepted do not become too late as well.
 *
 * What is answered from memory needs nothing but the processor, and would never be seen to be under way: Node would take a request from a socket,
 * answer it, and take the next, while the queue grows where nobody sees it. So requests begin in rounds, a few for each look at the
 * sockets, and the rest waits here, where it can be counted.
 */
export class LoadShedding {
  readonly #options: LoadSheddingOptions;
  readonly #waiting: (() => void)[] = [];
  #underWay = 0;
  #perRound = 1;
  #isRoundPlanned = false;
  /** What one request kept the process busy for, lately. */
  #msPerRequest = 0;

  constructor(options: LoadSheddingOptions) {
    this.#options = options;
  }

  /**
   * Refuses in front of Fastify, whose way from a request to an error costs several times as much: of a flood three times as large as what can be
   * answered, two thirds have to cost next to nothing.
   *
   * @param path Of the requests that may be refused; health is none of them.
   */
  guard(server: Server, path: string): void {
    const [answer] = server.listeners('request') as RequestListener[];
    if (answer === undefined) throw new Error('expected a server that answers requests');
    server.off('request', answer);
    server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
      if (this.#isOverloaded() && request.url?.startsWith(path)) refuse(request, response);
      else answer(request, response);
    });
  }

  /** Fulfils when the request may begin. */
  async admit(_request: FastifyRequest, { raw }: FastifyReply): Promise<void> {
    this.#underWay += 1;
    raw.once('close', () => {
      this.#underWay -= 1;
    });
    const { promise, resolve } = createDeferred<void>();
    this.#waiting.push(resolve);
    this.#planRound();
    await promise;
    // Whoever has gone meanwhile is not worth the work.
    if (raw.destroyed) throw new HttpError('OVERLOADED', message);
  }

  #isOverloaded(): boolean {
    const { maxRequests, maxStartDelayMs } = this.#options;
    if (this.#underWay >= maxRequests) return true;
    const waiting = this.#waiting.length;
    return waiting >= leastWaiting && waiting * this.#msPerRequest > maxStartDelayMs;
  }

  /** A round comes after the sockets have been looked at. What its requests do at once is done before the second of the two runs. */
  #planRound(): void {
    if (this.#isRoundPlanned) return;
    this.#isRoundPlanned = true;
    let begun = 0;
    let beganAt = 0;
    setImmediate(() => {
      beganAt = this.#options.clock.monotonicNow();
      begun = this.#beginRound();
    });
    setImmediate(() => this.#endRound(begun, this.#options.clock.monotonicNow() - beganAt));
  }

  #beginRound(): number {
    const begun = this.#waiting.splice(0, this.#perRound);
    for (const begin of begun) begin();
    return begun.length;
  }

  #endRound(begun: number, tookMs: number): void {
    this.#isRoundPlanned = false;
    this.#msPerRequest += (tookMs / begun - this.#msPerRequest) * memory;
    if (tookMs > roundMs) this.#perRound = Math.max(1, Math.floor(this.#perRound / 2));
    else if (begun === this.#perRound) this.#perRound += 1;
    if (this.#waiting.length > 0) this.#planRound();
  }
}

function refuse(request: IncomingMessage, response: ServerResponse): void {
  const requestId = requestIdOf(request);
  response.writeHead(httpErrorCodes.OVERLOADED.status, { ...headers, 'x-request-id': requestId });
  response.end(body);
  shedChannel.publish(() => ({ requestId }));
}
