import { describe, expect, it } from 'vitest';
import { CircuitBreaker } from '../../src/appflow/circuit-breaker.ts';
import { MetadataError } from '../../src/metadata/errors.ts';
import { FakeClock } from '../support/fake-clock.ts';

const down = new MetadataError('UPSTREAM_UNAVAILABLE', 'down');

describe('a circuit breaker', () => {
  it('refuses after five failures in a row, and lets one call look from time to time, ever more rarely', () => {
    const { breaker, clock, call, isOpen } = aBreaker();
    for (let failed = 0; failed < 5; failed += 1) {
      expect(isOpen()).toBe(false);
      call(down);
    }
    for (const pauseMs of [1_000, 2_000, 4_000, 8_000, 10_000, 10_000]) {
      expect(() => breaker.check('Op')).toThrow(
        expect.objectContaining({ code: 'UPSTREAM_UNAVAILABLE', retryAfterMs: pauseMs }),
      );
      clock.advance(pauseMs);
      call(down);
    }
    clock.advance(10_000);
    call();
    expect(isOpen()).toBe(false);
    expect(breaker.isCalm).toBe(true);
  });

  it('asks seldom in a minute of failures, and is back within ten seconds', () => {
    const { clock, call, isOpen } = aBreaker();
    let calls = 0;
    for (let ms = 0; ms < 60_000; ms += 10) {
      if (!isOpen()) {
        calls += 1;
        call(down);
      }
      clock.advance(10);
    }
    expect(calls).toBeLessThan(20);
    clock.advance(10_000);
    expect(isOpen()).toBe(false);
  });

  it('lets one probe through at a time, and another when the first was given up', () => {
    const { breaker, clock, call, isOpen } = aBreaker();
    for (let failed = 0; failed < 5; failed += 1) call(down);
    clock.advance(1_000);
    const probe = breaker.begin();
    expect(isOpen()).toBe(true);
    probe.ended('GIVEN_UP');
    expect(isOpen()).toBe(false);
  });

  it('opens once for failures that were under way together', () => {
    const { breaker, clock, isOpen } = aBreaker();
    const calls = Array.from({ length: 16 }, () => breaker.begin());
    for (const { ended } of calls) ended(down);
    clock.advance(1_000);
    expect(isOpen()).toBe(false);
  });

  it('takes refusals and the failures of applications for answers', () => {
    const { call, isOpen } = aBreaker();
    for (const code of ['CONNECTOR_FAILED', 'CONNECTOR_AUTHENTICATION_FAILED', 'NOT_FOUND', 'CONFLICT'] as const) {
      for (let failed = 0; failed < 4; failed += 1) call(down);
      call(new MetadataError(code, 'an answer'));
    }
    expect(isOpen()).toBe(false);
  });

  it('keeps the pause that AppFlow asks for, but not for a day', () => {
    const { breaker, clock, call, isOpen } = aBreaker();
    call(new MetadataError('UPSTREAM_THROTTLED', 'later', { retryAfterMs: 86_400_000 }));
    expect(() => breaker.checkPause('Op')).toThrow(
      expect.objectContaining({ code: 'UPSTREAM_THROTTLED', retryAfterMs: 300_000 }),
    );
    clock.advance(300_000);
    expect(isOpen()).toBe(false);
  });
});

function aBreaker() {
  const clock = new FakeClock();
  const breaker = new CircuitBreaker(clock);
  const call = (error?: MetadataError) => breaker.begin().ended(error ?? 'ANSWERED');
  const isOpen = () => {
    try {
      breaker.check('Op');
      return false;
    } catch {
      return true;
    }
  };
  return { breaker, clock, call, isOpen };
}
