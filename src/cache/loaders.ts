import DataLoader from 'dataloader';
import { keyOf, type MetadataRef } from '../metadata/refs.ts';
import type { CoherentCache } from './coherent-cache.ts';

/** Reads one kind of metadata through the cache. */
export type Load<R extends MetadataRef, V> = (ref: R) => Promise<V>;

export interface LoaderOptions<R extends MetadataRef, V> {
  readonly cache: CoherentCache;
  /** How long an answer may be served, counted from the start of its fetch. */
  readonly ttlMs: number;
  /** Reads from AppFlow. Shared by everyone who asks meanwhile, so it carries no caller's deadline or credentials. */
  readonly fetch: (ref: R) => Promise<V>;
}

/**
 * Creates a DataLoader whose memory is the coherent cache, for the life of the process and not of a request.
 *
 * `peek` comes before `load` because a DataLoader makes even a hit wait for the batch of its tick, so that a hot key would wait for a
 * stranger's cold one. AppFlow has no batch operations, hence `batch: false`.
 */
export function createLoad<R extends MetadataRef, V>({ cache, ttlMs, fetch }: LoaderOptions<R, V>): Load<R, V> {
  const memory = createCacheMap<R, V>(cache, ttlMs);
  const loader = new DataLoader<R, V, R>(refs => Promise.all(refs.map(ref => settle(fetch, ref))), {
    batch: false,
    cacheMap: memory,
  });
  return ref => memory.get(ref) ?? loader.load(ref);
}

/**
 * The cache as DataLoader wants to see it. Refs are its keys and become text here, so no `cacheKeyFn` is needed. `delete` and
 * `clear` are DataLoader's ways to forget by key; ours are the cache's own, by identity, so these do nothing and say so.
 */
function createCacheMap<R extends MetadataRef, V>(cache: CoherentCache, ttlMs: number) {
  return {
    // What a ref's key holds was put there by the loader of its kind, so the type is right.
    get: (ref: R) => cache.peek(keyOf(ref)) as Promise<V> | undefined,
    set: (ref: R, promise: Promise<V>) => cache.hold(keyOf(ref), ref, promise, ttlMs),
    delete: () => false,
    clear: () => undefined,
  };
}

/**
 * A failed fetch is a value of its batch and not the batch's rejection: a rejected batch makes DataLoader delete by key, which would
 * remove a newer entry after a reset.
 */
async function settle<R, V>(fetch: (ref: R) => Promise<V>, ref: R): Promise<V | Error> {
  try {
    return await fetch(ref);
  } catch (error) {
    return error instanceof Error ? error : new Error('A fetch failed without an error', { cause: error });
  }
}
