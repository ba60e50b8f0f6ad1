import { GraphQLError } from 'graphql';
import { requestScope } from '../base/request-scope.ts';
import { estimateAnswerCost } from './answer-cost.ts';
import type { CostedOperation } from './costed-operation.ts';
import type { GraphQLErrorCode } from './errors.ts';
import { limits } from './limits.ts';

/** Refuses an operation whose answer could be far larger than anyone reads. */
export function checkAnswerCost(operation: CostedOperation): void {
  const cost = estimateAnswerCost(operation);
  const scope = requestScope.getStore();
  if (scope) scope.cost = cost;
  if (cost <= limits.answerCost) return;
  const code: GraphQLErrorCode = 'QUERY_TOO_COMPLEX';
  const could = cost === Number.MAX_SAFE_INTEGER ? 'more values than can be counted' : `${inWords(cost)} values`;
  throw new GraphQLError(
    `The answer could hold ${could} and may hold ${inWords(limits.answerCost)}: ask for shorter pages, or for fewer lists within lists.`,
    { extensions: { code, cost, limit: limits.answerCost, http: { status: 400 } } },
  );
}

function inWords(count: number): string {
  return count.toLocaleString('en');
}
