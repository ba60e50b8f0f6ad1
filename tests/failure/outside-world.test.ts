import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { outcomeOf } from './ask.ts';
import { answerWell, runGatewayBefore, sendError, startRawAppflow } from './raw-appflow.ts';

describe('the world around a gateway', () => {
  it.each([1, -1])('may set the wall clock by %i h, and nothing expires or is kept for longer', async hours => {
    const appflow = await startRawAppflow();
    const client = await runGatewayBefore(appflow.url);
    const entities = Array.from({ length: 20 }, (_, n) => `E${n}`);
    await Promise.all(entities.map(entity => outcomeOf(client, 'crm', entity)));
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + hours * 3_600_000 });
    onTestFinished(() => void vi.useRealTimers());
    for (const entity of entities) expect(await outcomeOf(client, 'crm', entity)).toBe('Id');
    expect(appflow.requests).toHaveLength(20);
    expect(await outcomeOf(client, 'crm', 'New')).toBe('Id');
  });

  it('may let the gateway’s credentials expire: memory is served, and what is not there is refused until they are good', async () => {
    const appflow = await startRawAppflow();
    const client = await runGatewayBefore(appflow.url);
    expect(await outcomeOf(client)).toBe('Id');
    appflow.answer = ({ response }) => sendError(response, 403, 'ExpiredTokenException');
    for (let tries = 0; tries < 10; tries += 1) {
      expect(await outcomeOf(client)).toBe('Id');
      expect(await outcomeOf(client, 'crm', 'Contact')).toBe('UPSTREAM_ACCESS_DENIED');
    }
    appflow.answer = answerWell;
    expect(await outcomeOf(client, 'crm', 'Contact')).toBe('Id');
  });

  it('may stop AppFlow and start it again: memory is served meanwhile, and the rest soon afterwards', async () => {
    const appflow = await startRawAppflow();
    const client = await runGatewayBefore(appflow.url);
    expect(await outcomeOf(client)).toBe('Id');
    await appflow.stop();
    for (let tries = 0; tries < 6; tries += 1) {
      expect(await outcomeOf(client)).toBe('Id');
      expect(await outcomeOf(client, 'crm', 'Contact')).toBe('UPSTREAM_UNAVAILABLE');
    }
    await startRawAppflow(answerWell, Number(new URL(appflow.url).port));
    await vi.waitUntil(async () => (await outcomeOf(client, 'crm', 'Contact')) === 'Id', {
      timeout: 15_000,
      interval: 50,
    });
  }, 30_000);
});
