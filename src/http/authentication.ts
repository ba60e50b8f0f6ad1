import type { FastifyRequest } from 'fastify';
import { anyone, type Caller, scopes } from '../base/caller.ts';
import type { Log } from '../base/log.ts';
import { HttpError } from './errors.ts';
import { KeysUnavailableError } from './key-set.ts';
import { scopeOf } from './request-scopes.ts';
import { type IsRouter, routerSecretHeader } from './router-secret.ts';
import type { VerifyToken } from './token-verifier.ts';

export interface AuthenticationOptions {
  readonly log: Log;
  /** Where callers bring tokens. */
  readonly verifyToken?: VerifyToken | undefined;
  /** Where only a router may call. */
  readonly isRouter?: IsRouter | undefined;
}

/** Finds out who is asking, or refuses the request with 401. */
export type Authenticate = (request: FastifyRequest) => Promise<unknown>;

const callers = new WeakMap<FastifyRequest, Caller>();

/** Who sent the request; anyone, where nobody was asked. */
export function callerOf(request: FastifyRequest): Caller {
  return callers.get(request) ?? anyone;
}

/**
 * Creates the check that comes before a request's body is read. With a router secret only the router gets through; with tokens each
 * caller may do what the token's scopes say; a router without tokens speaks for everybody and may do everything. The answer never
 * tells what was wrong, the log does.
 */
export function createAuthentication({ log, verifyToken, isRouter }: AuthenticationOptions): Authenticate {
  return async request => {
    try {
      if (isRouter && !isRouter(request.headers[routerSecretHeader])) throw new Error('the router secret is not right');
      const caller = verifyToken ? await verifyToken(bearerOf(request)) : toRouter(isRouter);
      callers.set(request, caller);
      scopeOf(request).callerId = caller.id;
    } catch (error) {
      throw toRefusal(error, request, log);
    }
  };
}

function toRouter(isRouter: IsRouter | undefined): Caller {
  return isRouter ? { id: 'router', scopes: new Set(scopes) } : anyone;
}

function bearerOf({ headers: { authorization = '' } }: FastifyRequest): string {
  const token = /^Bearer +([\w~+/.-]+=*)$/i.exec(authorization)?.[1];
  if (token === undefined) throw new Error(authorization ? 'not a bearer token' : 'no token');
  return token;
}

function toRefusal(error: unknown, request: FastifyRequest, log: Log): HttpError {
  if (error instanceof KeysUnavailableError) {
    const message = 'Nobody can be authenticated at the moment; try again.';
    return new HttpError('AUTHENTICATION_UNAVAILABLE', message, { 'retry-after': '30' });
  }
  const reason = error instanceof Error ? error.message : String(error);
  log.info({ requestId: request.id, reason }, 'request not authenticated');
  return new HttpError('UNAUTHENTICATED', 'Authentication is required.', { 'www-authenticate': 'Bearer' });
}
