import type { ServerResponse } from 'node:http';
import type { Clock } from '../base/clock.ts';

/**
 * A signal for the life of one request: aborted when its time is over, or when its client goes away before the answer. Its reason is an error
 * with a message for the caller.
 */
export function createRequestSignal(response: ServerResponse, clock: Clock, timeoutMs: number): AbortSignal {
  const abort = new AbortController();
  const cancel = clock.setTimer(timeoutMs, () => {
    abort.abort(new Error(`The request has waited for as long as it may, ${timeoutMs} ms.`));
  });
  const end = () => {
    cancel();
    if (!response.writableFinished) abort.abort(new Error('The client has gone.'));
  };
  if (response.closed) end();
  else response.once('close', end);
  return abort.signal;
}
