import type { ApolloServerPlugin, GraphQLRequestContextDidResolveOperation } from '@apollo/server';
import { getVariableValues } from 'graphql';
import { checkAnswerCost } from './answer-limit.ts';
import type { GatewayContext } from './context.ts';
import { checkUpstreamCalls } from './upstream-limit.ts';
import { checkVariables } from './variable-limits.ts';

/**
 * Creates what looks at an operation with its variables before any of it runs, the cheapest look first.
 *
 * @param upstreamCalls How many calls to AppFlow one operation may cause.
 */
export function createOperationLimits(upstreamCalls: number): ApolloServerPlugin<GatewayContext> {
  return {
    async requestDidStart() {
      return {
        didResolveOperation: async request => checkOperation(request, upstreamCalls),
      };
    },
  };
}

function checkOperation(
  { schema, document, operation, request }: GraphQLRequestContextDidResolveOperation<GatewayContext>,
  upstreamCalls: number,
): void {
  if (!operation) return;
  const given = request.variables ?? {};
  checkVariables(given);
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], given);
  // Variables that do not fit are refused by the execution, in its own words.
  if (coerced === undefined) return;
  const costed = { schema, document, operation, variables: coerced };
  checkAnswerCost(costed);
  checkUpstreamCalls(costed, upstreamCalls);
}
