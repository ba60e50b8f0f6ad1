import type { Clock } from '../base/clock.ts';
import { countForRequest } from '../base/request-scope.ts';
import type { MetadataCacheStatus } from '../metadata/cache-status.ts';
import { isMetadataError, MetadataError, type MetadataErrorCode } from '../metadata/errors.ts';
import {
  type ConnectorRef,
  type EntityDetailsRef,
  type EntityListRef,
  keyOf,
  type MetadataRef,
  type ResetRequest,
  scopeOf,
} from '../metadata/refs.ts';
import type { MetadataSource, ResetReceipt } from '../metadata/source.ts';
import type { Coherence } from './coherence.ts';
import type { CoherentCache } from './coherent-cache.ts';
import { LaterFlights } from './later-flights.ts';
import { publishReset, type ResetTally } from './publish-reset.ts';
import { createReaders, type Reader, type Readers } from './readers.ts';
import { ResetHistory } from './reset-history.ts';
import { SharedWaits, toTimeUp, waitUntil } from './shared-waits.ts';

export interface CachedSourceOptions {
  /** What is cached: AppFlow. */
  readonly source: MetadataSource;
  /** Shared with `coherence`, which clears it when other replicas reset. */
  readonly cache: CoherentCache;
  readonly coherence: Coherence;
  readonly clock: Clock;
  /** How long entity names and details may be served, in milliseconds from the start of their fetch; at most AppFlow's own hour. */
  readonly ttlMs: number;
  /** The same for connectors and profiles, which AppFlow does not cache: short, so that a new profile shows soon. */
  readonly directoryTtlMs: number;
}

/** Failures after which it is unknown whether AppFlow carried the reset out. Every other one is a refusal. */
const uncertainOutcomes: ReadonlySet<MetadataErrorCode> = new Set(['UPSTREAM_TIMEOUT', 'UPSTREAM_UNAVAILABLE']);

/**
 * A `MetadataSource` with a coherent cache in front of another one: every read goes through a DataLoader whose memory is the
 * cache, and a reset is answered only when nobody can read what was there before.
 */
export class CachedSource implements MetadataSource {
  readonly #options: CachedSourceOptions;
  readonly #history = new ResetHistory();
  readonly #unkept = new LaterFlights();
  readonly #waits = new SharedWaits();
  readonly #readers: Readers;
  readonly #running = new Set<Promise<ResetReceipt>>();
  #resets = 0;
  #unkeptReads = 0;

  constructor(options: CachedSourceOptions) {
    this.#options = options;
    this.#readers = createReaders({ ...options, history: this.#history, waits: this.#waits });
  }

  listConnectors(signal?: AbortSignal) {
    return this.#read(this.#readers.connectors, { kind: 'connectors' }, signal);
  }

  describeConnector({ connectorType, connectorLabel }: ConnectorRef, signal?: AbortSignal) {
    return this.#read(this.#readers.connector, { kind: 'connector', connectorType, connectorLabel }, signal);
  }

  listProfiles(signal?: AbortSignal) {
    return this.#read(this.#readers.profiles, { kind: 'profiles' }, signal);
  }

  listEntities(ref: EntityListRef, signal?: AbortSignal) {
    return this.#read(this.#readers.entities, { ...ref, kind: 'entities' }, signal);
  }

  describeEntity(ref: EntityDetailsRef, signal?: AbortSignal) {
    return this.#read(this.#readers.entity, { ...ref, kind: 'entity' }, signal);
  }

