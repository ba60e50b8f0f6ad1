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

/**
 * Writes what the parts report, one JSON line an event, until the returned function is called: completed resets at `info`, what
 * failed at `warn`, everything that simply worked at `debug`. Events hold neither variables nor metadata, so no line does.
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
  const hasFailed = event.outcome !== 'OK';
  log[hasFailed ? 'warn' : 'debug'](rounded(event), hasFailed ? 'call to AppFlow failed' : 'called AppFlow');
}

function logReset(log: Log, event: ResetEvent): void {
  const hasFailed = event.outcome !== 'OK';
  log[hasFailed ? 'warn' : 'info'](rounded(event), hasFailed ? 'metadata reset failed' : 'metadata reset');
}

/** Renewals come several times a second: only a change is worth a line. */
function createRenewalLog(log: Log): (event: RenewalEvent) => void {
  let hadFailed = false;
  return ({ error }) => {
    if (error !== null && !hadFailed) log.warn({ reason: error }, 'resets cannot be heard: reads go to AppFlow');
    if (error === null && hadFailed) log.info('resets can be heard again: reads are served from memory');
    hadFailed = error !== null;
  };
}

function rounded<Event extends { readonly durationMs: number }>(event: Event): Event {
  return { ...event, durationMs: Math.round(event.durationMs * 10) / 10 };
}
