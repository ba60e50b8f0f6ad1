import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { GraphQLError } from 'graphql';
import type { Log } from '../base/log.ts';
import type { GatewayContext } from './context.ts';
import { documentLimitsRule } from './document-limits-rule.ts';
import { createErrorTranslation, type GraphQLErrorCode } from './errors.ts';
import { jsonStatus } from './json-status.ts';
import { limits } from './limits.ts';
import { noServiceQuery } from './no-service-query.ts';
import { createOperationLimits } from './operation-limits.ts';
import { createGatewaySchema } from './schema.ts';
import { createTrustOptions, type DocumentTrust } from './trusted-documents-plugin.ts';

export interface GraphQLServerOptions {
  readonly log: Log;
  /** Whether clients may ask for the schema, by introspection or by `_service`. When not, error messages do not suggest its names either. */
  readonly introspection: boolean;
  /** How many calls to AppFlow one operation may cause with nothing cached. */
  readonly upstreamCallsPerOperation: number;
  /** Which documents are trusted. Without it all are, and none can be named by its hash. */
  readonly trust?: DocumentTrust | undefined;
  /** What the HTTP side adds, such as draining. */
  readonly plugins?: readonly ApolloServerPlugin<GatewayContext>[];
}

/** Creates the Apollo server over the gateway's schema. The caller starts and stops it. No request of its own leaves the machine. */
export async function createGraphQLServer(options: GraphQLServerOptions): Promise<ApolloServer<GatewayContext>> {
  const { log, introspection, upstreamCallsPerOperation, plugins = [] } = options;
  const trust = createTrustOptions(options.trust, log);
  const translation = createErrorTranslation(log, { suggest: introspection });
  return new ApolloServer<GatewayContext>({
    schema: await createGatewaySchema(),
    logger: log,
    introspection,
    validationRules: [documentLimitsRule, ...trust.validationRules, ...(introspection ? [] : [noServiceQuery])],
    hideSchemaDetailsFromClientErrors: !introspection,
    formatError: translation.formatError,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    persistedQueries: trust.persistedQueries,
    // Ours is stricter; and with Apollo's our rules would come after all of GraphQL's, in a second visit.
    maxRecursiveSelections: false,
    parseOptions: { maxTokens: limits.documentTokens },
    stopOnTerminationSignals: false,
    // Said outright, so that nothing here depends on NODE_ENV.
    nodeEnv: 'production',
    plugins: [
      ...disabled(),
      translation.plugin,
      noStore,
      jsonStatus,
      queriesAndMutationsOnly,
      ...trust.plugins,
      createOperationLimits(upstreamCallsPerOperation),
      ...plugins,
    ],
  });
}

function disabled(): ApolloServerPlugin[] {
  return [
    // On by default, and it wraps every field: half the throughput.
    ApolloServerPluginCacheControlDisabled(),
    ApolloServerPluginInlineTraceDisabled(),
    ApolloServerPluginLandingPageDisabled(),
    ApolloServerPluginSchemaReportingDisabled(),
    ApolloServerPluginUsageReportingDisabled(),
  ];
}

/** An answer kept by a router or a CDN would outlive a reset out of our reach. */
const noStore: ApolloServerPlugin<GatewayContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ response }) {
        response.http.headers.set('cache-control', 'no-store');
      },
    };
  },
};

/** Without a Subscription type a subscription passes validation and would fail in words about the schema's configuration. */
const queriesAndMutationsOnly: ApolloServerPlugin<GatewayContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ operation }) {
        if (operation?.operation !== 'subscription') return;
        const code: GraphQLErrorCode = 'OPERATION_RESOLUTION_FAILURE';
        throw new GraphQLError('This endpoint serves queries and mutations; got a subscription.', {
          nodes: operation,
          extensions: { code, http: { status: 400 } },
        });
      },
    };
  },
};
