import { describe, expect, it, vi } from 'vitest';
import { createDeferred } from '../../src/base/deferred.ts';
import { SharedWaits } from '../../src/cache/shared-waits.ts';

describe('work that is shared', () => {
  it('is abandoned when the last one who waits has gone, and not before', async () => {
    const { waits, work, abandon } = sharedWork();
    const callers = [new AbortController(), new AbortController()];
    const outcomes = callers.map(({ signal }) => waits.wait(work.promise, signal));
    callers[0]?.abort(new Error('out of time'));
    await expect(outcomes[0]).rejects.toMatchObject({ code: 'UPSTREAM_TIMEOUT', message: 'out of time' });
    expect(abandon).not.toHaveBeenCalled();
    callers[1]?.abort();
    await expect(outcomes[1]).rejects.toMatchObject({ code: 'UPSTREAM_TIMEOUT' });
    expect(abandon).toHaveBeenCalledOnce();
  });

  it('is not abandoned while somebody waits who has no deadline', async () => {
    const { waits, work, abandon } = sharedWork();
    const caller = new AbortController();
    const outcomes = Promise.allSettled([waits.wait(work.promise, caller.signal), waits.wait(work.promise, undefined)]);
    caller.abort();
    work.resolve('done');
    expect(await outcomes).toMatchObject([{ status: 'rejected' }, { value: 'done' }]);
    expect(abandon).not.toHaveBeenCalled();
  });

  it('is over when it has settled: nobody’s going means anything to it any more', async () => {
    const { waits, work, abandon } = sharedWork();
    const caller = new AbortController();
    const outcome = waits.wait(work.promise, caller.signal);
    work.resolve('done');
    expect(await outcome).toBe('done');
    caller.abort();
    expect(abandon).not.toHaveBeenCalled();
    expect(waits.wait(work.promise, caller.signal)).toBe(work.promise);
  });
});

function sharedWork() {
  const waits = new SharedWaits();
  const work = createDeferred<string>();
  const abandon = vi.fn();
  waits.share(work.promise, abandon);
  return { waits, work, abandon };
}
