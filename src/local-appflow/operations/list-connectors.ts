import { inputShapes, upTo } from '../input-shapes.ts';
import { createOperation } from '../operation.ts';

const constraints = {
  maxResults: upTo(100),
  nextToken: inputShapes.nextToken,
};

/** Lists the custom connectors registered in the account, and only those, as AWS says. */
export const listConnectors = createOperation({
  name: 'ListConnectors',
  path: '/list-connectors',
  constraints,
  async answer({ maxResults = 20, nextToken }, { registry, paging }) {
    const page = await paging.page({ walk: ['ListConnectors'], maxResults, nextToken }, () =>
      registry.connectors().filter(({ connectorType }) => connectorType === 'CustomConnector'),
    );
    await Promise.all(page.items.map(connector => connector.refresh?.()));
    return { connectors: page.items.map(({ detail }) => detail), nextToken: page.nextToken };
  },
});
