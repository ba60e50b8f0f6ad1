import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type ResetEvent, resetChannel } from '../../src/base/channels.ts';
import { CachedSource } from '../../src/cache/cached-source.ts';
import type { Admission, Coherence } from '../../src/cache/coherence.ts';
import { CoherentCache } from '../../src/cache/coherent-cache.ts';
import { processCoherence } from '../../src/cache/process-coherence.ts';
import { MetadataError, type MetadataErrorCode } from '../../src/metadata/errors.ts';
import { aField, anEntity, aProfile } from '../support/builders.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { FakeSource } from '../support/fake-source.ts';

const hour = 3_600_000;
const crm = { connectorProfileName: 'crm' };
const account = { ...crm, connectorEntityName: 'Account' };
const contact = { ...crm, connectorEntityName: 'Contact' };

describe('a read', () => {
  it('costs one call, however many ask for the same at once', async () => {
    const { source, upstream } = aGateway();
    await Promise.all(Array.from({ length: 1000 }, () => source.describeEntity(account)));
    await Promise.all(Array.from({ length: 1000 }, () => source.listEntities(crm)));
    expect(upstream.calls).toHaveLength(2);
  });

  it('of something hot does not wait for a stranger’s miss of something cold', async () => {
    const { source, upstream } = aGateway();
    await source.describeEntity(account);
    const release = upstream.hold('Contact');
    const cold = source.describeEntity(contact);
    await expect(source.describeEntity(account)).resolves.toBeDefined();
    release();
    await cold;
  });

  it.each(['hit, miss', 'miss, hit'])('of something hot does not wait in the same tick either (%s)', async order => {
    const { source, upstream } = aGateway();
    await source.describeEntity(account);
    const release = upstream.hold('Contact');
    const reads = order === 'hit, miss' ? [account, contact] : [contact, account];
    const [first, second] = reads.map(ref => source.describeEntity(ref));
    await (order === 'hit, miss' ? first : second);
    release();
    await Promise.all([first, second]);
  });

  it('of something cold does not wait for another cold thing asked for in the same tick', async () => {
    const { source, upstream } = aGateway();
    const release = upstream.hold('Contact');
    const slow = source.describeEntity(contact);
    await expect(source.describeEntity(account)).resolves.toBeDefined();
    release();
    await slow;
  });

  it('that fails is not remembered, and fails for itself alone', async () => {
    const { source, upstream } = aGateway();
    upstream.failNext('Account', new MetadataError('CONNECTOR_FAILED', 'down'));
    const reads = await Promise.allSettled([source.describeEntity(account), source.describeEntity(contact)]);
    expect(reads.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    await expect(source.describeEntity(account)).resolves.toBeDefined();
  });

  it('is repeated when its time is up, sooner for connectors and profiles', async () => {
    const { source, upstream, clock } = aGateway();
    const readAll = () => Promise.all([source.listProfiles(), source.listConnectors(), source.listEntities(crm)]);
    await readAll();
    clock.advance(60_000);
    await readAll();
    expect(upstream.calls).toHaveLength(5);
    clock.advance(hour - 60_000);
    await readAll();
    expect(upstream.calls).toHaveLength(8);
  });
});

describe('a reset', () => {
  it('is answered after AppFlow’s own, so nobody refills from AppFlow’s old cache', async () => {
    const { source, upstream } = aGateway();
    await source.describeEntity(account);
    const release = upstream.hold('reset');
    const reset = source.reset(account);
    await source.describeEntity(account);
    setFields(upstream, 'Id', 'New');
    release();
    expect(await reset).toMatchObject({ scope: 'ENTITY_DETAILS', clearedEntries: 1, coherence: 'PROCESS' });
    expect(await fieldsOf(source)).toEqual(['Id', 'New']);
  });

  it('says so when there was nothing to drop', async () => {
    const { source } = aGateway();
    expect((await source.reset(crm)).clearedEntries).toBe(0);
  });

  it('makes profiles be read again, too', async () => {
    const { source, upstream } = aGateway();
    await source.listProfiles();
    upstream.profiles = [aProfile('crm'), aProfile('new')];
    await source.reset(crm);
    expect(await source.listProfiles()).toHaveLength(2);
  });

  it.each<MetadataErrorCode>([
    'BAD_USER_INPUT',
    'NOT_FOUND',
    'CONFLICT',
    'UPSTREAM_ACCESS_DENIED',
    'UPSTREAM_THROTTLED',
    'OVERLOADED',
  ])('that AppFlow refuses with %s clears nothing', async code => {
    const { source, upstream } = aGateway();
    await source.describeEntity(account);
    upstream.failNext('reset', new MetadataError(code, 'refused'));
    await expect(source.reset(account)).rejects.toMatchObject({ code, message: 'refused' });
    await source.describeEntity(account);
    expect(upstream.calls.filter(call => call.includes('"entity"'))).toHaveLength(1);
  });

  it.each<MetadataErrorCode>(['UPSTREAM_TIMEOUT', 'UPSTREAM_UNAVAILABLE'])(
    'whose answer is lost (%s) clears everything in scope and says so',
    async code => {
      const { source, upstream } = aGateway();
      await source.describeEntity(account);
      setFields(upstream, 'Id', 'New');
      upstream.failNext('reset', new MetadataError(code, 'lost', { upstreamRequestId: 'aws-1' }));
      await expect(source.reset(account)).rejects.toMatchObject({
        code: 'UPSTREAM_RESET_UNCERTAIN',
        retryable: true,
        upstreamRequestId: 'aws-1',
      });
      expect(await fieldsOf(source)).toEqual(['Id', 'New']);
    },
  );

  it('refused only after an attempt whose answer was lost may have happened, and is treated so', async () => {
    const { source, upstream } = aGateway();
    const events: ResetEvent[] = [];
    onTestFinished(resetChannel.subscribe(event => events.push(event)));
    await source.describeEntity(account);
    upstream.failNext('reset', new MetadataError('CONFLICT', 'busy', { upstreamCalls: 2 }));
    await expect(source.reset(account)).rejects.toMatchObject({ code: 'UPSTREAM_RESET_UNCERTAIN' });
    expect(events).toMatchObject([{ outcome: 'UPSTREAM_RESET_UNCERTAIN', clearedEntries: 1 }]);
    upstream.failNext('reset', new MetadataError('UPSTREAM_THROTTLED', 'slow down', { upstreamCalls: 3 }));
    await expect(source.reset(account)).rejects.toMatchObject({ code: 'UPSTREAM_THROTTLED' });
  });

  it('clears around the announcement, because a replica may be filled from before it', async () => {
    const events: string[] = [];
    const { source, cache } = aGateway({
      ...processCoherence,
      announce: async () => {
        events.push(`announce with ${cache.status().entries} entries`);
        await source.describeEntity(account);
        return {
          delivered: async () => {
            events.push(`wait with ${cache.status().entries} entries`);
            return 'ALL_REPLICAS';
          },
        };
      },
    });
    await source.describeEntity(account);
    expect(await source.reset(account)).toMatchObject({ clearedEntries: 2, coherence: 'ALL_REPLICAS' });
    expect(events).toEqual(['announce with 0 entries', 'wait with 0 entries']);
  });

  it('fails when it cannot be announced', async () => {
    const refusal = new MetadataError('UPSTREAM_UNAVAILABLE', 'nobody listens');
    const { source } = aGateway({ ...processCoherence, announce: () => Promise.reject(refusal) });
    await expect(source.reset(account)).rejects.toBe(refusal);
  });
});

describe('a replica that may not serve from memory', () => {
  it('reads from AppFlow every time and keeps nothing', async () => {
    const { source, upstream, cache } = aGateway({ ...processCoherence, admit: () => 'FETCH' });
    await source.describeEntity(account);
    const { freshness } = await source.describeEntity(account);
    expect(upstream.calls).toHaveLength(2);
    expect(cache.status().entries).toBe(0);
    expect(freshness.expiresAt).toEqual(freshness.fetchedAt);
  });

  it('lets a read join a fetch that began after it, and none that began before', async () => {
    const { source, upstream } = aGateway({ ...processCoherence, admit: () => 'FETCH' });
    const release = upstream.hold('Account');
    const early = fieldsOf(source);
    await vi.waitUntil(() => upstream.calls.length === 1, { interval: 1 });
    setFields(upstream, 'Id', 'New');
    const late = Promise.all(Array.from({ length: 100 }, () => fieldsOf(source)));
    release();
    expect(await early).toEqual(['Id']);
    for (const fields of await late) expect(fields).toEqual(['Id', 'New']);
    expect(upstream.calls).toHaveLength(2);
  });

  it('goes back to memory as soon as it may', async () => {
    let admission: Admission = 'FETCH';
    const { source, upstream } = aGateway({ ...processCoherence, admit: async () => admission });
    await source.describeEntity(account);
    admission = 'SERVE';
    await source.describeEntity(account);
    await source.describeEntity(account);
    expect(upstream.calls).toHaveLength(2);
  });
});

describe('an answer past its time', () => {
  const down = () => new MetadataError('UPSTREAM_UNAVAILABLE', 'down');

  it('is served when AppFlow fails, for as long as it is allowed, and AppFlow is tried again every five seconds', async () => {
    const { source, upstream, clock } = aGateway(processCoherence, 60_000);
    await source.describeEntity(account);
    clock.advance(hour);
    upstream.failNext('Account', down());
    expect((await source.describeEntity(account)).freshness.isStale).toBe(true);
    expect((await source.describeEntity(account)).freshness.isStale).toBe(true);
    expect(upstream.calls).toHaveLength(2);
    clock.advance(5_000);
    expect((await source.describeEntity(account)).freshness.isStale).toBe(false);
    clock.advance(hour + 60_000);
    upstream.failNext('Account', down());
    await expect(source.describeEntity(account)).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  });

  it('is gone after a reset, also for a fetch that began before it', async () => {
    const { source, upstream, clock, cache } = aGateway(processCoherence, hour);
    await source.describeEntity(account);
    clock.advance(hour);
    const release = upstream.hold('"entity"');
    upstream.failNext('"entity"', down());
    const read = source.describeEntity(account);
    await vi.waitUntil(() => upstream.calls.length === 2, { interval: 1 });
    await source.reset(account);
    release();
    await expect(read).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(cache.status()).toMatchObject({ entries: 0, bytes: 0 });
  });

  it('is not served by a replica that may not serve from memory', async () => {
    let admission: Admission = 'SERVE';
    const { source, upstream, clock } = aGateway({ ...processCoherence, admit: () => admission }, hour);
    await source.describeEntity(account);
    clock.advance(hour);
    admission = 'FETCH';
    upstream.failNext('Account', down());
    await expect(source.describeEntity(account)).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  });
});

describe('freshness', () => {
  it('tells until when an answer is kept', async () => {
    const { source, clock } = aGateway();
    const { freshness } = await source.listEntities(crm);
    expect(freshness.expiresAt.getTime()).toBe(clock.wallNow() + hour);
  });

  it('claims nothing of a reset that came after the fetch had begun', async () => {
    const { source, clock, upstream } = aGateway();
    upstream.upstreamCacheTtlMs = hour;
    const startedAt = clock.wallNow();
    const release = upstream.hold('"entity"');
    const read = source.describeEntity(account);
    await vi.waitUntil(() => upstream.calls.length === 1, { interval: 1 });
    clock.advance(1000);
    await source.reset(account);
    release();
    const { freshness } = await read;
    expect(freshness.completeAsOf.getTime()).toBe(startedAt - hour);
  });

  it('counts from a reset of the very same thing, and from no other', async () => {
    const { source, clock, upstream } = aGateway();
    upstream.upstreamCacheTtlMs = hour;
    const resetAt = clock.wallNow();
    await source.reset(account);
    clock.advance(1000);
    const known = await source.describeEntity(account);
    const unknown = await source.describeEntity(contact);
    expect(known.freshness.completeAsOf.getTime()).toBe(resetAt);
    expect(unknown.freshness.completeAsOf.getTime()).toBe(clock.wallNow() - hour);
  });
});

it('tells what it holds and how well it does', async () => {
  const { source } = aGateway();
  await source.describeEntity(account);
  await source.describeEntity(account);
  await source.reset(account);
  expect(source.status()).toEqual({
    entries: 0,
    bytes: 0,
    maxBytes: 10_000_000,
    ttlSeconds: 3600,
    hits: 1,
    joined: 0,
    misses: 1,
    evictions: 0,
    clearedEntries: 1,
    resets: 1,
    unkept: 0,
    coherence: 'PROCESS',
    servesFromMemory: true,
  });
});

function aGateway(coherence: Coherence = processCoherence, staleIfErrorMs = 0) {
  const clock = new FakeClock();
  const upstream = new FakeSource(() => clock.wallNow());
  upstream.profiles = [aProfile('crm')];
  setFields(upstream, 'Id');
  const cache = new CoherentCache({ clock, maxBytes: 10_000_000, staleIfErrorMs });
  const times = { ttlMs: hour, directoryTtlMs: 60_000 };
  return { clock, upstream, cache, source: new CachedSource({ source: upstream, cache, coherence, clock, ...times }) };
}

function setFields(upstream: FakeSource, ...identifiers: string[]): void {
  const fields = identifiers.map(identifier => aField(identifier));
  upstream.entities.set('crm', [anEntity('Account', { fields }), anEntity('Contact')]);
}

async function fieldsOf(source: CachedSource): Promise<string[]> {
  const { fields } = await source.describeEntity(account);
  return fields.map(field => field.identifier);
}
