import { describe, expect, it, vi } from 'vitest';
import { rawRequest, sendRaw } from '../../support/raw-http.ts';
import { startLocalAppflow } from '../../support/start-local-appflow.ts';

const json = { 'content-type': 'application/json' };
const nothing = { plan: { seed: 1, rules: [] }, struck: [], held: 0 };

describe('the control route', () => {
  it('puts a plan in force, says how it goes, and lifts it, without a signature', async () => {
    const { control, post } = await start();
    expect(await control('GET')).toEqual([200, nothing]);

    const plan = { seed: 7, rules: [{ fault: 'error', name: 'ConflictException', times: 1 }, { fault: 'hang' }] };
    const [status, put] = await control('PUT', plan);
    expect(status).toBe(200);
    expect(put).toMatchObject({ plan, struck: [0, 0], held: 0 });

    expect((await post('/list-connectors', '{}')).status).toBe(409);
    const hanging = post('/list-connectors', '{}');
    await vi.waitFor(async () => expect((await control('GET'))[1]).toMatchObject({ plan, struck: [1, 1], held: 1 }));

    expect(await control('DELETE')).toEqual([200, nothing]);
    expect((await hanging).status).toBe(200);
    expect((await post('/list-connectors', '{}')).status).toBe(200);
  });

  it('takes back the plan that it says is in force', async () => {
    const { control } = await start();
    const [, before] = await control('PUT', { rules: [{ fault: 'latency', ms: [1, 2], rate: 0.25 }] });
    const [status, after] = await control('PUT', (before as { plan: object }).plan);
    expect([status, after]).toEqual([200, before]);
  });

  it('begins anew, counts and chances, when the same plan is put again', async () => {
    const { control, post } = await start();
    const plan = { rules: [{ fault: 'error', name: 'ConflictException', rate: 0.5, times: 9 }] };
    const story = async () => {
      await control('PUT', plan);
      const statuses: number[] = [];
      for (let n = 0; n < 8; n += 1) statuses.push((await post('/list-connectors', '{}')).status);
      return statuses;
    };
    const first = await story();
    expect(new Set(first)).toEqual(new Set([200, 409]));
    expect(await story()).toEqual(first);
  });

  it('is told everything that is wrong with a plan, and nothing changes', async () => {
    const { control } = await start();
    const plan = { rules: [{ fault: 'hang', times: 1 }] };
    await control('PUT', plan);
    const broken = { seeds: 1, seed: 0.5, rules: [{ fault: 'error', name: 'Nope' }, { fault: 'explode' }, 'hang'] };
    expect(await control('PUT', broken)).toEqual([
      400,
      {
        message: 'The plan cannot be taken; nothing changed.',
        problems: [
          'seed: expected a whole number from 0 up, got 0.5',
          expect.stringMatching(/^rules\.0\.name: expected one of ValidationException, .*, got "Nope"$/),
          expect.stringMatching(/^rules\.1\.fault: expected one of latency, .*, got "explode"$/),
          'rules.2: expected a map with fault and what it needs, got "hang"',
          'seeds: expected only seed, rules, got "seeds"',
        ],
      },
    ]);
    expect((await control('GET'))[1]).toMatchObject({ plan });
  });

  it.each([
    ['[]', 'expected a map with seed and rules, got a list'],
    ['null', 'expected a map with seed and rules, got nothing'],
    ['"hang"', 'expected a map with seed and rules, got "hang"'],
    ['{"__proto__":{"rules":[]}}', '__proto__: expected only seed, rules, got "__proto__"'],
  ])('refuses the plan %s', async (body, problem) => {
    const { url } = await start();
    const answer = await sendRaw(url, rawRequest('PUT /_faults', json, body));
    expect([answer.status, JSON.parse(answer.body).problems]).toEqual([400, [problem]]);
  });

  it.each([
    ['malformed JSON', 'PUT /_faults', json, '{"rules":', 400],
    ['a form', 'PUT /_faults', { 'content-type': 'application/x-www-form-urlencoded' }, 'rules=1', 415],
    ['text, which a page may send unasked', 'PUT /_faults', { 'content-type': 'text/plain' }, '{}', 415],
    ['no content type', 'PUT /_faults', {}, '{}', 415],
    ['more than a MiB', 'PUT /_faults', { ...json, 'content-length': '1048577' }, ' ', 413],
    ['another method', 'POST /_faults', json, '{}', 405],
    ['a preflight', 'OPTIONS /_faults', { 'access-control-request-method': 'PUT' }, '', 405],
    ['a page’s preflight', 'OPTIONS /_faults', { origin: 'https://example.com' }, '', 403],
    ['a page', 'GET /_faults', { origin: 'https://example.com' }, '', 403],
    ['a page of this machine', 'DELETE /_faults', { origin: 'http://localhost:3000' }, '', 403],
    ['a sandboxed page', 'PUT /_faults', { ...json, origin: 'null' }, '{}', 403],
    ['a name that points here', 'GET /_faults', { host: 'rebound.example.com' }, '', 403],
    ['a name that begins like this machine’s', 'GET /_faults', { host: '127.0.0.1.example.com' }, '', 403],
  ])('refuses %s', async (_, line, headers, body, status) => {
    const { url, control } = await start();
    await control('PUT', { rules: [{ fault: 'hang' }] });
    const answer = await sendRaw(url, rawRequest(line, headers, body));
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toEqual({ message: expect.any(String) });
    expect(Object.keys(answer.headers).filter(name => name.startsWith('access-control'))).toEqual([]);
    expect((await control('GET'))[1]).toMatchObject({ plan: { rules: [{ fault: 'hang' }] } });
  });

  it('says which methods it takes', async () => {
    const { url } = await start();
    expect((await sendRaw(url, rawRequest('PATCH /_faults'))).headers['allow']).toBe('GET, PUT, DELETE');
  });

  it.each(['localhost', 'LOCALHOST:4001', '127.0.0.1:4001', '[::1]:4001'])('answers to Host %s', async host => {
    const { url } = await start();
    expect((await sendRaw(url, rawRequest('GET /_faults?pretty', { host }))).status).toBe(200);
  });
});

describe('where faults are not enabled', () => {
  it.each(['GET', 'PUT', 'DELETE', 'OPTIONS', 'POST'])('%s /_faults is a path like any unknown one', async method => {
    const { url } = await startLocalAppflow();
    const answerTo = async (path: string) => {
      const { status, headers, body } = await sendRaw(url, rawRequest(`${method} ${path}`, json, '{"rules":[]}'));
      const { 'x-amzn-requestid': _, date: __, ...others } = headers;
      return { status, others, body: body.replace(path, 'PATH') };
    };
    expect(await answerTo('/_faults')).toEqual(await answerTo('/_nobody'));
  });
});

async function start() {
  const { url, post } = await startLocalAppflow({ faults: {} });
  const control = async (method: string, body?: object): Promise<[number, unknown]> => {
    const response = await fetch(`${url}/_faults`, {
      method,
      ...(body && { headers: json, body: JSON.stringify(body) }),
    });
    return [response.status, await response.json()];
  };
  return { url, post, control };
}
