import type { FastifyInstance } from 'fastify';

/**
 * `/livez`: the process answers. `/readyz`: it wants traffic, which ends (503) when it begins to stop. Neither asks AppFlow: a
 * source application that is down must not take the gateway, and all it still has in memory, out of service.
 */
export function mountHealth(app: FastifyInstance, isDraining: () => boolean): void {
  app.get('/livez', async () => ({ status: 'live' }));
  app.get('/readyz', async (_request, reply) => {
    if (!isDraining()) return { status: 'ready' };
    reply.code(503);
    return { status: 'draining' };
  });
}
