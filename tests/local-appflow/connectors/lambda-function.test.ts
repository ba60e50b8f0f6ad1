import { describe, expect, it, vi } from 'vitest';
import { LambdaFunction } from '../../../src/local-appflow/connectors/lambda-function.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { startStubLambda } from '../../support/stub-lambda.ts';

describe('a function', () => {
  it('is invoked once at a time, in the order it was asked', async () => {
    const stub = await startStubLambda(({ number }) => number);
    const lambda = new LambdaFunction(new URL(`${stub.url}${path}`), new FakeClock());
    const asked = [1, 2, 3, 4, 5].map(number => lambda.invoke({ number }, Number.POSITIVE_INFINITY));
    expect(await Promise.all(asked)).toEqual([1, 2, 3, 4, 5]);
    expect(stub.events.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5]);
    expect(stub.turnedAway).toBe(0);
  });

  it('goes on after an invocation that failed', async () => {
    const stub = await startStubLambda(() => 'fine');
    const lambda = new LambdaFunction(new URL(`${stub.url}${path}`), new FakeClock());
    stub.misbehaviour = response => {
      stub.misbehaviour = undefined;
      response.writeHead(500).end();
    };
    const first = lambda.invoke({}, Number.POSITIVE_INFINITY);
    const second = lambda.invoke({}, Number.POSITIVE_INFINITY);
    await expect(first).rejects.toThrow('HTTP status 500');
    expect(await second).toBe('fine');
  });

  it('is not sent an event whose time is over', async () => {
    const stub = await startStubLambda(() => 'fine');
    const clock = new FakeClock();
    const lambda = new LambdaFunction(new URL(`${stub.url}${path}`), clock);
    const release = stub.hold();
    const first = lambda.invoke({ number: 1 }, clock.monotonicNow() + 1000);
    const second = lambda.invoke({ number: 2 }, clock.monotonicNow() + 1000);
    await vi.waitFor(() => expect(stub.events).toHaveLength(1), { interval: 5 });
    clock.advance(1000);
    release();
    expect(await first).toBe('fine');
    await expect(second).rejects.toThrow('its function had no time for this invocation');
    expect(stub.events).toEqual([{ number: 1 }]);
  });

  it('that is closed ends what is under way and begins nothing', async () => {
    const stub = await startStubLambda(() => 'fine');
    const lambda = new LambdaFunction(new URL(`${stub.url}${path}`), new FakeClock());
    stub.misbehaviour = () => undefined;
    const asked = [1, 2].map(number => lambda.invoke({ number }, Number.POSITIVE_INFINITY));
    await vi.waitFor(() => expect(stub.events).toHaveLength(1), { interval: 5 });
    lambda.close();
    for (const invocation of asked) await expect(invocation).rejects.toThrow('Local AppFlow is being closed.');
    expect(stub.events).toEqual([{ number: 1 }]);
  });

  it('behind a path that is none is told by its status', async () => {
    const stub = await startStubLambda(() => 'fine');
    const lambda = new LambdaFunction(new URL(`${stub.url}/elsewhere`), new FakeClock());
    await expect(lambda.invoke({}, Number.POSITIVE_INFINITY)).rejects.toThrow('HTTP status 404');
  });

  it('is asked again while it still runs an invocation that was given up', async () => {
    const stub = await startStubLambda(() => 'fine');
    const clock = new FakeClock();
    const lambda = new LambdaFunction(new URL(`${stub.url}${path}`), clock);
    const release = stub.hold();
    const tooLate = expect(lambda.invoke({ number: 1 }, Number.POSITIVE_INFINITY)).rejects.toThrow('within 10 seconds');
    await vi.waitFor(() => expect(stub.events).toHaveLength(1), { interval: 5 });
    const [second, third] = [2, 3].map(number => lambda.invoke({ number }, Number.POSITIVE_INFINITY));
    clock.advance(10_000);
    await tooLate;
    await vi.waitFor(() => expect(stub.turnedAway).toBe(1), { interval: 5 });
    release();
    await advanceUntil(clock, second);
    expect([await second, await third]).toEqual(['fine', 'fine']);
    expect(stub.events.map(({ number }) => number)).toEqual([1, 2, 3]);
  });

  it('is told to be busy when somebody else uses it until the time is over', async () => {
    const stub = await startStubLambda(() => 'fine');
    const clock = new FakeClock();
    const [lambda, other] = [1, 2].map(() => new LambdaFunction(new URL(`${stub.url}${path}`), clock));
    const release = stub.hold();
    const theirs = other?.invoke({}, Number.POSITIVE_INFINITY);
    await vi.waitFor(() => expect(stub.events).toHaveLength(1), { interval: 5 });
    const ours = lambda?.invoke({}, clock.monotonicNow() + 1000);
    const refusal = expect(ours).rejects.toThrow('is busy with another invocation');
    await advanceUntil(clock, ours);
    await refusal;
    expect(clock.monotonicNow()).toBeLessThan(1500);
    release();
    expect(await theirs).toBe('fine');
  });

  it('that is closed waits no longer for one that is busy', async () => {
    const stub = await startStubLambda(() => 'fine');
    const [lambda, other] = [1, 2].map(() => new LambdaFunction(new URL(`${stub.url}${path}`), new FakeClock()));
    const release = stub.hold();
    const theirs = other?.invoke({}, Number.POSITIVE_INFINITY);
    await vi.waitFor(() => expect(stub.events).toHaveLength(1), { interval: 5 });
    const ours = expect(lambda?.invoke({}, Number.POSITIVE_INFINITY)).rejects.toThrow('Local AppFlow is being closed.');
    await vi.waitFor(() => expect(stub.turnedAway).toBe(1), { interval: 5 });
    lambda?.close();
    await ours;
    release();
    expect(await theirs).toBe('fine');
  });
});

const path = '/2015-03-31/functions/function/invocations';

/** Time goes on, a little whenever nothing else has anything to do, until this has settled. */
async function advanceUntil(clock: FakeClock, settling: Promise<unknown> | undefined): Promise<void> {
  let isSettled = false;
  const settle = () => {
    isSettled = true;
  };
  settling?.then(settle, settle);
  await vi.waitUntil(
    () => {
      if (!isSettled) clock.advance(50);
      return isSettled;
    },
    { interval: 5, timeout: 5000 },
  );
}
