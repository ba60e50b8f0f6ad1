import type { EntityDetails, EntityList, MetadataFreshness } from '../metadata/model.ts';
import type { MetadataRef, RefOf } from '../metadata/refs.ts';
import type { MetadataSource } from '../metadata/source.ts';
import type { CoherentCache } from './coherent-cache.ts';
import { createLoad, type Load } from './loaders.ts';
import type { ResetHistory } from './reset-history.ts';
import type { SharedWaits } from './shared-waits.ts';

/** The two ways of reading one kind of metadata: through the cache, and around it. */
export interface Reader<R extends MetadataRef, V> {
  readonly load: Load<R, V>;
  readonly fetch: Fetch<R, V>;
}

type Fetch<R, V> = (ref: R, signal: AbortSignal) => Promise<V>;

export interface ReadersOptions {
  readonly source: MetadataSource;
  readonly cache: CoherentCache;
  readonly waits: SharedWaits;
  readonly history: ResetHistory;
  readonly ttlMs: number;
  readonly directoryTtlMs: number;
}

export type Readers = ReturnType<typeof createReaders>;

/** Creates the readers of every kind, which differ only in what they call, how long it is kept and what is known of its age. */
export function createReaders({ source, cache, waits, history, ttlMs, directoryTtlMs }: ReadersOptions) {
  const directory = { cache, waits, ttlMs: directoryTtlMs };
  const metadata = { cache, waits, ttlMs, toKept: withExpiry(ttlMs), toStale };
  return {
    connectors: createReader((_: RefOf<'connectors'>, signal) => source.listConnectors(signal), directory),
    connector: createReader((ref: RefOf<'connector'>, signal) => source.describeConnector(ref, signal), directory),
    profiles: createReader((_: RefOf<'profiles'>, signal) => source.listProfiles(signal), directory),
    entities: createReader<RefOf<'entities'>, EntityList>(
      credited(history, (ref, signal) => source.listEntities(ref, signal)),
      metadata,
    ),
    entity: createReader<RefOf<'entity'>, EntityDetails>(
      credited(history, (ref, signal) => source.describeEntity(ref, signal)),
      metadata,
    ),
  };
}

interface ReaderOptions<V> {
  readonly cache: CoherentCache;
  readonly waits: SharedWaits;
  readonly ttlMs: number;
  /** What an answer says of itself once it is kept. */
  readonly toKept?: (answer: V) => V;
  /** What it says of itself when it is served past its time. */
  readonly toStale?: (answer: V) => V;
}

function createReader<R extends MetadataRef, V>(
  fetch: Fetch<R, V>,
  { toKept = answer => answer, ...options }: ReaderOptions<V>,
): Reader<R, V> {
  const fetchToKeep: Fetch<R, V> = async (ref, signal) => toKept(await fetch(ref, signal));
  return { fetch, load: createLoad({ ...options, fetch: fetchToKeep }) };
}

interface Fresh {
  readonly freshness: MetadataFreshness;
}

/** An answer that is kept says until when. */
function withExpiry(ttlMs: number) {
  return <V extends Fresh>(answer: V): V => {
    const expiresAt = new Date(answer.freshness.fetchedAt.getTime() + ttlMs);
    return { ...answer, freshness: { ...answer.freshness, expiresAt } };
  };
}

function toStale<V extends Fresh>(answer: V): V {
  return { ...answer, freshness: { ...answer.freshness, isStale: true } };
}

/** What is read after AppFlow was reset is complete up to that reset, however long AppFlow itself may cache. */
function credited<R extends MetadataRef, V extends Fresh>(history: ResetHistory, fetch: Fetch<R, V>): Fetch<R, V> {
  return async (ref, signal) => {
    const resetAt = history.lastResetOf(ref);
    const answer = await fetch(ref, signal);
    return resetAt === undefined ? answer : { ...answer, freshness: withCredit(answer.freshness, resetAt) };
  };
}

function withCredit(freshness: MetadataFreshness, resetAt: number): MetadataFreshness {
  const { fetchedAt, completeAsOf } = freshness;
  // Never later than the fetch itself, whatever the wall clock did in between.
  const credited = Math.min(Math.max(completeAsOf.getTime(), resetAt), fetchedAt.getTime());
  return { ...freshness, completeAsOf: new Date(credited) };
}
