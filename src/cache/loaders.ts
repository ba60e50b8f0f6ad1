import DataLoader from 'dataloader';
import { isMetadataError, type MetadataErrorCode } from '../metadata/errors.ts';
import { keyOf, type MetadataRef } from '../metadata/refs.ts';
import type { CoherentCache } from './coherent-cache.ts';
import type { SharedWaits } from './shared-waits.ts';

/** Reads one kind of metadata through the cache; waits until the signal is aborted. */
export type Load<R extends MetadataRef, V> = (ref: R, signal?: AbortSignal) => Promise<V>;

export interface LoaderOptions<R extends MetadataRef, V> {
  readonly cache: CoherentCache;
  readonly waits: SharedWaits;
  /** How long an answer may be served, counted from the start of its fetch. */
  readonly ttlMs: number;
  /** Reads from AppFlow. Shared by everyone who asks meanwhile, so its signal is nobody's own: it is aborted when nobody waits any more. */
  readonly fetch: (ref: R, signal: AbortSignal) => Promise<V>;
  /** Marks an answer past its time that is served because AppFlow failed. Absent: what cannot be marked is not served. */
  readonly toStale?: ((answer: V) => V) | undefined;
}

/** One fetch, by which DataLoader knows it: everything that is asked for meanwhile finds it in the cache. */
interface Flight<R> {
  readonly ref: R;
  readonly abort: AbortController;
}

/** Failures that say nothing about the metadata: AppFlow, the way to it or the application behind it was not there to be asked. */
const upstreamFailures: ReadonlySet<MetadataErrorCode> = new Set([
  'UPSTREAM_UNAVAILABLE',
  'UPSTREAM_TIMEOUT',
  'UPSTREAM_THROTTLED',
  'CONNECTOR_FAILED',
  'OVERLOADED',
]);

/**
 * Creates a DataLoader whose memory is the coherent cache, for the life of the process and not of a request.
 *
 * `peek` comes before `load` because a DataLoader makes even a hit wait for the batch of its tick, so that a hot key would wait for a
 * stranger's cold one. AppFlow has no batch operations, hence `batch: false`.
 */
export function createLoad<R extends MetadataRef, V>(options: LoaderOptions<R, V>): Load<R, V> {
  const { cache, waits } = options;
  const memory = createCacheMap<R, V>(options);
  const loader = new DataLoader<Flight<R>, V, Flight<R>>(
    flights => Promise.all(flights.map(flight => settle(options, flight))),
    { batch: false, cacheMap: memory },
  );
  return (ref, signal) => {
    const held = memory.get({ ref });
    if (held) return waits.wait(held, signal);
    const flight = { ref, abort: new AbortController() };
    const promise = loader.load(flight);
    waits.share(promise, () => {
      cache.drop(keyOf(ref), promise);
      flight.abort.abort();
    });
    return waits.wait(promise, signal);
  };
}

/**
 * The cache as DataLoader wants to see it. `delete` and `clear` are DataLoader's ways to forget by key; ours are the cache's own, by
 * identity, so these do nothing and say so.
 */
function createCacheMap<R extends MetadataRef, V>({ cache, ttlMs }: LoaderOptions<R, V>) {
  return {
    // What a ref's key holds was put there by the loader of its kind, so the type is right.
    get: ({ ref }: Pick<Flight<R>, 'ref'>) => cache.peek(keyOf(ref)) as Promise<V> | undefined,
    set: ({ ref }: Flight<R>, promise: Promise<V>) => cache.hold(keyOf(ref), ref, promise, ttlMs),
    delete: () => false,
    clear: () => undefined,
  };
}

/**
 * A failed fetch is a value of its batch and not the batch's rejection: a rejected batch makes DataLoader delete by key, which would
 * remove a newer entry after a reset.
 */
async function settle<R extends MetadataRef, V>(
  { fetch, cache, toStale }: LoaderOptions<R, V>,
  { ref, abort: { signal } }: Flight<R>,
): Promise<V | Error> {
  try {
    return await fetch(ref, signal);
  } catch (error) {
    const isUpstreams = !signal.aborted && isMetadataError(error) && upstreamFailures.has(error.code);
    const last = isUpstreams && toStale && cache.recall(keyOf(ref), toStale);
    if (last) return last;
    return error instanceof Error ? error : new Error('A fetch failed without an error', { cause: error });
  }
}
