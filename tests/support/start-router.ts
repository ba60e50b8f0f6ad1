import { composeServices } from '@apollo/composition';
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { parse } from 'graphql';
import { onTestFinished } from 'vitest';

export interface RouterOptions {
  /** As `composeSupergraph` makes it. */
  readonly supergraphSdl: string;
  /** Where each subgraph is, by its name. */
  readonly urls: Readonly<Record<string, string>>;
  /** Sent to every subgraph, beside the `authorization` that came. */
  readonly headers?: Readonly<Record<string, string>>;
}

interface RouterContext {
  readonly authorization?: string | undefined;
}

/** Starts a real Apollo Gateway in front of subgraphs, on a free port; it is stopped after the test. Answers its origin. */
export async function startRouter({ supergraphSdl, urls, headers = {} }: RouterOptions): Promise<string> {
  const gateway = new ApolloGateway({
    supergraphSdl,
    buildService: ({ name }) =>
      new RemoteGraphQLDataSource<RouterContext>({
        url: urls[name] ?? '',
        willSendRequest({ request, context: { authorization } }) {
          for (const [header, value] of Object.entries(headers)) request.http?.headers.set(header, value);
          if (authorization !== undefined) request.http?.headers.set('authorization', authorization);
        },
      }),
  });
  const apollo = new ApolloServer<RouterContext>({ gateway });
  onTestFinished(() => apollo.stop());
  const { url } = await startStandaloneServer(apollo, {
    listen: { host: '127.0.0.1', port: 0 },
    context: async ({ req }) => ({ authorization: req.headers.authorization }),
  });
  return new URL(url).origin;
}

/** The supergraph of these subgraphs: SDL by name. Where they are, `startRouter` is told. */
export function composeSupergraph(subgraphs: Readonly<Record<string, string>>): string {
  const services = Object.entries(subgraphs).map(([name, sdl]) => ({
    name,
    url: 'http://127.0.0.1/',
    typeDefs: parse(sdl),
  }));
  const { errors, supergraphSdl } = composeServices(services);
  if (supergraphSdl === undefined) throw new Error(`expected a supergraph, got ${errors?.join('\n')}`);
  return supergraphSdl;
}
