import { describe, expect, it, onTestFinished } from 'vitest';
import type { Budget } from '../../src/base/budget.ts';
import { createLog } from '../../src/base/log.ts';
import { createHttpApp } from '../../src/http/app.ts';
import { mountGraphQL } from '../../src/http/graphql-route.ts';
import { createRateLimit } from '../../src/http/rate-limit.ts';

describe('the rate limit', () => {
  it('answers 429 with the seconds to wait, before it looks at the body', async () => {
    const { url, keys } = await start([0, 1_001]);
    expect((await post(url)).status).toBe(200);
    const refused = await post(url, 'not JSON');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '2']);
    expect(await refused.json()).toEqual({
      errors: [
        {
          message: 'There may be 5 requests a minute; the next one may come in 2 s.',
          extensions: { code: 'RATE_LIMITED' },
        },
      ],
    });
    expect(keys).toEqual(['address 127.0.0.1', 'address 127.0.0.1']);
  });

  it('leaves health checks alone', async () => {
    const { url, keys } = await start([1]);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    expect(keys).toEqual([]);
  });
});

/** An app whose budget answers as told, one after the other. */
async function start(waits: number[]) {
  const keys: string[] = [];
  const budget: Budget = {
    perMinute: 5,
    async spend(key) {
      keys.push(key);
      return waits.shift() ?? 0;
    },
  };
  const app = createHttpApp({ log: createLog('silent') });
  onTestFinished(() => app.close());
  mountGraphQL(app.fastify, async () => ({ data: {} }), { limitRate: createRateLimit(budget) });
  return { url: await app.listen({ host: '127.0.0.1', port: 0 }), keys };
}

function post(url: string, body = '{}'): Promise<Response> {
  return fetch(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
}
