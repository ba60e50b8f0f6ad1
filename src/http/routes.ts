import type { FastifyInstance, FastifyRequest } from 'fastify';
import { HttpError } from './errors.ts';

/**
 * Refuses a request that no route takes, before its body is read: 405 with `Allow` when the path answers other methods, 404
 * otherwise. Fastify says 404 to both. Has to be installed before the routes are added.
 */
export function refuseUnroutedRequests(app: FastifyInstance): void {
  const methodsByUrl = new Map<string, Set<string>>();
  app.addHook('onRoute', ({ url, method }) => {
    const methods = methodsByUrl.get(url) ?? new Set();
    for (const one of [method].flat()) methods.add(one);
    methodsByUrl.set(url, methods);
  });
  app.addHook('onRequest', async request => {
    if (request.is404) throw refusalOf(request, methodsByUrl);
  });
}

function refusalOf(request: FastifyRequest, methodsByUrl: ReadonlyMap<string, ReadonlySet<string>>): HttpError {
  const path = pathOf(request);
  const allowed = [...methodsByUrl].flatMap(([url, methods]) => (meets(url, path) ? [...methods] : []));
  if (allowed.length === 0) {
    const hint = methodsByUrl.has('/graphql') ? '; GraphQL is at /graphql' : '';
    return new HttpError('PATH_NOT_FOUND', `Nothing answers at ${JSON.stringify(path)}${hint}.`);
  }
  const allow = [...new Set(allowed)].sort().join(', ');
  return new HttpError('METHOD_NOT_ALLOWED', `${path} answers ${allow}, got ${request.method}.`, { allow });
}

/** The path without its query string, which may hold variables; cut to what a log line or a message can bear. */
export function pathOf(request: Pick<FastifyRequest, 'url'>): string {
  return (request.url.split('?', 1)[0] ?? '').slice(0, 200);
}

function meets(url: string, path: string): boolean {
  return url.endsWith('/*') ? path.startsWith(url.slice(0, -1)) : path === url;
}
