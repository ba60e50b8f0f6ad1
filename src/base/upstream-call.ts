import { AsyncLocalStorage } from 'node:async_hooks';
import type { RequestScope } from './request-scope.ts';

/** One logical call to AppFlow, from its turn on; its retries are part of it. */
export interface UpstreamCall {
  /** AppFlow's name of the operation: `ListConnectorEntities`. */
  readonly operation: string;
  /** The request that began it; others may share its answer. */
  readonly request: RequestScope | undefined;
}

/** The call that work goes on for. */
export const upstreamCallScope = new AsyncLocalStorage<UpstreamCall>();
