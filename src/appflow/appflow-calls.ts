import type { Appflow } from '@aws-sdk/client-appflow';
import { type BulkheadPolicy, BulkheadRejectedError, bulkhead } from 'cockatiel';
import { upstreamCallBegunChannel, upstreamCallChannel } from '../base/channels.ts';
import type { Clock } from '../base/clock.ts';
import { countForRequest, requestScope } from '../base/request-scope.ts';
import { type UpstreamCall, upstreamCallScope } from '../base/upstream-call.ts';
import { MetadataError } from '../metadata/errors.ts';
import type { CircuitBreaker } from './circuit-breaker.ts';
import { endBy } from './end-by.ts';
import { toMetadataError } from './errors.ts';
import { ProfileLanes } from './profile-lanes.ts';

/** Calls that may wait for their turn: the details of ten thousand entities, asked for at once. */
const waitingCalls = 10_000;

/** How long a call waits for its turn: longer than that, and whoever asked has given up. */
const longestWaitMs = 30_000;

/** Resets under way at any one time. They have turns of their own: a reset must not wait behind the reads it makes obsolete. */
export const resetConcurrency = 4;

export interface AppflowCallsOptions {
  readonly client: Appflow;
  readonly clock: Clock;
  /** Deadline of one call from its turn to the last byte of its body, retries included, in milliseconds. */
  readonly timeoutMs: number;
  /** Reads under way at any one time; those of one profile are half of it at most. */
  readonly concurrency: number;
}

interface Response {
  readonly $metadata: { readonly attempts?: number | undefined; readonly requestId?: string | undefined };
}

/** Sends one operation: `(appflow, options) => appflow.listConnectors({}, options)`. */
export type Send<R> = (appflow: Appflow, options: { readonly abortSignal: AbortSignal }) => Promise<R>;

export type Lane = 'reads' | 'resets';

export interface CallOptions {
  /** Default `reads`. */
  readonly lane?: Lane;
  /** The profile, or the connector where none is needed, that the call is about: its failures are that one's own. Absent: the account's. */
  readonly of?: { readonly connectorProfileName?: string | undefined; readonly connectorType?: string | undefined };
  /** Gives the call up when nobody wants its answer any more. */
  readonly signal?: AbortSignal | undefined;
}

interface Turns {
  readonly all: BulkheadPolicy;
  readonly ofProfiles: ProfileLanes;
}

interface Call<R> {
  readonly operation: string;
  readonly send: Send<R>;
  readonly signal: AbortSignal | undefined;
}

/** Published as the outcome of a call that was given up because nobody waited for it any more. */
const givenUp = 'GIVEN_UP';

class GivenUpError extends MetadataError {
  constructor(operation: string) {
    super('UPSTREAM_TIMEOUT', `${operation}: nobody waits for the answer any more.`);
  }
}

/**
 * How the gateway calls AppFlow: in turn, within a deadline, each call published and each failure translated, once. A profile whose calls
 * fail, hang or are throttled keeps neither the turns of the others nor their callers waiting.
 */
export class AppflowCalls {
  readonly #options: AppflowCallsOptions;
  readonly #turns: Readonly<Record<Lane, Turns>>;

