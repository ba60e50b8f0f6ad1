import { describe, expect, it, vi } from 'vitest';
import { askFields, outcomeOf, reset } from './ask.ts';
import { answerWell, type RawRequest, runGatewayBefore, sendError, startRawAppflow } from './raw-appflow.ts';

const failing = ({ path, ...raw }: RawRequest) =>
  path.includes('reset') ? answerWell({ path, ...raw }) : sendError(raw.response, 500, 'InternalServerException');

const patience = { timeout: 10_000, interval: 50 };

describe('an answer past its time, while AppFlow fails,', () => {
  it('is served where the operator wants it, and says that it is stale', async () => {
    const { client, appflow } = await aGatewayWithAnOldAnswer('3600');
    const [stale, again] = [await askFields(client), await askFields(client)];
    for (const { data, errors } of [stale, again]) {
      expect(errors).toBeUndefined();
      expect(data?.connectorEntity).toEqual({ fields: [{ identifier: 'Id' }], freshness: { isStale: true } });
    }
    appflow.answer = answerWell;
    const isFresh = async () => (await askFields(client)).data?.connectorEntity?.freshness?.isStale === false;
    await vi.waitUntil(isFresh, { timeout: 15_000, interval: 100 });
  }, 30_000);

  it('is served after no reset', async () => {
    const { client } = await aGatewayWithAnOldAnswer('3600');
    expect((await askFields(client)).data?.connectorEntity?.freshness?.isStale).toBe(true);
    expect((await reset(client)).data?.resetConnectorMetadataCache?.coherence).toBe('PROCESS');
    expect(await outcomeOf(client)).toBe('UPSTREAM_UNAVAILABLE');
  }, 30_000);

  it('is not served by default', async () => {
    const { client } = await aGatewayWithAnOldAnswer('0');
    await vi.waitUntil(async () => (await outcomeOf(client)) === 'UPSTREAM_UNAVAILABLE', patience);
  }, 30_000);

  it('is not served when AppFlow says that there is no such thing', async () => {
    const { client, appflow } = await aGatewayWithAnOldAnswer('3600');
    appflow.answer = ({ response }) => sendError(response, 404, 'ResourceNotFoundException');
    await vi.waitUntil(async () => (await outcomeOf(client)) === 'nothing', { timeout: 15_000, interval: 100 });
    appflow.answer = failing;
    await vi.waitUntil(async () => (await outcomeOf(client)) === 'UPSTREAM_UNAVAILABLE', {
      timeout: 15_000,
      interval: 100,
    });
  }, 40_000);
});

/** Reads once, and then AppFlow fails; returns when the answer is past its time, a second later. */
async function aGatewayWithAnOldAnswer(staleIfErrorSeconds: string) {
  const appflow = await startRawAppflow();
  const client = await runGatewayBefore(appflow.url, {
    METADATA_TTL_SECONDS: '1',
    STALE_IF_ERROR_SECONDS: staleIfErrorSeconds,
  });
  expect((await askFields(client)).data?.connectorEntity?.freshness?.isStale).toBe(false);
  appflow.answer = failing;
  await vi.waitUntil(async () => (await outcomeOf(client)) && appflow.requests.length > 1, patience);
  return { client, appflow };
}
