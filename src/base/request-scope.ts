import { AsyncLocalStorage } from 'node:async_hooks';

/** An HTTP request while it is under way: whose it is, and what was done on its behalf, counted as it happens. For those who report. */
export interface RequestScope {
  readonly requestId: string;
  /** As `Caller.id`; `null` until the caller is known. */
  callerId: string | null;
  /** What its GraphQL operation was estimated to cost; `null` until it is. */
  cost: number | null;
  /** Reads answered from memory. */
  hits: number;
  /** Reads that waited for a fetch already under way. */
  joined: number;
  /** Reads that went to AppFlow, and whose answers were kept. */
  misses: number;
  /** Reads that memory may not have answered at the time. */
  unkept: number;
  /** Calls to AppFlow that it began; those it joined are somebody else's. */
  upstreamCalls: number;
}

/**
 * The request that work goes on for, wherever it goes on. It costs a GraphQL request some microseconds at the most, which cannot be
 * told from noise.
 */
export const requestScope = new AsyncLocalStorage<RequestScope>();

export function createRequestScope(requestId: string): RequestScope {
  return { requestId, callerId: null, cost: null, hits: 0, joined: 0, misses: 0, unkept: 0, upstreamCalls: 0 };
}

/** Counts something for the request under way, if this is one's doing. */
export function countForRequest(what: 'hits' | 'joined' | 'misses' | 'unkept' | 'upstreamCalls'): void {
  const scope = requestScope.getStore();
  if (scope) scope[what] += 1;
}
