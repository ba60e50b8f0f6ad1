import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createDeferred } from '../../src/base/deferred.ts';
import { createLog } from '../../src/base/log.ts';
import { createHttpApp } from '../../src/http/app.ts';
import { mountGraphQL } from '../../src/http/graphql-route.ts';
import { LoadShedding } from '../../src/http/load-shedding.ts';
import { FakeClock } from '../support/fake-clock.ts';

describe('a gateway that has too much to do', () => {
  it('refuses what is more than may be under way, answers health, and accepts again when there is room', async () => {
    const { origin, release, begun } = await start({ maxRequests: 3 });
    const answers = Array.from({ length: 3 }, () => fetch(`${origin}/graphql`));
    await vi.waitUntil(() => begun() === 3, { interval: 1 });
    const refused = await fetch(`${origin}/graphql`);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: 'OVERLOADED' } }] });
    expect((await fetch(`${origin}/readyz`)).status).toBe(200);
    release();
    for (const answer of answers) expect((await answer).status).toBe(200);
    await vi.waitUntil(async () => (await fetch(`${origin}/graphql`)).status === 200, { interval: 1 });
  });

  it('refuses what would have to wait too long until it begins', async () => {
    const clock = new FakeClock();
    // Every request keeps the process busy for a while.
    const { origin, connections } = await start({ clock, maxStartDelayMs: 100, work: () => clock.advance(30) });
    for (let warm = 0; warm < 20; warm += 1) await fetch(`${origin}/graphql`);
    const sockets = await Promise.all(Array.from({ length: 100 }, () => open(origin)));
    // They are read in one look at the sockets only when all of them have been accepted.
    await vi.waitUntil(async () => (await connections()) >= sockets.length, { interval: 1 });
    const answers = sockets.map(socket => once(socket, 'data'));
    for (const socket of sockets) socket.write('GET /graphql HTTP/1.1\r\nhost: localhost\r\n\r\n');
    const statuses = (await Promise.all(answers)).map(([data]) => String(data).slice(9, 12));
    for (const socket of sockets) socket.destroy();
    expect(statuses.filter(status => status === '503').length).toBeGreaterThan(20);
    expect(statuses.filter(status => status === '200').length).toBeGreaterThanOrEqual(8);
    expect((await fetch(`${origin}/graphql`)).status).toBe(200);
  });
});

async function open(origin: string) {
  const socket = connect(Number(new URL(origin).port), '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

interface Options {
  readonly maxRequests?: number;
  readonly maxStartDelayMs?: number;
  readonly clock?: FakeClock;
  /** Done at once when a request begins; without it, requests wait for their release. */
  readonly work?: () => void;
}

async function start({ maxRequests = 1_000, maxStartDelayMs = 100, clock = new FakeClock(), work }: Options) {
  const app = createHttpApp({ log: createLog('silent') });
  onTestFinished(() => app.close(0));
  const { promise: released, resolve: release } = createDeferred<void>();
  let begun = 0;
  const answer = async () => {
    begun += 1;
    if (work) work();
    else await released;
    return { data: {} };
  };
  mountGraphQL(app.fastify, answer, { shedding: new LoadShedding({ clock, maxRequests, maxStartDelayMs }) });
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });
  const { server } = app.fastify;
  const connections = () => new Promise<number>(resolve => server.getConnections((_, count) => resolve(count)));
  return { origin, release, begun: () => begun, connections };
}
