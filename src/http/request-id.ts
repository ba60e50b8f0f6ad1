import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** What other people's ids look like: uuids, ULIDs, X-Ray traces. Nothing that could break out of a log line or a header. */
const wellFormed = /^[A-Za-z0-9._:=/+-]{1,128}$/;

/** The caller's `x-request-id` when it is well-formed, a fresh uuid otherwise. The same id is answered, logged and sent on. */
export function requestIdOf(request: Pick<IncomingMessage, 'headers'>): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && wellFormed.test(given) ? given : randomUUID();
}
