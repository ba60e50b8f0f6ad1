import type { Clock } from '../../base/clock.ts';
import { createDeferred } from '../../base/deferred.ts';
import { noUsableAnswer } from './connector-refusal.ts';
import { type InvocationAnswer, invokeLambda } from './lambda-invocation.ts';
import { SourceApplicationError } from './source-application.ts';

/** Until a function that turned an invocation away is asked again. */
const busyPauseMs = 200;

/**
 * A custom connector's function behind its URL. It runs one invocation at a time, as the Lambda Runtime Interface Emulator does,
 * which turns a second one away: later ones wait for their turn, in order. A function knows nothing of an invocation having been
 * given up, and somebody else may use it: one that is busy is asked again.
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
   * @param startBy On the monotonic clock; when its turn comes later, the event is not sent any more, nor again to a busy function.
   * @throws SourceApplicationError when the function cannot be invoked, stays busy, or answers no JSON.
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
      return toJson(await this.#invokeOnceFree(event, startBy));
    } finally {
      turn.resolve();
    }
  }

  /** Ends the invocation under way and lets none begin. */
  close(): void {
    this.#closing.abort();
  }

  async #invokeOnceFree(event: object, startBy: number): Promise<InvocationAnswer> {
    const [clock, { signal }] = [this.#clock, this.#closing];
    for (;;) {
      const answer = await invokeLambda(this.#url, event, { clock, signal });
      if (!isBusy(answer) || clock.monotonicNow() + busyPauseMs >= startBy) return answer;
      await pauseUnless(signal, busyPauseMs, clock);
    }
  }
}

/** What the emulator answers while an invocation is under way. */
function isBusy({ status, body }: InvocationAnswer): boolean {
  return status === 400 && body === '';
}

/** Fulfils after that time, or at once when the signal is given. */
async function pauseUnless(signal: AbortSignal, delayMs: number, clock: Clock): Promise<void> {
  const { promise, resolve } = createDeferred<void>();
  const goOn = () => resolve();
  const stopTimer = clock.setTimer(delayMs, goOn);
  signal.addEventListener('abort', goOn);
  await promise;
  stopTimer();
  signal.removeEventListener('abort', goOn);
}

function toJson(answer: InvocationAnswer): unknown {
  const { status, body } = answer;
  if (isBusy(answer)) {
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
