import type { ListedEntity } from '../metadata/model.ts';
import type { EntityListRef } from '../metadata/refs.ts';
import type { MetadataSource } from '../metadata/source.ts';
import { type LocatedEntity, toDetailsRef } from './located-entity.ts';
import { nullIfNotFound } from './null-if-not-found.ts';

/**
 * The entity of this name, `null` when the application does not have it. It is asked for its details and not sought in the list,
 * because the list of a large application costs many calls and a nested entity is in no list that is known.
 */
export async function lookupEntity(
  source: MetadataSource,
  list: EntityListRef,
  name: string,
): Promise<LocatedEntity | null> {
  const entity: LocatedEntity = { list, name, listed: null };
  const details = await nullIfNotFound(source.describeEntity(toDetailsRef(entity)));
  return details && entity;
}

/** What the entity's list says about it; `null` when the list does not have it. */
export async function lookupListed(source: MetadataSource, entity: LocatedEntity): Promise<ListedEntity | null> {
  if (entity.listed !== null) return entity.listed;
  const { entities } = await source.listEntities(entity.list);
  return indexOf(entities).get(entity.name) ?? null;
}

const indexes = new WeakMap<readonly ListedEntity[], ReadonlyMap<string, ListedEntity>>();

/** Entities by name, made once per list; of two groups that list the same name, the first counts. */
function indexOf(entities: readonly ListedEntity[]): ReadonlyMap<string, ListedEntity> {
  const before = indexes.get(entities);
  if (before !== undefined) return before;
  const index = new Map(entities.toReversed().map(entity => [entity.name, entity]));
  indexes.set(entities, index);
  return index;
}
