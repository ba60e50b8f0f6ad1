import type { Appflow } from '@aws-sdk/client-appflow';
import { type BulkheadPolicy, BulkheadRejectedError, bulkhead } from 'cockatiel';
import { upstreamCallBegunChannel, upstreamCallChannel } from '../base/channels.ts';
import type { Clock } from '../base/clock.ts';
import { createDeferred } from '../base/deferred.ts';
import { countForRequest, requestScope } from '../base/request-scope.ts';
import { type UpstreamCall, upstreamCallScope } from '../base/upstream-call.ts';
import { MetadataError } from '../metadata/errors.ts';
import { toMetadataError } from './errors.ts';

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
  /** Calls under way at any one time. */
  readonly concurrency: number;
}

interface Response {
  readonly $metadata: { readonly attempts?: number | undefined; readonly requestId?: string | undefined };
}

/** Sends one operation: `(appflow, options) => appflow.listConnectors({}, options)`. */
export type Send<R> = (appflow: Appflow, options: { readonly abortSignal: AbortSignal }) => Promise<R>;

export type Lane = 'reads' | 'resets';

/** How the gateway calls AppFlow: in turn, within a deadline, each call published and each failure translated, once. */
export class AppflowCalls {
  readonly #options: AppflowCallsOptions;
  readonly #lanes: Readonly<Record<Lane, BulkheadPolicy>>;

  constructor(options: AppflowCallsOptions) {
    this.#options = options;
    this.#lanes = {
      reads: bulkhead(options.concurrency, waitingCalls),
      resets: bulkhead(resetConcurrency, waitingCalls),
    };
  }

  /**
   * Calls one operation. Rejects with a `MetadataError`.
   *
   * @param operation AppFlow's name of it.
   */
  call<R extends Response>(operation: string, send: Send<R>, lane: Lane = 'reads'): Promise<R> {
    return this.#inTurn(operation, lane, () => this.#published(operation, () => this.#timely(operation, send)));
  }

  /** The deadline starts with the turn; waiting for it has a limit of its own. */
  async #inTurn<R>(operation: string, lane: Lane, work: () => Promise<R>): Promise<R> {
    const abort = new AbortController();
    const patience = createDeferred<never>();
    const cancel = this.#options.clock.setTimer(longestWaitMs, () => {
      patience.reject(
        new MetadataError('OVERLOADED', `${operation}: no turn at AppFlow came free within ${longestWaitMs} ms.`),
      );
      abort.abort();
    });
    const takeTurn = () => {
      cancel();
      return work();
    };
    try {
      return await Promise.race([this.#lanes[lane].execute(takeTurn, abort.signal), patience.promise]);
    } catch (error) {
      if (!(error instanceof BulkheadRejectedError)) throw error;
      throw new MetadataError('OVERLOADED', `${operation}: too many AppFlow calls are waiting already.`, {
        cause: error,
      });
    } finally {
      cancel();
    }
  }

  /**
   * Races the call with its deadline: an abort alone would not end a retry's pause or a slow look for credentials, and the SDK's own
   * request timeout does not cover a body that stalls.
   */
  async #timely<R>(operation: string, send: Send<R>): Promise<R> {
    const { client, clock, timeoutMs } = this.#options;
    const abort = new AbortController();
    const deadline = createDeferred<never>();
    const cancel = clock.setTimer(timeoutMs, () => {
      deadline.reject(
        new MetadataError('UPSTREAM_TIMEOUT', `${operation}: AppFlow did not answer within ${timeoutMs} ms.`),
      );
      abort.abort();
    });
    try {
      return await Promise.race([send(client, { abortSignal: abort.signal }), deadline.promise]);
    } catch (error) {
      throw toMetadataError(operation, error);
    } finally {
      cancel();
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
      publish(code, upstreamCalls ?? 1, upstreamRequestId);
      throw error;
    }
  }
}
