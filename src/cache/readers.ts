import type { EntityDetails, EntityList, MetadataFreshness } from '../metadata/model.ts';
import type { MetadataRef, RefOf } from '../metadata/refs.ts';
import type { MetadataSource } from '../metadata/source.ts';
import type { CoherentCache } from './coherent-cache.ts';
import { createLoad, type Load } from './loaders.ts';
import type { ResetHistory } from './reset-history.ts';

/** The two ways of reading one kind of metadata: through the cache, and around it. */
export interface Reader<R extends MetadataRef, V> {
  readonly load: Load<R, V>;
  readonly fetch: (ref: R) => Promise<V>;
}

export interface ReadersOptions {
  readonly source: MetadataSource;
  readonly cache: CoherentCache;
  readonly history: ResetHistory;
  readonly ttlMs: number;
  readonly directoryTtlMs: number;
}

export type Readers = ReturnType<typeof createReaders>;

/** Creates the readers of every kind, which differ only in what they call, how long it is kept and what is known of its age. */
export function createReaders({ source, cache, history, ttlMs, directoryTtlMs }: ReadersOptions) {
  const directory = { cache, ttlMs: directoryTtlMs };
  const metadata = { cache, ttlMs, toKept: withExpiry(ttlMs) };
  return {
    connectors: createReader((_: RefOf<'connectors'>) => source.listConnectors(), directory),
    connector: createReader((ref: RefOf<'connector'>) => source.describeConnector(ref), directory),
    profiles: createReader((_: RefOf<'profiles'>) => source.listProfiles(), directory),
    entities: createReader<RefOf<'entities'>, EntityList>(
      credited(history, ref => source.listEntities(ref)),
      metadata,
    ),
    entity: createReader<RefOf<'entity'>, EntityDetails>(
      credited(history, ref => source.describeEntity(ref)),
      metadata,
    ),
  };
}

interface ReaderOptions<V> {
  readonly cache: CoherentCache;
  readonly ttlMs: number;
  /** What an answer says of itself once it is kept. */
  readonly toKept?: (answer: V) => V;
}

function createReader<R extends MetadataRef, V>(
  fetch: (ref: R) => Promise<V>,
  { cache, ttlMs, toKept = answer => answer }: ReaderOptions<V>,
): Reader<R, V> {
  return { fetch, load: createLoad({ cache, ttlMs, fetch: async (ref: R) => toKept(await fetch(ref)) }) };
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

/** What is read after AppFlow was reset is complete up to that reset, however long AppFlow itself may cache. */
function credited<R extends MetadataRef, V extends Fresh>(history: ResetHistory, fetch: (ref: R) => Promise<V>) {
  return async (ref: R): Promise<V> => {
    const resetAt = history.lastResetOf(ref);
    const answer = await fetch(ref);
    return resetAt === undefined ? answer : { ...answer, freshness: withCredit(answer.freshness, resetAt) };
  };
}

function withCredit(freshness: MetadataFreshness, resetAt: number): MetadataFreshness {
  const { fetchedAt, completeAsOf } = freshness;
  // Never later than the fetch itself, whatever the wall clock did in between.
  const credited = Math.min(Math.max(completeAsOf.getTime(), resetAt), fetchedAt.getTime());
  return { ...freshness, completeAsOf: new Date(credited) };
}
