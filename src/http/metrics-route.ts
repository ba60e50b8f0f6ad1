import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Authenticate, callerOf } from './authentication.ts';
import { HttpError } from './errors.ts';

/** Prometheus' text format, which every scraper reads. */
const contentType = 'text/plain; version=0.0.4; charset=utf-8';

/**
 * Mounts `GET /metrics`.
 *
 * @param render What to answer, in Prometheus' text format.
 * @param authenticate Finds out who asks, who then needs the scope `appflow:operate`. Without it anyone may ask.
 */
export function mountMetrics(app: FastifyInstance, render: () => Promise<string>, authenticate?: Authenticate): void {
  app.get('/metrics', { onRequest: authenticate ? [authenticate, requireOperator] : [] }, async (_request, reply) => {
    reply.type(contentType).header('cache-control', 'no-store');
    return render();
  });
}

async function requireOperator(request: FastifyRequest): Promise<void> {
  if (callerOf(request).scopes.has('appflow:operate')) return;
  throw new HttpError('FORBIDDEN', 'This needs the scope appflow:operate, which the caller does not have.');
}
