import { findConnectedApplication } from '../connected-application.ts';
import { inputShapes, upTo } from '../input-shapes.ts';
import type { GroupedEntity } from '../metadata-cache.ts';
import { createOperation } from '../operation.ts';
import type { ConnectorEntity } from '../wire.ts';

const constraints = {
  connectorProfileName: inputShapes.connectorProfileName,
  connectorType: inputShapes.connectorType,
  entitiesPath: inputShapes.entitiesPath,
  apiVersion: inputShapes.apiVersion,
  maxResults: upTo(10_000),
  nextToken: inputShapes.nextToken,
};

/**
 * Lists the names of entities through AppFlow's cache. A page is cut across groups, so one may continue on the next. AWS states
 * no default page size; 1000 is what its connector SDK asks a connector for.
 */
export const listConnectorEntities = createOperation({
  name: 'ListConnectorEntities',
  path: '/list-connector-entities',
  constraints,
  async answer({ maxResults = 1000, nextToken, ...list }, { registry, cache, paging }) {
    const connected = findConnectedApplication(registry, list);
    const page = await paging.page({ walk: ['ListConnectorEntities', list], maxResults, nextToken }, () =>
      cache.listEntities(connected, list.entitiesPath),
    );
    return { connectorEntityMap: toEntityMap(page.items), nextToken: page.nextToken };
  },
});

function toEntityMap(items: readonly GroupedEntity[]): Record<string, ConnectorEntity[]> {
  const groups = new Map<string, ConnectorEntity[]>();
  for (const { group, entity } of items) {
    const entities = groups.get(group);
    if (entities === undefined) groups.set(group, [entity]);
    else entities.push(entity);
  }
  return Object.fromEntries(groups);
}
