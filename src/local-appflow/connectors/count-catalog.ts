import type { Catalog, CatalogEntities } from './catalog-schema.ts';

/** How much a catalogue holds: profiles, and entities at every depth, those of connectors without profile and of each API version too. */
export function countCatalog({ connectors, profiles }: Catalog): { profiles: number; entities: number } {
  const trees = Object.values(profiles).flatMap(({ entities, versions = {} }) => [
    entities,
    ...Object.values(versions),
  ]);
  const all = [...trees, ...Object.values(connectors).map(({ entities }) => entities)];
  return { profiles: Object.keys(profiles).length, entities: all.reduce((sum, tree) => sum + countEntities(tree), 0) };
}

function countEntities(entities: CatalogEntities = {}): number {
  const found = Object.values(entities);
  return found.reduce((sum, entity) => sum + countEntities(entity.entities), found.length);
}
