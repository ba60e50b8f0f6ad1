import type { MetadataFreshness } from '../metadata/model.ts';
import { type EntityListRef, keyOf } from '../metadata/refs.ts';
import type { MetadataSource } from '../metadata/source.ts';
import { type ConnectorEntityFilter, selectEntities } from './arguments/connector-entity-filter.ts';
import type { LocatedEntity } from './located-entity.ts';
import { createPage, entityPageLimits, type Page, type PageRequest, toPageSize } from './page.ts';

/** A page of entities, and how old the list is that it was cut from. */
export interface EntityPage extends Page<LocatedEntity> {
  readonly freshness: MetadataFreshness;
}

/** Which page of an entity list to load. */
export interface EntityPageRequest extends PageRequest {
  readonly filter?: ConnectorEntityFilter | null;
}

/** Loads one page of an entity list, which the source holds whole. */
export async function loadEntityPage(
  source: MetadataSource,
  ref: EntityListRef,
  { filter, first, after }: EntityPageRequest,
): Promise<EntityPage> {
  const size = toPageSize(first, entityPageLimits);
  const { entities, freshness } = await source.listEntities(ref);
  const page = createPage(
    {
      list: entities,
      listKey: keyOf({ kind: 'entities', ...ref }),
      selection: selectEntities(filter),
      toNode: (listed): LocatedEntity => ({ list: ref, name: listed.name, listed }),
    },
    size,
    after,
  );
  // Not spread: that would compute what the page only computes on demand.
  return Object.assign(page, { freshness });
}
