import type { ErrorCase } from './wire-case.ts';

/** How any operation is throttled: the model gives ThrottlingException to few, and AWS's front door to all. */
export const throttledRequests: readonly ErrorCase[] = [
  {
    what: 'without a word on how long to wait',
    world: 'throttling',
    request: {},
    answer: { status: 429, error: 'ThrottlingException', body: '{"message":"Too Many Requests"}' },
  },
  {
    what: 'with seconds to wait',
    world: 'throttling for a while',
    request: {},
    answer: { status: 429, error: 'ThrottlingException', body: '{"message":"Too Many Requests"}', retryAfter: '7' },
  },
];
