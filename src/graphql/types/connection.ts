import { type ClassType, Field, ObjectType } from 'type-graphql';
import type { Page } from '../page.ts';
import { PageInfo } from './page-info.ts';

/**
 * Creates what every connection has: edges, nodes and page info. The class returned is a base to extend; it is no type of the
 * schema itself, only its edge is.
 *
 * @param nodeName The node's GraphQL name, `Connector` for `ConnectorEdge`.
 */
export function createConnection<Node extends object>(nodeName: string, node: () => ClassType<Node>) {
  @ObjectType(`${nodeName}Edge`, { description: `One \`${nodeName}\` of a page, with its place in the list.` })
  class Edge {
    @Field(() => String, { description: 'Give it as `after` to get what comes next.' })
    cursor!: string;

    @Field(node)
    node!: Node;
  }

  @ObjectType(`${nodeName}ConnectionBase`)
  abstract class Connection implements Omit<Page<Node>, 'totalCount'> {
    @Field(() => [Edge], { description: 'The items of this page with their cursors.' })
    edges!: readonly Edge[];

    @Field(() => [node()], { description: 'The items of this page.' })
    nodes!: readonly Node[];

    @Field(() => PageInfo)
    pageInfo!: PageInfo;
  }
  return Connection;
}
