import { expect, it } from 'vitest';
import { fromTraceparent, toTraceparent } from '../../src/telemetry/otlp-traceparent.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const spanId = 'b7ad6b7169203331';

it.each([
  [`00-${traceId}-${spanId}-01`, 1],
  [`00-${traceId}-${spanId}-00`, 0],
  [`00-${traceId}-${spanId}-03`, 1],
  [`cc-${traceId}-${spanId}-01-what-the-future-will-be-like`, 1],
])('%s is a parent', (header, traceFlags) => {
  expect(fromTraceparent(header)).toEqual({ traceId, spanId, traceFlags, isRemote: true });
});

it.each([
  undefined,
  '',
  'hello',
  `ff-${traceId}-${spanId}-01`,
  `00-${'0'.repeat(32)}-${spanId}-01`,
  `00-${traceId}-${'0'.repeat(16)}-01`,
  `00-${traceId.toUpperCase()}-${spanId}-01`,
  `00-${traceId}-${spanId}-01x`,
])('%s is none', header => {
  expect(fromTraceparent(header)).toBeUndefined();
});

it('what is written is what was read', () => {
  const header = `00-${traceId}-${spanId}-01`;
  const context = fromTraceparent(header);
  expect(context && toTraceparent(context)).toBe(header);
});
