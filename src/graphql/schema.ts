import 'reflect-metadata';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, lexicographicSortSchema, parse, print, printSchema, visit } from 'graphql';
import { buildSchema, createResolversMap } from 'type-graphql';
import { resolveReferences } from './references.ts';
import { ConnectorEntityResolver } from './resolvers/connector-entity-resolver.ts';
import { ConnectorProfileResolver } from './resolvers/connector-profile-resolver.ts';
import { ConnectorResolver } from './resolvers/connector-resolver.ts';
import { MutationResolver } from './resolvers/mutation-resolver.ts';
import { QueryResolver } from './resolvers/query-resolver.ts';
import { ResetConnectorMetadataCachePayloadResolver } from './resolvers/reset-connector-metadata-cache-payload-resolver.ts';

type Resolvers = NonNullable<
  Extract<Parameters<typeof buildSubgraphSchema>[0], { readonly typeDefs: unknown }>['resolvers']
>;

/** Creates the executable schema: that of the type-graphql classes, as an Apollo Federation 2 subgraph. */
export async function createGatewaySchema(): Promise<GraphQLSchema> {
  const classSchema = await buildClassSchema();
  const { Query, ...others } = createResolversMap(classSchema);
  const resolvers = { ...others, Query: { ...Query, _entities: resolveReferences } };
  // type-graphql types its map for graphql-tools; the values are what buildSubgraphSchema takes.
  return buildSubgraphSchema([{ typeDefs: parse(printSorted(classSchema)), resolvers: resolvers as Resolvers }]);
}

/** The SDL as it is committed in `schema/schema.graphql`: sorted, with descriptions and federation directives. */
export async function printGatewaySchema(): Promise<string> {
  return printSorted(await buildClassSchema());
}

// Without @link the schema would count as one of Federation 1.
const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])';

/**
 * Prints the schema in alphabetical order with the directives that were applied to its types. `printSchema` drops them; `printSubgraphSchema` takes a
 * type's AST node for the whole type, but type-graphql's nodes hold directives and no fields.
 */
function printSorted(schema: GraphQLSchema): string {
  const withDirectives = visit(parse(printSchema(lexicographicSortSchema(schema))), {
    ObjectTypeDefinition: node => ({ ...node, directives: schema.getType(node.name.value)?.astNode?.directives ?? [] }),
  });
  return `${link}\n\n${print(withDirectives)}\n`;
}

function buildClassSchema(): Promise<GraphQLSchema> {
  return buildSchema({
    resolvers: [
      ConnectorEntityResolver,
      ConnectorProfileResolver,
      ConnectorResolver,
      MutationResolver,
      QueryResolver,
      ResetConnectorMetadataCachePayloadResolver,
    ],
    // The rules are AppFlow's, in metadata/input-rules.ts; no class-validator.
    validate: false,
  });
}