  /** Goes on when its caller has gone or is out of time: AppFlow may have been reset by then, and the other replicas have to hear of it. */
  reset(request: ResetRequest, signal?: AbortSignal): Promise<ResetReceipt> {
    if (signal?.aborted) return Promise.reject(toTimeUp(signal));
    const reset = publishReset(this.#options.clock, request, tally => this.#reset(request, tally));
    this.#running.add(reset);
    const forget = () => this.#running.delete(reset);
    reset.then(forget, forget);
    return signal ? waitUntil(reset, signal, () => toUnawaitedReset(signal)) : reset;
  }

  /** Fulfils when every reset under way has ended, one way or the other: its client may have gone, the others have to hear of it. */
  async settleResets(): Promise<void> {
    await Promise.allSettled(this.#running);
  }

  /** What this process holds right now. */
  status(): MetadataCacheStatus {
    const { cache, coherence, ttlMs } = this.#options;
    const counts = { ttlSeconds: ttlMs / 1000, unkept: this.#unkeptReads, resets: this.#resets };
    return { ...cache.status(), ...coherence.status(), ...counts };
  }

  /**
   * The reset protocol, in the order that makes the promise hold: upstream first, because a reader that refilled a cleared cache
   * from a still-stale AppFlow would bring the old answer back; then our memory; then the other replicas; then our memory again,
   * because this replica skips its own record when it reads the log, and so holds nothing from before it.
   *
   * A refusal clears nothing. When AppFlow's answer was lost everything in scope is cleared all the same, and the caller is told.
   */
  async #reset(request: ResetRequest, tally: ResetTally): Promise<ResetReceipt> {
    const { cache, coherence, clock } = this.#options;
    const upstream = await this.#resetUpstream(request);
    const upstreamDoneAt = clock.monotonicNow();
    tally.clearedEntries += cache.clear(request);
    const announcement = await coherence.announce(request);
    tally.clearedEntries += cache.clear(request);
    const reached = await announcement.delivered();
    if (upstream instanceof MetadataError) throw toUncertainReset(upstream);
    this.#resets += 1;
    const coherenceMs = clock.monotonicNow() - upstreamDoneAt;
    return { ...upstream, ...tally, scope: scopeOf(request), coherence: reached, coherenceMs };
  }

  /** AppFlow's receipt; or its error, where the reset may have happened none the less. */
  async #resetUpstream(request: ResetRequest): Promise<ResetReceipt | MetadataError> {
    const sentAt = this.#options.clock.wallNow();
    try {
      const receipt = await this.#options.source.reset(request);
      this.#history.record(request, sentAt);
      return receipt;
    } catch (error) {
      if (isMetadataError(error) && mayHaveHappened(error)) return error;
      throw error;
    }
  }

  #read<R extends MetadataRef, V>(reader: Reader<R, V>, ref: R, signal: AbortSignal | undefined): Promise<V> {
    if (signal?.aborted) return Promise.reject(toTimeUp(signal));
    const admission = this.#options.coherence.admit();
    if (admission === 'SERVE') return reader.load(ref, signal);
    if (admission === 'FETCH') return this.#readUnkept(reader, ref, signal);
    return admission.then(late => {
      if (signal?.aborted) throw toTimeUp(signal);
      return late === 'SERVE' ? reader.load(ref, signal) : this.#readUnkept(reader, ref, signal);
    });
  }

  #readUnkept<R extends MetadataRef, V>(reader: Reader<R, V>, ref: R, signal: AbortSignal | undefined): Promise<V> {
    this.#unkeptReads += 1;
    countForRequest('unkept');
    const { promise, abandon } = this.#joinUnkept(reader, ref);
    this.#waits.share(promise, abandon);
    return this.#waits.wait(promise, signal);
  }

  /** `abandon` counts only for the caller whose fetch it is; the others join a promise that is shared already. */
  #joinUnkept<R extends MetadataRef, V>({ fetch }: Reader<R, V>, ref: R) {
    const abort = new AbortController();
    const promise = this.#unkept.join(keyOf(ref), () => fetch(ref, abort.signal));
    const abandon = () => {
      this.#unkept.drop(keyOf(ref), promise);
      abort.abort();
    };
    return { promise, abandon };
  }
}

/**
 * A refusal is certain only when it answered the first attempt: one before it may have been carried out, and its answer lost. Throttling is
 * taken at its word, because it is what throttled attempts end with.
 */
function mayHaveHappened({ code, upstreamCalls }: MetadataError): boolean {
  return uncertainOutcomes.has(code) || (code !== 'UPSTREAM_THROTTLED' && (upstreamCalls ?? 1) > 1);
}

/** Whether it succeeds, the log will say. */
function toUnawaitedReset({ reason }: AbortSignal): MetadataError {
  const why = reason instanceof Error ? reason.message : 'The request is over.';
  const message = `${why} The reset goes on; reset again to be certain of it.`;
  return new MetadataError('UPSTREAM_RESET_UNCERTAIN', message, { cause: reason });
}

function toUncertainReset(cause: MetadataError): MetadataError {
  const message = `AppFlow's answer to the reset was lost (${cause.message}). The gateway's own caches are clear of what it reaches; reset again to be certain of AppFlow's.`;
  const { upstreamRequestId, retryAfterMs } = cause;
  return new MetadataError('UPSTREAM_RESET_UNCERTAIN', message, {
    cause,
    upstreamRequestId: upstreamRequestId ?? undefined,
    retryAfterMs: retryAfterMs ?? undefined,
  });
}
