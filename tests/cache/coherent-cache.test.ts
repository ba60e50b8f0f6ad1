import { describe, expect, it } from 'vitest';
import { createDeferred } from '../../src/base/deferred.ts';
import { CoherentCache } from '../../src/cache/coherent-cache.ts';
import { MetadataError } from '../../src/metadata/errors.ts';
import { keyOf, type MetadataRef } from '../../src/metadata/refs.ts';
import { FakeClock } from '../support/fake-clock.ts';

const ref: MetadataRef = { kind: 'entity', connectorProfileName: 'p', connectorEntityName: 'Account' };
const other: MetadataRef = { kind: 'entity', connectorProfileName: 'p', connectorEntityName: 'Contact' };

describe('an answer', () => {
  it('is there from the first moment, as a promise', () => {
    const { cache, hold } = aCache();
    const flight = hold(ref);
    expect(cache.peek(keyOf(ref))).toBe(flight.promise);
    expect(cache.status()).toMatchObject({ entries: 1, hits: 1, joined: 1, misses: 1 });
  });

  it('is served until its time is up, counted from the start of the fetch', async () => {
    const { cache, clock, hold } = aCache();
    const flight = hold(ref, 1000);
    clock.advance(999);
    flight.resolve('fields');
    await expect(cache.peek(keyOf(ref))).resolves.toBe('fields');
    clock.advance(1);
    expect(cache.peek(keyOf(ref))).toBeUndefined();
    expect(cache.status()).toMatchObject({ entries: 0, bytes: 0 });
  });

  it('that failed leaves at once', async () => {
    const { cache, hold } = aCache();
    const flight = hold(ref);
    flight.reject(new MetadataError('UPSTREAM_TIMEOUT', 'slow'));
    await expect(flight.promise).rejects.toThrow('slow');
    expect(cache.peek(keyOf(ref))).toBeUndefined();
    expect(cache.status().bytes).toBe(0);
  });

  it('leaves after its time even if nobody asks for it again', () => {
    const { cache, clock, hold } = aCache();
    for (let n = 0; n < 100; n += 1) hold({ ...ref, apiVersion: `v${n}` }, 5000).resolve('fields');
    clock.advance(5000);
    for (let n = 0; n < 101; n += 1) hold({ ...other, apiVersion: `v${n}` }, 60_000);
    expect(cache.status().entries).toBe(101);
  });

  it('"not found" is believed for a few seconds', async () => {
    const { cache, clock, hold } = aCache();
    const flight = hold(ref);
    flight.reject(new MetadataError('NOT_FOUND', 'no such entity'));
    await expect(flight.promise).rejects.toThrow();
    await expect(cache.peek(keyOf(ref))).rejects.toThrow('no such entity');
    clock.advance(5000);
    expect(cache.peek(keyOf(ref))).toBeUndefined();
  });
});

describe('a reset', () => {
  it('drops what it reaches and says how much', async () => {
    const { cache, hold } = aCache();
    hold(ref).resolve('fields');
    hold(other).resolve('fields');
    expect(cache.clear({ connectorProfileName: 'p', connectorEntityName: 'Account' })).toBe(1);
    expect(cache.peek(keyOf(ref))).toBeUndefined();
    expect(cache.peek(keyOf(other))).toBeDefined();
  });

  it('detaches a flight: its late answer goes to those who waited and to nobody else', async () => {
    const { cache, hold } = aCache();
    const old = hold(ref);
    cache.clear({ connectorProfileName: 'p', connectorEntityName: 'Account' });
    const fresh = hold(ref);
    old.resolve('old');
    await expect(old.promise).resolves.toBe('old');
    expect(cache.peek(keyOf(ref))).toBe(fresh.promise);
  });

  it('is not undone by the failure of an old flight', async () => {
    const { cache, hold } = aCache();
    const old = hold(ref);
    cache.clearAll();
    const fresh = hold(ref);
    old.reject(new MetadataError('CONNECTOR_FAILED', 'old failure'));
    await expect(old.promise).rejects.toThrow();
    expect(cache.peek(keyOf(ref))).toBe(fresh.promise);
  });

  it('drops a remembered "not found"', async () => {
    const { cache, hold } = aCache();
    const flight = hold(ref);
    flight.reject(new MetadataError('NOT_FOUND', 'no such entity'));
    await expect(flight.promise).rejects.toThrow();
    cache.clear({ connectorProfileName: 'p', connectorEntityName: 'Account' });
    expect(cache.peek(keyOf(ref))).toBeUndefined();
  });
});

describe('the bound', () => {
  it('is kept by dropping what was not read since the last look', async () => {
    const { cache, hold } = aCache({ maxBytes: 20_000 });
    await settled(hold(ref), 'x'.repeat(3000));
    await settled(hold(other), 'x'.repeat(3000));
    cache.peek(keyOf(ref));
    await settled(hold({ ...ref, apiVersion: 'v2' }), 'x'.repeat(3000));
    expect(cache.peek(keyOf(ref))).toBeDefined();
    await settled(hold({ ...ref, apiVersion: 'v3' }), 'x'.repeat(3000));
    expect(cache.peek(keyOf(other))).toBeUndefined();
    expect(cache.peek(keyOf(ref))).toBeDefined();
    expect(cache.status().bytes).toBeLessThanOrEqual(20_000);
    expect(cache.status().evictions).toBe(1);
  });

  it('is never kept at the price of a flight that others wait for', async () => {
    const { cache, hold } = aCache({ maxBytes: 1000 });
    const flights = Array.from({ length: 10 }, (_, n) => hold({ ...ref, apiVersion: `v${n}` }));
    await settled(hold(other), 'x'.repeat(100));
    for (const [n, { promise }] of flights.entries())
      expect(cache.peek(keyOf({ ...ref, apiVersion: `v${n}` }))).toBe(promise);
  });

  it('does not let one answer that is larger than it push out the rest', async () => {
    const { cache, hold } = aCache({ maxBytes: 10_000 });
    await settled(hold(ref), 'small');
    await settled(hold(other), 'x'.repeat(10_000));
    expect(cache.peek(keyOf(ref))).toBeDefined();
    expect(cache.peek(keyOf(other))).toBeUndefined();
  });

  it('holds for any traffic', async () => {
    const { cache, clock, hold } = aCache({ maxBytes: 50_000 });
    for (let n = 0; n < 2000; n += 1) {
      await settled(hold({ ...ref, apiVersion: `v${n % 300}` }), 'x'.repeat((n * 37) % 5000));
      if (n % 3 === 0) cache.peek(keyOf({ ...ref, apiVersion: `v${(n * 7) % 300}` }));
      clock.advance(1);
      expect(cache.status().bytes).toBeLessThanOrEqual(50_000);
    }
    cache.clearAll();
    expect(cache.status()).toMatchObject({ entries: 0, bytes: 0 });
  });
});

function aCache({ maxBytes = 1_000_000 } = {}) {
  const clock = new FakeClock();
  const cache = new CoherentCache({ clock, maxBytes });
  const hold = (held: MetadataRef, ttlMs = 60_000) => {
    const flight = createDeferred<unknown>();
    cache.hold(keyOf(held), held, flight.promise, ttlMs);
    return flight;
  };
  return { cache, clock, hold };
}

async function settled(flight: ReturnType<ReturnType<typeof aCache>['hold']>, value: string): Promise<void> {
  flight.resolve(value);
  await flight.promise;
}
