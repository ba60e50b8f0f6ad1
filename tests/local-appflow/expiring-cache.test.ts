import { describe, expect, it } from 'vitest';
import { createDeferred } from '../../src/base/deferred.ts';
import { ExpiringCache, type Filling } from '../../src/local-appflow/expiring-cache.ts';
import { FakeClock } from '../support/fake-clock.ts';

describe('ExpiringCache', () => {
  it('fills a key once, for all who ask while the fill is under way and until the time is over', async () => {
    const { cache, clock, fills, fill } = setUp();
    const together = await Promise.all([cache.read(['a'], fill), cache.read(['a'], fill)]);
    clock.advance(999);
    expect([...together, await cache.read(['a'], fill)]).toEqual([1, 1, 1]);
    clock.advance(1);
    expect(await cache.read(['a'], fill)).toBe(2);
    expect(fills.count).toBe(2);
  });

  it('counts the time from the start of the fill', async () => {
    const { cache, clock, fill } = setUp();
    const slow = createDeferred<Filling<number>>();
    const reading = cache.read(['a'], () => slow.promise);
    clock.advance(600);
    slow.resolve({ value: 100, timeToLiveMs: 1000 });
    await reading;
    clock.advance(399);
    expect(await cache.read(['a'], fill)).toBe(100);
    clock.advance(1);
    expect(await cache.read(['a'], fill)).toBe(1);
  });

  it('keeps no failure', async () => {
    const { cache, fill } = setUp();
    await expect(cache.read(['a'], () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await cache.read(['a'], fill)).toBe(1);
  });

  it('drops what matches and tells how much that was', async () => {
    const { cache, fill } = setUp();
    await Promise.all([cache.read(['a'], fill), cache.read(['b'], fill)]);
    expect(cache.drop(([name]) => name === 'a')).toBe(1);
    expect(cache.drop(([name]) => name === 'a')).toBe(0);
    expect(await Promise.all([cache.read(['a'], fill), cache.read(['b'], fill)])).toEqual([3, 2]);
  });

  it('never lets a dropped fill come back, whether it succeeds or fails', async () => {
    for (const settle of ['resolve', 'reject'] as const) {
      const { cache, fill } = setUp();
      const slow = createDeferred<Filling<number>>();
      const before = cache.read(['a'], () => slow.promise).catch(() => 'failed');
      cache.drop(() => true);
      expect(await cache.read(['a'], fill)).toBe(1);
      if (settle === 'resolve') slow.resolve({ value: 100, timeToLiveMs: 1000 });
      else slow.reject(new Error('late'));
      expect(await before).toBe(settle === 'resolve' ? 100 : 'failed');
      expect(await cache.read(['a'], fill)).toBe(1);
    }
  });
});

function setUp() {
  const clock = new FakeClock();
  const fills = { count: 0 };
  const fill = async () => {
    fills.count += 1;
    return { value: fills.count, timeToLiveMs: 1000 };
  };
  return { clock, fills, fill, cache: new ExpiringCache<readonly [string], number>(clock) };
}
