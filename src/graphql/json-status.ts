import type { ApolloServerPlugin } from '@apollo/server';
import type { GatewayContext } from './context.ts';
import type { GraphQLErrorCode } from './errors.ts';

/** GraphQL's own complaints about a request. What the gateway refuses for its size stays a 400 for everybody. */
const complaints: readonly GraphQLErrorCode[] = [
  'BAD_USER_INPUT',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
];

/**
 * Answers such complaints with 200 to a client that asks for `application/json` by name: GraphQL over HTTP wants it so, because under that media
 * type any other status may come from something in between. With `application/graphql-response+json`, or no wish at all, they stay a 400.
 */
export const jsonStatus: ApolloServerPlugin<GatewayContext> = {
  async requestDidStart({ request }) {
    if (!asksForJson(request.http?.headers.get('accept'))) return;
    return {
      async willSendResponse({ response: { http, body } }) {
        if (http.status !== 400 || body.kind !== 'single') return;
        const codes = body.singleResult.errors?.map(({ extensions }) => extensions?.['code']) ?? [];
        if (codes.every(code => complaints.some(complaint => complaint === code))) http.status = 200;
      },
    };
  },
};

function asksForJson(accept = ''): boolean {
  return accept.includes('application/json') && !accept.includes('application/graphql-response+json');
}
