import {
  type OperationEvent,
  operationChannel,
  type RenewalEvent,
  type RequestEvent,
  type ResetEvent,
  renewalChannel,
  requestChannel,
  resetChannel,
  type UpstreamCallEvent,
  upstreamCallChannel,
} from '../base/channels.ts';
import type { Log } from '../base/log.ts';
import type { RequestScope } from '../base/request-scope.ts';

/** Outcomes that are the caller's own doing: a client in a loop must not fill the log, nor wake anybody. */
const callerOutcomes: ReadonlySet<string> = new Set([
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'CONFLICT',
  'FORBIDDEN',
  'GIVEN_UP',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'METHOD_NOT_ALLOWED',
  'NOT_FOUND',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'QUERY_TOO_COMPLEX',
  'RESET_THROTTLED',
  'UNTRUSTED_DOCUMENT',
]);

/**
 * Writes what the parts report, one JSON line an event, until the returned function is called: every reset that was asked for at `info`
 * (who, what, outcome) or, when it failed, at `warn`; what else failed at `warn`; everything that simply worked or that its caller got
 * wrong at `debug`. Events hold neither variables nor metadata, so no line does; a reset's coordinates are the one exception.
 */
export function startRequestLog(log: Log): () => void {
  const unsubscribes = [
    requestChannel.subscribe(event => logRequest(log, event)),
    operationChannel.subscribe(event => logOperation(log, event)),
    upstreamCallChannel.subscribe(event => logUpstreamCall(log, event)),
    resetChannel.subscribe(event => logReset(log, event)),
    renewalChannel.subscribe(createRenewalLog(log)),
  ];
  return () => {
    for (const unsubscribe of unsubscribes) unsubscribe();
  };
}

/** A 503 of `/readyz` while stopping is an answer, not a failure. */
function logRequest(log: Log, { request, method, path, status, durationMs }: RequestEvent): void {
  const hasFailed = status >= 500 && path !== '/readyz';
  const line = { ...whoseOf(request), method, path, status, durationMs: rounded(durationMs) };
  log[hasFailed ? 'warn' : 'debug'](line, 'request answered');
}

function logOperation(log: Log, { request, durationMs, ...event }: OperationEvent): void {
  const hasFailed = event.errorCodes.some(code => !callerOutcomes.has(code));
  const { requestId, callerId, ...done } = request ?? {};
  const line = { ...whoseOf(request), ...event, ...done, durationMs: rounded(durationMs) };
  log[hasFailed ? 'warn' : 'debug'](line, hasFailed ? 'operation failed' : 'operation answered');
}

function logUpstreamCall(log: Log, { call, durationMs, ...event }: UpstreamCallEvent): void {
  const { operation, request } = call;
  const line = { ...whoseOf(request), operation, ...event, durationMs: rounded(durationMs) };
  if (event.outcome === 'OK') log.debug(line, 'called AppFlow');
  else if (callerOutcomes.has(event.outcome)) log.debug(line, 'AppFlow refused a call');
  else log.warn(line, 'call to AppFlow failed');
}

function logReset(log: Log, { request, durationMs, ...event }: ResetEvent): void {
  const line = { ...whoseOf(request), ...event, durationMs: durationMs === null ? null : rounded(durationMs) };
  if (event.outcome === 'OK') log.info(line, 'metadata reset');
  else if (callerOutcomes.has(event.outcome)) log.info(line, 'metadata reset refused');
  else log.warn(line, 'metadata reset failed');
}

function whoseOf(request: RequestScope | undefined) {
  return { requestId: request?.requestId ?? null, caller: request?.callerId ?? null };
}

/** Renewals come several times a second: only a change is worth a line, of the reason as well. */
function createRenewalLog(log: Log): (event: RenewalEvent) => void {
  let known: string | null = null;
  return ({ error }) => {
    if (error === known) return;
    if (error === null) log.info('resets can be heard again: reads are served from memory');
    else log.warn({ reason: error }, 'resets cannot be heard: reads go to AppFlow');
    known = error;
  };
}

function rounded(durationMs: number): number {
  return Math.round(durationMs * 10) / 10;
}
