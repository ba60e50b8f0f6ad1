import type { Clock } from '../../base/clock.ts';
import { createDeferred } from '../../base/deferred.ts';
import { noUsableAnswer } from './connector-refusal.ts';
import { type InvocationAnswer, invokeLambda } from './lambda-invocation.ts';
import { SourceApplicationError } from './source-application.ts';

/**
 * A custom connector's function behind its URL. It runs one invocation at a time, as the Lambda Runtime Interface Emulator does,
 * which turns a second one away: later ones wait for their turn, in order.
 */
export class LambdaFunction {
  readonly #url: URL;
  readonly #clock: Clock;
  readonly #closing = new AbortController();
  #lastTurn: Promise<void> = Promise.resolve();

  constructor(url: URL, clock: Clock) {
    this.#url = url;
    this.#clock = clock;
  }

  /**
   * The JSON the function answers an event with; its ten seconds count from its turn.
   *
   * @param event One of AppFlow's request objects, without explicit nulls.
   * @param startBy On the monotonic clock; when its turn comes later, the event is not sent any more.
   * @throws SourceApplicationError when the function cannot be invoked, or answers no JSON.
   */
  async invoke(event: object, startBy: number): Promise<unknown> {
    const turn = createDeferred<void>();
    const earlier = this.#lastTurn;
    this.#lastTurn = turn.promise;
    await earlier;
    try {
      if (this.#clock.monotonicNow() >= startBy) {
        throw new SourceApplicationError('The connector took too long: its function had no time for this invocation.');
      }
      const signal = this.#closing.signal;
      return toJson(await invokeLambda(this.#url, event, { clock: this.#clock, signal }));
    } finally {
      turn.resolve();
    }
  }

  /** Ends the invocation under way and lets none begin. */
  close(): void {
    this.#closing.abort();
  }
}

function toJson({ status, body }: InvocationAnswer): unknown {
  if (status === 400 && body === '') {
    throw new SourceApplicationError('The function of the connector is busy with another invocation.');
  }
  if (status !== 200) throw new SourceApplicationError(`The function of the connector failed (HTTP status ${status}).`);
  const timeout = /^Task timed out after [\d.]+ seconds/.exec(body.trim());
  if (timeout) throw new SourceApplicationError(`The function of the connector took too long: ${timeout[0]}.`);
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw noUsableAnswer('The function did not answer with JSON.', cause);
  }
}
