import { describe, expect, it } from 'vitest';
import type { ConnectedApplication } from '../../src/local-appflow/connected-application.ts';
import { SourceApplicationError } from '../../src/local-appflow/connectors/source-application.ts';
import { MetadataCache } from '../../src/local-appflow/metadata-cache.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { FakeApplication } from '../support/fake-registry.ts';

const secondMs = 1000;
const hourMs = 3600 * secondMs;

describe('MetadataCache', () => {
  it('asks the application once an hour for names and for details', async () => {
    const { cache, clock, application, connected } = setUp();
    const read = async () => {
      await cache.listEntities(connected);
      await cache.describeEntity(connected, 'Account');
    };
    await read();
    clock.advance(hourMs - 1);
    await read();
    expect(application.calls).toEqual(['list ""', 'describe Account']);
    clock.advance(1);
    await read();
    expect(application.calls).toHaveLength(4);
  });

  it.each([
    [900, 900],
    [600, 600],
    [599, 600],
    [0, 600],
    [7200, 7200],
  ])('keeps what the connector gives %i seconds for %i', async (timeToLiveSeconds, kept) => {
    const { cache, clock, application, connected } = setUp();
    application.timeToLiveSeconds = timeToLiveSeconds;
    await cache.listEntities(connected);
    clock.advance(kept * secondMs - 1);
    await cache.listEntities(connected);
    expect(application.calls).toHaveLength(1);
    clock.advance(1);
    await cache.listEntities(connected);
    expect(application.calls).toHaveLength(2);
  });

  it('takes an empty path for the top level', async () => {
    const { cache, application, connected } = setUp();
    await cache.listEntities(connected);
    await cache.listEntities(connected, '');
    expect(application.calls).toEqual(['list ""']);
  });

  it('keeps versions and connections apart', async () => {
    const { cache, application, connected } = setUp();
    await cache.listEntities({ ...connected, apiVersion: 'v1' });
    await cache.listEntities({ ...connected, apiVersion: 'v2' });
    await cache.listEntities({ ...connected, owner: 'profile other', apiVersion: 'v2' });
    expect(application.calls).toEqual(['list "" @v1', 'list "" @v2', 'list "" @v2']);
  });

  it('keeps groups in order, entity by entity', async () => {
    const { cache, application, connected } = setUp();
    application.setEntities('', { Standard: ['Account', 'Contact'], Custom: ['Visit__c'] });
    const listed = await cache.listEntities(connected);
    expect(listed.map(({ group, entity }) => `${group}/${entity.name}`)).toEqual([
      'Standard/Account',
      'Standard/Contact',
      'Custom/Visit__c',
    ]);
  });

  it('is fresh after a reset even when an older fill ends later', async () => {
    const { cache, application, connected } = setUp();
    const release = application.hold();
    const before = cache.describeEntity(connected, 'Account');
    application.setFields('Account', ['Id', 'Added']);
    cache.reset({
      owner: connected.owner,
      apiVersion: undefined,
      connectorEntityName: 'Account',
      entitiesPath: undefined,
    });
    const after = cache.describeEntity(connected, 'Account');
    release();
    expect((await before).map(({ identifier }) => identifier)).toEqual(['Id']);
    expect((await after).map(({ identifier }) => identifier)).toEqual(['Id', 'Added']);
    expect(await cache.describeEntity(connected, 'Account')).toBe(await after);
  });

  it('keeps no failure, and waits ten seconds for an answer', async () => {
    const { cache, clock, application, connected } = setUp();
    application.failNext(new SourceApplicationError('no route'));
    await expect(cache.listEntities(connected)).rejects.toThrow('no route');
    const release = application.hold();
    const waiting = expect(cache.listEntities(connected)).rejects.toThrow('did not answer within 10 seconds');
    clock.advance(10 * secondMs);
    await waiting;
    release();
    expect(await cache.listEntities(connected)).toHaveLength(1);
  });
});

function setUp() {
  const clock = new FakeClock();
  const application = new FakeApplication().setEntities('', { Objects: ['Account'] }).setFields('Account', ['Id']);
  const connected: ConnectedApplication = {
    owner: 'profile sales',
    application,
    apiVersion: undefined,
    resetNeedsApiVersion: false,
  };
  return { clock, application, connected, cache: new MetadataCache(clock, { namesResetReachesNested: false }) };
}
