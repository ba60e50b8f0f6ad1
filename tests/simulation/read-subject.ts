import { isMetadataError } from '../../src/metadata/errors.ts';
import type { MetadataSource } from '../../src/metadata/source.ts';
import { type Subject, subjects } from './subjects.ts';

/** Reads a subject as a client would and says which version came: that of the answer, or of the "not found". Rejects with every other error. */
export function readSubject(source: MetadataSource, subject: Subject): Promise<number> {
  return readVersion(source, subject).then(Number, error => {
    if (isMetadataError(error, 'NOT_FOUND')) return Number(error.upstreamRequestId);
    throw error;
  });
}

function readVersion(source: MetadataSource, subject: Subject): Promise<unknown> {
  const ref = subjects[subject];
  switch (ref.kind) {
    case 'connectors':
      return source.listConnectors().then(([connector]) => connector?.version);
    case 'connector':
      return source.describeConnector(ref).then(({ arn }) => arn);
    case 'profiles':
      return source.listProfiles().then(([profile]) => profile?.arn);
    case 'entities':
      return source.listEntities(ref).then(({ entities: [entity] }) => entity?.name);
    case 'entity':
      return source.describeEntity(ref).then(({ fields: [field] }) => field?.identifier);
    default:
      return ref satisfies never;
  }
}
