import type { RegisteredConnector } from '../connectors/registry.ts';
import { inputShapes, listOf, upTo } from '../input-shapes.ts';
import { createOperation } from '../operation.ts';

const constraints = {
  connectorTypes: listOf(inputShapes.connectorType),
  maxResults: upTo(100),
  nextToken: inputShapes.nextToken,
};

/**
 * Describes all connectors: a line for each, and the configurations of AWS's own by their type. That map has no room for several
 * custom connectors, so theirs are DescribeConnector's. An empty list of types is no filter.
 */
export const describeConnectors = createOperation({
  name: 'DescribeConnectors',
  path: '/describe-connectors',
  constraints,
  async answer({ connectorTypes = [], maxResults = 20, nextToken }, { registry, paging }) {
    const page = await paging.page({ walk: ['DescribeConnectors', connectorTypes], maxResults, nextToken }, () =>
      registry
        .connectors()
        .filter(({ connectorType }) => connectorTypes.length === 0 || connectorTypes.includes(connectorType)),
    );
    await Promise.all(page.items.map(connector => connector.refresh?.()));
    return {
      connectorConfigurations: toConfigurations(page.items),
      connectors: page.items.map(({ detail }) => detail),
      nextToken: page.nextToken,
    };
  },
});

function toConfigurations(connectors: readonly RegisteredConnector[]): Record<string, object> {
  const own = connectors.filter(({ connectorLabel }) => connectorLabel === undefined);
  return Object.fromEntries(own.map(({ connectorType, configuration }) => [connectorType, configuration]));
}
