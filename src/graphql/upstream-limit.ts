import { GraphQLError } from 'graphql';
import type { CostedOperation } from './costed-operation.ts';
import type { GraphQLErrorCode } from './errors.ts';
import { estimateUpstreamCalls } from './upstream-cost.ts';

/** Refuses an operation that could cause more calls to AppFlow than `limit`, were nothing cached. */
export function checkUpstreamCalls(operation: CostedOperation, limit: number): void {
  const upstreamCalls = estimateUpstreamCalls(operation);
  if (upstreamCalls <= limit) return;
  const code: GraphQLErrorCode = 'QUERY_TOO_COMPLEX';
  throw new GraphQLError(
    `With nothing cached, the operation could take ${upstreamCalls.toLocaleString('en')} calls to AppFlow and may take ${limit.toLocaleString('en')}: ask for shorter pages, or for fewer fields that cost a call for each item.`,
    { extensions: { code, upstreamCalls, limit, http: { status: 400 } } },
  );
}
