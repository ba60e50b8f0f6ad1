import type { FastifyRequest } from 'fastify';
import { createRequestScope, type RequestScope } from '../base/request-scope.ts';

const scopes = new WeakMap<FastifyRequest, RequestScope>();

/** The one scope of a request, made when it is first asked for. */
export function scopeOf(request: FastifyRequest): RequestScope {
  const known = scopes.get(request);
  if (known) return known;
  const scope = createRequestScope(request.id);
  scopes.set(request, scope);
  return scope;
}
