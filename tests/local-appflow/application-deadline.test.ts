import { describe, expect, it } from 'vitest';
import { createDeferred } from '../../src/base/deferred.ts';
import { withinDeadline } from '../../src/local-appflow/application-deadline.ts';
import { SourceApplicationError } from '../../src/local-appflow/connectors/source-application.ts';
import { FakeClock } from '../support/fake-clock.ts';

describe('withinDeadline', () => {
  it('passes answers and failures on', async () => {
    const clock = new FakeClock();
    expect(await withinDeadline(clock, async () => 42)).toBe(42);
    await expect(withinDeadline(clock, () => Promise.reject(new Error('away')))).rejects.toThrow('away');
  });

  it('gives up after ten seconds, with an error of the application', async () => {
    const clock = new FakeClock();
    const silent = createDeferred<never>();
    const asked = withinDeadline(clock, () => silent.promise);
    clock.advance(9_999);
    expect(await Promise.race([asked, 'still waiting'])).toBe('still waiting');
    clock.advance(1);
    await expect(asked).rejects.toBeInstanceOf(SourceApplicationError);
  });

  it('gives up when the patience of the application itself is over', async () => {
    const clock = new FakeClock();
    const asked = withinDeadline(clock, () => createDeferred<never>().promise, 60_000);
    clock.advance(59_999);
    expect(await Promise.race([asked, 'still waiting'])).toBe('still waiting');
    clock.advance(1);
    await expect(asked).rejects.toThrow('The connector did not answer within 60 seconds.');
  });
});
