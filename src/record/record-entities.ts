import { isMetadataError, type MetadataErrorCode } from '../metadata/errors.ts';
import { type EntityNode, readEntityTree } from './entity-tree.ts';
import { forEachAtOnce } from './for-each-at-once.ts';
import type { Journal, JournalKey } from './journal.ts';
import type { PatientCalls } from './patient-calls.ts';
import { describeFields, type EntityPlace, type GroupedEntity, listEntities } from './read-appflow.ts';

/** Calls under way at any one time: AppFlow's control plane is throttled, and other people use it, too. */
export const callsAtOnce = 4;

/** The entities of a profile in one API version. Their fields are in the journal, under {@link fieldsKey}. */
export interface RecordedEntities {
  readonly place: EntityPlace;
  readonly tree: readonly EntityNode[];
}

export interface RecordEntitiesOptions {
  readonly calls: PatientCalls;
  readonly journal: Journal;
  /** Told what of an entity a catalogue cannot say. */
  readonly lose: (what: string, entity: string) => void;
  /** Told which entity, and what of it, could not be read for good. */
  readonly onUnread: (what: string, entity: string) => void;
  readonly onProgress: (read: number, all: number) => void;
}

/** Failures that concern one entity: the recording goes on without it. */
const ofOneEntity: readonly MetadataErrorCode[] = ['CONNECTOR_FAILED', 'NOT_FOUND', 'BAD_USER_INPUT'];

/** Reads a profile's entities and their fields, but for those that are in the journal already. */
export async function recordEntities(place: EntityPlace, options: RecordEntitiesOptions): Promise<RecordedEntities> {
  const tree = await readEntityTree({
    list: path => listOnce(place, path, options),
    atOnce: callsAtOnce,
    lose: options.lose,
  });
  const names = [...namesOf(tree)];
  let read = 0;
  await forEachAtOnce(names, callsAtOnce, async name => {
    await describeOnce(place, name, options);
    options.onProgress(++read, names.length);
  });
  return { place, tree };
}

/** Where the journal keeps the fields of an entity. */
export function fieldsKey({ profile, apiVersion }: EntityPlace, entity: string): JournalKey {
  return ['fields', profile, apiVersion ?? null, entity];
}

/** All names of a tree, in the order in which a catalogue writes them. */
export function* namesOf(tree: readonly EntityNode[]): Generator<string> {
  for (const { name, nested = [] } of tree) {
    yield name;
    yield* namesOf(nested);
  }
}

async function listOnce(
  place: EntityPlace,
  path: string | undefined,
  { calls, journal, onUnread }: RecordEntitiesOptions,
): Promise<readonly GroupedEntity[] | undefined> {
  const key = ['entities', place.profile, place.apiVersion ?? null, path ?? null];
  if (journal.has(key)) return (await journal.read(key)) as GroupedEntity[];
  try {
    const listed = await listEntities(calls, place, path);
    journal.write(key, listed);
    return listed;
  } catch (error) {
    // Without the top level there is nothing to record.
    if (path === undefined || !concernsOneEntity(error)) throw error;
    onUnread(`its nested entities (${error.message})`, path);
    return undefined;
  }
}

async function describeOnce(
  place: EntityPlace,
  entity: string,
  { calls, journal, onUnread }: RecordEntitiesOptions,
): Promise<void> {
  const key = fieldsKey(place, entity);
  if (journal.has(key)) return;
  try {
    journal.write(key, await describeFields(calls, place, entity));
  } catch (error) {
    if (!concernsOneEntity(error)) throw error;
    onUnread(`its fields (${error.message})`, entity);
  }
}

function concernsOneEntity(error: unknown): error is Error {
  return isMetadataError(error) && ofOneEntity.includes(error.code);
}
