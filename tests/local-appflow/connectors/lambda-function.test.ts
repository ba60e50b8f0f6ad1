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

  it('somebody else is using is told to be busy', async () => {
    const stub = await startStubLambda(() => 'fine');
    const [lambda, other] = [1, 2].map(() => new LambdaFunction(new URL(`${stub.url}${path}`), new FakeClock()));
    const release = stub.hold();
    const theirs = other?.invoke({}, Number.POSITIVE_INFINITY);
    await vi.waitFor(() => expect(stub.events).toHaveLength(1), { interval: 5 });
    await expect(lambda?.invoke({}, Number.POSITIVE_INFINITY)).rejects.toThrow('is busy with another invocation');
    release();
    expect(await theirs).toBe('fine');
  });
});

const path = '/2015-03-31/functions/function/invocations';
