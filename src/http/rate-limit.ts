import type { FastifyRequest } from 'fastify';
import type { Budget } from '../base/budget.ts';
import { callerOf } from './authentication.ts';
import { HttpError } from './errors.ts';

/** Refuses the request of a caller who has sent too many with 429. Comes after authentication and before the body is read. */
export type LimitRate = (request: FastifyRequest) => Promise<unknown>;

/** Creates the check that every request spends one unit of its caller's budget. */
export function createRateLimit(budget: Budget): LimitRate {
  return async request => {
    const waitMs = await budget.spend(keyOf(request));
    if (waitMs === 0) return;
    const seconds = String(Math.ceil(waitMs / 1000));
    const message = `There may be ${budget.perMinute} requests a minute; the next one may come in ${seconds} s.`;
    throw new HttpError('RATE_LIMITED', message, { 'retry-after': seconds });
  };
}

/** Where nobody says who they are, an address is a caller; a proxy in front is one, too. */
function keyOf(request: FastifyRequest): string {
  const { id } = callerOf(request);
  return id === null ? `address ${request.socket.remoteAddress}` : `caller ${id}`;
}
