import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import { startStandaloneServer } from '@apollo/server/standalone';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { onTestFinished } from 'vitest';

/** A subgraph of another team, which knows who looks after what: profiles by ARN, entities by id. Its answers may be kept for a minute. */
export const teamsSchema = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])
  directive @cacheControl(maxAge: Int, scope: CacheControlScope, inheritMaxAge: Boolean) on FIELD_DEFINITION | OBJECT
  enum CacheControlScope { PUBLIC PRIVATE }
  type ConnectorProfile @key(fields: "arn") @cacheControl(maxAge: 60) { arn: String! team: String @cacheControl(maxAge: 60) }
  type ConnectorEntity @key(fields: "id") @cacheControl(maxAge: 60) { id: ID! steward: String }
  type Query {
    teamNames: [String!]! @cacheControl(maxAge: 60)
    profilesOfTeam(team: String!): [ConnectorProfile!]! @cacheControl(maxAge: 60)
    entitiesOfTeam: [ConnectorEntity]! @cacheControl(maxAge: 60)
  }
`;

export interface Teams {
  /** Which team looks after a profile, by the profile's ARN. */
  readonly byArn: ReadonlyMap<string, string>;
  /** Ids of entities, which may be anything. */
  readonly entityIds?: readonly string[];
}

/** Starts it on a free port; it is stopped after the test. Answers its URL. */
export async function startTeams({ byArn, entityIds = [] }: Teams): Promise<string> {
  const resolvers = {
    Query: {
      teamNames: () => [...new Set(byArn.values())],
      profilesOfTeam: (_: unknown, { team }: { readonly team: string }) =>
        [...byArn].flatMap(([arn, name]) => (name === team ? [{ arn }] : [])),
      entitiesOfTeam: () => entityIds.map(id => ({ id })),
    },
    ConnectorProfile: { team: ({ arn }: { readonly arn: string }) => byArn.get(arn) ?? null },
    ConnectorEntity: { steward: () => 'ada' },
  };
  const apollo = new ApolloServer({
    schema: buildSubgraphSchema([{ typeDefs: parse(teamsSchema), resolvers }]),
    plugins: [ApolloServerPluginInlineTraceDisabled()],
  });
  onTestFinished(() => apollo.stop());
  const { url } = await startStandaloneServer(apollo, { listen: { host: '127.0.0.1', port: 0 } });
  return url;
}
