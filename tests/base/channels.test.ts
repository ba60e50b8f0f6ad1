import { expect, test } from 'vitest';
import { type RequestEvent, requestChannel, resetChannel } from '../../src/base/channels.ts';

const event: RequestEvent = { requestId: 'r1', method: 'POST', path: '/graphql', status: 200, durationMs: 3 };

test('an event reaches every subscriber until it unsubscribes', () => {
  const [first, second]: RequestEvent[][] = [[], []];
  const unsubscribeFirst = requestChannel.subscribe(received => first?.push(received));
  const unsubscribeSecond = requestChannel.subscribe(received => second?.push(received));

  requestChannel.publish(() => event);
  unsubscribeFirst();
  requestChannel.publish(() => ({ ...event, requestId: 'r2' }));
  unsubscribeSecond();

  expect(first).toEqual([event]);
  expect(second).toEqual([event, { ...event, requestId: 'r2' }]);
});

test('an event nobody listens to is not even described', () => {
  const unsubscribe = resetChannel.subscribe(() => expect.unreachable('another channel was told'));
  requestChannel.publish(() => expect.unreachable('described for nobody'));
  unsubscribe();
});
