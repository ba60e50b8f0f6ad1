import { MetadataError } from '../metadata/errors.ts';
import type { EntityListRef } from '../metadata/refs.ts';
import type { MetadataSource } from '../metadata/source.ts';
import { lookupProfile } from './lookup-profile.ts';

/**
 * The same list without the connector's type where the profile implies it: otherwise one list would have two cache keys, two ids
 * for each entity and cursors that do not fit each other. Throws `BAD_USER_INPUT` when the type is not the profile's.
 * Coordinates of a profile that is not known stay as they are; AppFlow has the answer to them.
 */
export async function withoutImpliedType(source: MetadataSource, list: EntityListRef): Promise<EntityListRef> {
  const { connectorType, ...rest } = list;
  if (rest.connectorProfileName === undefined || connectorType === undefined) return list;
  const profile = await lookupProfile(source, ({ name }) => name === rest.connectorProfileName);
  if (profile === null) return list;
  if (profile.rawConnectorType === connectorType) return rest;
  throw new MetadataError(
    'BAD_USER_INPUT',
    `connectorType must be ${profile.rawConnectorType}, the type of the profile ${profile.name}, got ${connectorType}`,
    { argumentPath: ['connectorType'] },
  );
}
