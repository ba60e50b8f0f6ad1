import { type Appflow, AppflowServiceException } from '@aws-sdk/client-appflow';
import { type BulkheadPolicy, BulkheadRejectedError, bulkhead } from 'cockatiel';
import { upstreamCallChannel } from '../base/channels.ts';
import type { Clock } from '../base/clock.ts';
import { createDeferred } from '../base/deferred.ts';
import { MetadataError } from '../metadata/errors.ts';
import { toMetadataError } from './errors.ts';

/** Calls that may wait for their turn: the details of ten thousand entities, asked for at once. */
const waitingCalls = 10_000;

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

/** How the gateway calls AppFlow: in turn, within a deadline, each call published and each failure translated, once. */
export class AppflowCalls {
  readonly #options: AppflowCallsOptions;
  readonly #turns: BulkheadPolicy;

  constructor(options: AppflowCallsOptions) {
    this.#options = options;
    this.#turns = bulkhead(options.concurrency, waitingCalls);
  }

  /**
   * Calls one operation. Rejects with a `MetadataError`.
   *
   * @param operation AppFlow's name of it.
   */
  async call<R extends Response>(operation: string, send: Send<R>): Promise<R> {
    try {
      return await this.#turns.execute(() => this.#published(operation, () => this.#timely(operation, send)));
    } catch (error) {
      if (!(error instanceof BulkheadRejectedError)) throw error;
      throw new MetadataError('OVERLOADED', `${operation}: too many AppFlow calls are waiting already.`, {
        cause: error,
      });
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

  async #published<R extends Response>(operation: string, call: () => Promise<R>): Promise<R> {
    const { clock } = this.#options;
    const startedAt = clock.monotonicNow();
    const publish = (outcome: string, attempts: number, upstreamRequestId: string | null) =>
      upstreamCallChannel.publish(() => ({
        operation,
        durationMs: clock.monotonicNow() - startedAt,
        attempts,
        outcome,
        upstreamRequestId,
      }));
    try {
      const response = await call();
      publish('OK', response.$metadata.attempts ?? 1, response.$metadata.requestId ?? null);
      return response;
    } catch (error) {
      const { code, upstreamRequestId, cause } = toMetadataError(operation, error);
      publish(code, (cause instanceof AppflowServiceException && cause.$metadata.attempts) || 1, upstreamRequestId);
      throw error;
    }
  }
}