  constructor(options: AppflowCallsOptions) {
    this.#options = options;
    this.#turns = {
      reads: createTurns(options.clock, options.concurrency),
      resets: createTurns(options.clock, resetConcurrency),
    };
  }

  /**
   * Calls one operation. Rejects with a `MetadataError`.
   *
   * @param operation AppFlow's name of it.
   */
  call<R extends Response>(
    operation: string,
    send: Send<R>,
    { lane = 'reads', of = {}, signal }: CallOptions = {},
  ): Promise<R> {
    const { all, ofProfiles } = this.#turns[lane];
    const call = { operation, send, signal };
    return ofProfiles.use(nameOf(of), async ({ turns, breaker }) => {
      // Somebody asked for a reset, which may do what reads failed at; a pause that AppFlow asked for, it respects.
      const check = () => (lane === 'resets' ? breaker.checkPause(operation) : breaker.check(operation));
      check();
      return await this.#inTurn(call, [turns, all], () => {
        check();
        return this.#watched(breaker, () => this.#published(operation, () => this.#timely(call)));
      });
    });
  }

  /** The deadline starts with the turn; waiting for it has a limit of its own. */
  async #inTurn<R>(
    { operation, signal }: Call<R>,
    [first, second]: readonly [BulkheadPolicy, BulkheadPolicy],
    work: () => Promise<R>,
  ) {
    const limits = {
      clock: this.#options.clock,
      timeoutMs: longestWaitMs,
      toTimeout: () =>
        new MetadataError('OVERLOADED', `${operation}: no turn at AppFlow came free within ${longestWaitMs} ms.`),
      signal,
      toGivenUp: () => new GivenUpError(operation),
    };
    try {
      return await endBy(limits, ending => {
        const takeTurn = () => {
          ending.stopTimer();
          return work();
        };
        return first.execute(() => second.execute(takeTurn, ending.signal), ending.signal);
      });
    } catch (error) {
      if (!(error instanceof BulkheadRejectedError)) throw error;
      throw new MetadataError('OVERLOADED', `${operation}: too many AppFlow calls are waiting already.`, {
        cause: error,
      });
    }
  }

  async #watched<R>(breaker: CircuitBreaker, work: () => Promise<R>): Promise<R> {
    const { ended } = breaker.begin();
    try {
      const response = await work();
      ended('ANSWERED');
      return response;
    } catch (error) {
      const isGivenUp = error instanceof GivenUpError || !(error instanceof MetadataError);
      ended(isGivenUp ? 'GIVEN_UP' : error);
      throw error;
    }
  }

  /** The SDK's own request timeout does not cover a body that stalls. */
  async #timely<R>({ operation, send, signal }: Call<R>): Promise<R> {
    const { client, clock, timeoutMs } = this.#options;
    const toTimeout = () =>
      new MetadataError('UPSTREAM_TIMEOUT', `${operation}: AppFlow did not answer within ${timeoutMs} ms.`);
    const toGivenUp = () => new GivenUpError(operation);
    try {
      return await endBy({ clock, timeoutMs, toTimeout, signal, toGivenUp }, ending =>
        send(client, { abortSignal: ending.signal }),
      );
    } catch (error) {
      throw toMetadataError(operation, error);
    }
  }

  async #published<R extends Response>(operation: string, work: () => Promise<R>): Promise<R> {
    const { clock } = this.#options;
    const call: UpstreamCall = { operation, request: requestScope.getStore() };
    const startedAt = clock.monotonicNow();
    const publish = (outcome: string, attempts: number, upstreamRequestId: string | null) =>
      upstreamCallChannel.publish(() => ({
        call,
        durationMs: clock.monotonicNow() - startedAt,
        attempts,
        outcome,
        upstreamRequestId,
      }));
    countForRequest('upstreamCalls');
    upstreamCallBegunChannel.publish(() => call);
    try {
      const response = await upstreamCallScope.run(call, work);
      publish('OK', response.$metadata.attempts ?? 1, response.$metadata.requestId ?? null);
      return response;
    } catch (error) {
      const { code, upstreamCalls, upstreamRequestId } = toMetadataError(operation, error);
      publish(error instanceof GivenUpError ? givenUp : code, upstreamCalls ?? 1, upstreamRequestId);
      throw error;
    }
  }
}

function createTurns(clock: Clock, concurrency: number): Turns {
  return {
    all: bulkhead(concurrency, waitingCalls),
    ofProfiles: new ProfileLanes({ clock, turns: concurrency, waiting: waitingCalls }),
  };
}

/** A profile and a connector type may have the same name. */
function nameOf({ connectorProfileName, connectorType }: NonNullable<CallOptions['of']>): string {
  if (connectorProfileName !== undefined) return `profile ${connectorProfileName}`;
  return connectorType === undefined ? '' : `connector ${connectorType}`;
}
