import { isMetadataError, type MetadataErrorCode } from '../metadata/errors.ts';
import type { MetadataRef, ResetRequest } from '../metadata/refs.ts';
import type { MetadataSource } from '../metadata/source.ts';
import { tagsOf, tagsReachedBy } from '../metadata/surrogate-tags.ts';

/** Cache tags that one request has collected. */
export interface SurrogateTags {
  /** Of everything its answer is built from. */
  readonly answer: Set<string>;
  /** Of everything its resets may have made old. */
  readonly purge: Set<string>;
}

/** Starts with none. */
export function createSurrogateTags(): SurrogateTags {
  return { answer: new Set(), purge: new Set() };
}

/** Failures of a reset after which AppFlow may have forgotten all the same. */
const uncertainOutcomes: readonly MetadataErrorCode[] = ['RESET_NOT_PROPAGATED', 'UPSTREAM_RESET_UNCERTAIN'];

/** The source, which notes what is asked of it: every way to metadata goes through it, so that no answer lacks a tag. What was not found counts, too. */
export function tagSource(source: MetadataSource, tags: SurrogateTags): MetadataSource {
  const note = (ref: MetadataRef) => addAll(tags.answer, tagsOf(ref));
  return {
    listConnectors() {
      note({ kind: 'connectors' });
      return source.listConnectors();
    },
    describeConnector(ref) {
      note({ ...ref, kind: 'connector' });
      return source.describeConnector(ref);
    },
    listProfiles() {
      note({ kind: 'profiles' });
      return source.listProfiles();
    },
    listEntities(ref) {
      note({ ...ref, kind: 'entities' });
      return source.listEntities(ref);
    },
    describeEntity(ref) {
      note({ ...ref, kind: 'entity' });
      return source.describeEntity(ref);
    },
    reset: request => resetAndNote(source, request, tags),
  };
}

async function resetAndNote(source: MetadataSource, request: ResetRequest, { purge }: SurrogateTags) {
  const purged = tagsReachedBy(request);
  try {
    const receipt = await source.reset(request);
    addAll(purge, purged);
    return receipt;
  } catch (error) {
    if (uncertainOutcomes.some(code => isMetadataError(error, code))) addAll(purge, purged);
    throw error;
  }
}

function addAll(set: Set<string>, values: readonly string[]): void {
  for (const value of values) set.add(value);
}
