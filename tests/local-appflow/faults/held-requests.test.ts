import { expect, it, vi } from 'vitest';
import { HeldRequests } from '../../../src/local-appflow/faults/held-requests.ts';

it('are let go together, and none is held after that', async () => {
  const held = new HeldRequests();
  const stop = vi.fn();
  const both = Promise.all([held.hold(() => stop), held.hold(() => stop)]);
  expect(held.count).toBe(2);
  held.release();
  await both;
  expect([held.count, stop.mock.calls.length]).toEqual([0, 2]);
  await held.hold(() => expect.unreachable('nothing is begun any more'));
});

it('may each be let go by something else', async () => {
  const held = new HeldRequests();
  let letGo: () => void = () => undefined;
  const first = held.hold(go => {
    letGo = go;
    return () => undefined;
  });
  letGo();
  await first;
  expect(held.count).toBe(0);
});
