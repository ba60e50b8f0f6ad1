import { describe, expect, it } from 'vitest';
import { budgetResets } from '../../src/cache/budgeted-source.ts';
import { LocalBudget } from '../../src/cache/local-budget.ts';
import { anEntity } from '../support/builders.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { FakeSource } from '../support/fake-source.ts';

const crm = { connectorProfileName: 'crm' };

function createWorld(perMinute: number) {
  const clock = new FakeClock();
  const upstream = new FakeSource();
  for (const name of ['crm', 'erp', 'S3']) upstream.entities.set(name, [anEntity('Account')]);
  return { clock, upstream, source: budgetResets(upstream, new LocalBudget(perMinute, clock)) };
}

describe('a budget for resets', () => {
  it('refuses what is beyond it before AppFlow is asked, and says when there is more', async () => {
    const { clock, upstream, source } = createWorld(2);
    await source.reset(crm);
    await source.reset({ ...crm, connectorEntityName: 'Account' });
    await expect(source.reset(crm)).rejects.toMatchObject({
      code: 'RESET_THROTTLED',
      retryable: true,
      retryAfterMs: 30_000,
      message: 'The profile crm may be reset 2 times a minute, and that is spent; the next reset is possible in 30 s.',
    });
    expect(upstream.calls).toHaveLength(2);
    clock.advance(30_000);
    expect(await source.reset(crm)).toMatchObject({ scope: 'ENTITY_NAMES' });
  });

  it('is one for each profile, and for each connector without', async () => {
    const { source } = createWorld(1);
    await Promise.all(
      [crm, { connectorProfileName: 'erp' }, { connectorType: 'S3' }].map(request => source.reset(request)),
    );
    await expect(source.reset({ connectorType: 'S3' })).rejects.toThrow(
      'The connector S3 may be reset 1 times a minute',
    );
    await expect(source.reset({ ...crm, connectorType: 'Salesforce' })).rejects.toMatchObject({
      code: 'RESET_THROTTLED',
    });
  });

  it('leaves reads alone', async () => {
    const { upstream, source } = createWorld(1);
    for (let read = 0; read < 5; read += 1) await source.listEntities(crm);
    await source.describeEntity({ ...crm, connectorEntityName: 'Account' });
    expect(await Promise.all([source.listProfiles(), source.listConnectors()])).toEqual([[], []]);
    await expect(source.describeConnector({ connectorType: 'X' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(upstream.calls).toHaveLength(9);
  });
});

describe('equal resets', () => {
  it('that come while one is under way share the next one, and none joins the first', async () => {
    const { upstream, source } = createWorld(2);
    const release = upstream.hold('reset');
    const first = source.reset(crm);
    await expect.poll(() => upstream.calls.length).toBe(1);
    const others = [
      source.reset(crm),
      source.reset({ ...crm, apiVersion: undefined }),
      source.reset({ connectorProfileName: 'crm' }),
    ];
    expect(upstream.calls).toHaveLength(1);
    release();
    await first;
    await Promise.all(others);
    expect(upstream.calls).toHaveLength(2);
    await expect(source.reset(crm)).rejects.toMatchObject({ code: 'RESET_THROTTLED' });
  });

  it('are not those of something else', async () => {
    const { upstream, source } = createWorld(10);
    const release = upstream.hold('reset');
    const resets = [
      crm,
      { ...crm, entitiesPath: '' },
      { ...crm, connectorEntityName: 'Account' },
      { ...crm, apiVersion: 'v1' },
    ].map(request => source.reset(request));
    await expect.poll(() => upstream.calls.length).toBe(4);
    release();
    await Promise.all(resets);
  });

  it('follow one that failed', async () => {
    const { upstream, source } = createWorld(10);
    const first = source.reset({ connectorProfileName: 'nobody' });
    const second = source.reset({ connectorProfileName: 'nobody' });
    await expect(first).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(second).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(upstream.calls).toHaveLength(2);
  });
});
