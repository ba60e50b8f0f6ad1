import type { FastifyInstance, FastifyRequest, RouteHandlerMethod } from 'fastify';
import { requestScope } from '../base/request-scope.ts';
import type { Authenticate } from './authentication.ts';
import { HttpError } from './errors.ts';
import type { LoadShedding } from './load-shedding.ts';
import type { LimitRate } from './rate-limit.ts';
import { scopeOf } from './request-scopes.ts';

export interface GraphQLRouteOptions {
  /** Comes before a body is read. Without it anyone may call. */
  readonly authenticate?: Authenticate | undefined;
  /** Comes before anything else. Without it every request is tried. */
  readonly shedding?: LoadShedding | undefined;
  /** Comes once the caller is known. Without it they may call as often as they like. */
  readonly limitRate?: LimitRate | undefined;
}

/**
 * Mounts whatever answers GraphQL at `GET /graphql` and `POST /graphql`. The handler meets bodies that are parsed JSON or absent,
 * and a Host that makes a URL, and run within the request's scope.
 */
export function mountGraphQL(
  app: FastifyInstance,
  handler: RouteHandlerMethod,
  { authenticate, shedding, limitRate }: GraphQLRouteOptions = {},
): void {
  shedding?.guard(app.server, '/graphql');
  app.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    exposeHeadRoute: false,
    onRequest: [
      ...(shedding ? [shedding.admit.bind(shedding)] : []),
      requireUsableHost,
      ...(authenticate ? [authenticate] : []),
      ...(limitRate ? [limitRate] : []),
    ],
    handler: (request, reply) => requestScope.run(scopeOf(request), () => handler.call(app, request, reply)),
  });
}

/** Apollo's adapter builds a URL from Host; one that makes none would surface as an internal error. */
async function requireUsableHost(request: FastifyRequest): Promise<void> {
  if (!URL.canParse(request.url, `http://${request.hostname}/`)) {
    throw new HttpError('BAD_REQUEST', 'The Host header must name a host.');
  }
}
