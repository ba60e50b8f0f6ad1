import { inputShapes, upTo } from '../input-shapes.ts';
import { createOperation } from '../operation.ts';

const constraints = {
  maxResults: upTo(100),
  nextToken: inputShapes.nextToken,
};

/** Lists the flows of the account, in the catalogue's order; no entity and no task is in its lines. */
export const listFlows = createOperation({
  name: 'ListFlows',
  path: '/list-flows',
  constraints,
  async answer({ maxResults = 20, nextToken }, { registry, paging }) {
    const page = await paging.page({ walk: ['ListFlows'], maxResults, nextToken }, () => registry.flows());
    return { flows: page.items.map(({ definition }) => definition), nextToken: page.nextToken };
  },
});
