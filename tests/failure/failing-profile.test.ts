import { describe, expect, it, vi } from 'vitest';
import { askFields, outcomeOf, reset } from './ask.ts';
import { answerWell, type RawRequest, runGatewayBefore, sendError, startRawAppflow } from './raw-appflow.ts';

/** An answer to requests about the profile `bad`; all others are answered well. */
function forBad(answer: (request: RawRequest) => void) {
  return (raw: RawRequest) => (raw.input.connectorProfileName === 'bad' ? answer(raw) : answerWell(raw));
}

describe('a profile that AppFlow fails for', () => {
  it('is not asked about for a while, says so at once, and is asked again', async () => {
    const appflow = await startRawAppflow(
      forBad(({ response }) => sendError(response, 500, 'InternalServerException')),
    );
    const client = await runGatewayBefore(appflow.url);
    for (let tries = 0; tries < 5; tries += 1) expect(await outcomeOf(client, 'bad')).toBe('UPSTREAM_UNAVAILABLE');
    const asked = appflow.requests.length;
    const { errors } = await askFields(client, 'bad');
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', retryable: true });
    expect(errors?.[0]?.extensions['retryAfterMs']).toBeGreaterThan(0);
    expect(appflow.requests).toHaveLength(asked);
    expect(await outcomeOf(client, 'good')).toBe('Id');
    appflow.answer = answerWell;
    await vi.waitUntil(async () => (await outcomeOf(client, 'bad')) === 'Id', { timeout: 10_000, interval: 50 });
  }, 20_000);

  it('is reset all the same, because somebody asked for it', async () => {
    const appflow = await startRawAppflow(({ path, response }) => {
      if (path.includes('reset')) answerWell({ path, response, input: {} } as RawRequest);
      else sendError(response, 500, 'InternalServerException');
    });
    const client = await runGatewayBefore(appflow.url);
    for (let tries = 0; tries < 6; tries += 1) await outcomeOf(client);
    expect((await reset(client)).data?.resetConnectorMetadataCache?.coherence).toBe('PROCESS');
  }, 20_000);

  it('is asked again and again when it is the application behind it that fails', async () => {
    const appflow = await startRawAppflow(({ response }) => sendError(response, 400, 'ConnectorServerException'));
    const client = await runGatewayBefore(appflow.url);
    for (let tries = 0; tries < 10; tries += 1) expect(await outcomeOf(client)).toBe('CONNECTOR_FAILED');
    expect(appflow.requests).toHaveLength(10);
  });

  it('that hangs takes no turns of the others, and does not delay them', async () => {
    const appflow = await startRawAppflow(forBad(() => undefined));
    const client = await runGatewayBefore(appflow.url, { UPSTREAM_CONCURRENCY: '4', UPSTREAM_TIMEOUT_MS: '2000' });
    const hanging = Promise.all(Array.from({ length: 20 }, (_, n) => outcomeOf(client, 'bad', `E${n}`)));
    await vi.waitUntil(() => appflow.requests.length === 2, { timeout: 5_000, interval: 5 });
    const startedAt = performance.now();
    const good = Array.from({ length: 20 }, (_, n) => outcomeOf(client, 'good', `E${n}`));
    expect(new Set(await Promise.all(good))).toEqual(new Set(['Id']));
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    // Two at a time, and from the fifth failure on without asking.
    expect(new Set(await hanging)).toEqual(new Set(['UPSTREAM_TIMEOUT', 'UPSTREAM_UNAVAILABLE']));
    expect(appflow.requests.filter(({ input }) => input.connectorProfileName === 'bad')).toHaveLength(6);
  }, 20_000);
});

describe('throttling', () => {
  it.each(['1', '60'])('for %s s is respected for that profile, and for no other', async seconds => {
    const appflow = await startRawAppflow(
      forBad(({ response }) => sendError(response, 429, 'ThrottlingException', { 'retry-after': seconds })),
    );
    const client = await runGatewayBefore(appflow.url, { UPSTREAM_TIMEOUT_MS: '1500' });
    expect(await outcomeOf(client, 'bad')).toBe('UPSTREAM_THROTTLED');
    const asked = appflow.requests.length;
    const { errors } = await askFields(client, 'bad', 'Contact');
    const waitMs = Number(errors?.[0]?.extensions['retryAfterMs']);
    expect(waitMs).toBeGreaterThan(0);
    expect(waitMs).toBeLessThanOrEqual(Number(seconds) * 1_000);
    expect(appflow.requests).toHaveLength(asked);
    expect(await outcomeOf(client, 'good')).toBe('Id');
  });

  it('without a time is tried again by the next read', async () => {
    const appflow = await startRawAppflow(({ response }) => sendError(response, 429, 'TooManyRequestsException'));
    const client = await runGatewayBefore(appflow.url);
    const { errors } = await askFields(client);
    expect(errors?.[0]?.extensions).toEqual(expect.objectContaining({ code: 'UPSTREAM_THROTTLED', retryable: true }));
    appflow.answer = answerWell;
    expect(await outcomeOf(client)).toBe('Id');
  });

  it('of a reset leaves reads alone, and is an answer: nothing was reset', async () => {
    const appflow = await startRawAppflow(raw => {
      if (!raw.path.includes('reset')) answerWell(raw);
      else sendError(raw.response, 429, 'ThrottlingException', { 'retry-after': '60' });
    });
    const client = await runGatewayBefore(appflow.url);
    for (let tries = 0; tries < 2; tries += 1) {
      const { errors } = await reset(client);
      expect(errors?.[0]?.extensions.code).toBe('UPSTREAM_THROTTLED');
    }
    expect(appflow.requests).toHaveLength(1);
    expect(await outcomeOf(client)).toBe('Id');
  });
});
