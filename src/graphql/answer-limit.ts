import type { ApolloServerPlugin, GraphQLRequestContextDidResolveOperation } from '@apollo/server';
import { GraphQLError, getVariableValues } from 'graphql';
import { requestScope } from '../base/request-scope.ts';
import { estimateAnswerCost } from './answer-cost.ts';
import type { GatewayContext } from './context.ts';
import type { GraphQLErrorCode } from './errors.ts';
import { limits } from './limits.ts';

/** Refuses an operation whose answer could be far larger than anyone reads, before any of it runs. */
export const answerLimit: ApolloServerPlugin<GatewayContext> = {
  async requestDidStart() {
    return {
      didResolveOperation: async request => checkAnswerCost(request),
    };
  },
};

function checkAnswerCost({
  schema,
  document,
  operation,
  request,
}: GraphQLRequestContextDidResolveOperation<GatewayContext>): void {
  if (!operation) return;
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], request.variables ?? {});
  // Variables that do not fit are refused by the execution, in its own words.
  if (coerced === undefined) return;
  const cost = estimateAnswerCost({ schema, document, operation, variables: coerced });
  const scope = requestScope.getStore();
  if (scope) scope.cost = cost;
  if (cost > limits.answerCost) throw tooComplex(cost);
}

function tooComplex(cost: number): GraphQLError {
  const code: GraphQLErrorCode = 'QUERY_TOO_COMPLEX';
  const could = cost === Number.MAX_SAFE_INTEGER ? 'more values than can be counted' : `${inWords(cost)} values`;
  return new GraphQLError(
    `The answer could hold ${could} and may hold ${inWords(limits.answerCost)}: ask for shorter pages, or for fewer lists within lists.`,
    { extensions: { code, cost, limit: limits.answerCost, http: { status: 400 } } },
  );
}

function inWords(count: number): string {
  return count.toLocaleString('en');
}
