import type { ErrorCase, WireRequest } from './wire-case.ts';

/** How any operation is throttled: the model gives ThrottlingException to few, and AWS's front door to all. */
export function toThrottled(request: WireRequest): ErrorCase[] {
  return throttlings.map(throttling => ({ ...throttling, request }));
}

const throttlings: readonly Omit<ErrorCase, 'request'>[] = [
  {
    what: 'without a word on how long to wait',
    world: 'throttling',
    answer: { status: 429, error: 'ThrottlingException', body: '{"message":"Too Many Requests"}' },
  },
  {
    what: 'with seconds to wait',
    world: 'throttling for a while',
    answer: { status: 429, error: 'ThrottlingException', body: '{"message":"Too Many Requests"}', retryAfter: '7' },
  },
];
