import {
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

/** Outcomes that are the caller's own doing: a client in a loop must not fill the log, nor wake anybody. */
const callerOutcomes: ReadonlySet<string> = new Set(['BAD_USER_INPUT', 'NOT_FOUND', 'CONFLICT']);

/**
 * Writes what the parts report, one JSON line an event, until the returned function is called: completed resets at `info`, what
 * failed at `warn`, everything that simply worked or that its caller got wrong at `debug`. Events hold neither variables nor
 * metadata, so no line does.
 */
export function startRequestLog(log: Log): () => void {
  const unsubscribes = [
    requestChannel.subscribe(event => logRequest(log, event)),
    upstreamCallChannel.subscribe(event => logUpstreamCall(log, event)),
    resetChannel.subscribe(event => logReset(log, event)),
    renewalChannel.subscribe(createRenewalLog(log)),
  ];
  return () => {
    for (const unsubscribe of unsubscribes) unsubscribe();
  };
}

/** A 503 of `/readyz` while stopping is an answer, not a failure. */
function logRequest(log: Log, event: RequestEvent): void {
  const hasFailed = event.status >= 500 && event.path !== '/readyz';
  log[hasFailed ? 'warn' : 'debug'](rounded(event), 'request answered');
}

function logUpstreamCall(log: Log, event: UpstreamCallEvent): void {
  if (event.outcome === 'OK') log.debug(rounded(event), 'called AppFlow');
  else if (callerOutcomes.has(event.outcome)) log.debug(rounded(event), 'AppFlow refused a call');
  else log.warn(rounded(event), 'call to AppFlow failed');
}

function logReset(log: Log, event: ResetEvent): void {
  if (event.outcome === 'OK') log.info(rounded(event), 'metadata reset');
  else if (callerOutcomes.has(event.outcome)) log.debug(rounded(event), 'metadata reset refused');
  else log.warn(rounded(event), 'metadata reset failed');
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

function rounded<Event extends { readonly durationMs: number }>(event: Event): Event {
  return { ...event, durationMs: Math.round(event.durationMs * 10) / 10 };
}
