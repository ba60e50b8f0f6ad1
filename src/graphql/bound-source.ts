import type { MetadataSource } from '../metadata/source.ts';

/** The source as one request uses it: whatever it waits for, it waits until the signal of the request is aborted. */
export function boundSource(source: MetadataSource, signal: AbortSignal): MetadataSource {
  return {
    listConnectors: () => source.listConnectors(signal),
    describeConnector: ref => source.describeConnector(ref, signal),
    listProfiles: () => source.listProfiles(signal),
    listEntities: ref => source.listEntities(ref, signal),
    describeEntity: ref => source.describeEntity(ref, signal),
    reset: request => source.reset(request, signal),
  };
}
