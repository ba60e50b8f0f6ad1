import { expect, test } from 'vitest';
import { type RequestEvent, requestChannel, resetChannel } from '../../src/base/channels.ts';
import { createRequestScope } from '../../src/base/request-scope.ts';

const request = createRequestScope('r1');
const event: RequestEvent = {
  request,
  method: 'POST',
  route: '/graphql',
  path: '/graphql',
  status: 200,
  durationMs: 3,
};

test('an event reaches every subscriber until it unsubscribes', () => {
  const [first, second]: RequestEvent[][] = [[], []];
  const unsubscribeFirst = requestChannel.subscribe(received => first?.push(received));
  const unsubscribeSecond = requestChannel.subscribe(received => second?.push(received));

  requestChannel.publish(() => event);
  unsubscribeFirst();
  requestChannel.publish(() => ({ ...event, path: '/livez' }));
  unsubscribeSecond();

  expect(first).toEqual([event]);
  expect(second).toEqual([event, { ...event, path: '/livez' }]);
});

test('an event nobody listens to is not even described', () => {
  const unsubscribe = resetChannel.subscribe(() => expect.unreachable('another channel was told'));
  requestChannel.publish(() => expect.unreachable('described for nobody'));
  unsubscribe();
});
