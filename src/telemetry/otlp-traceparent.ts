import { type SpanContext, TraceFlags } from '@opentelemetry/api';

const wellFormed = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(?:$|-)/;

/** Reads the header of W3C Trace Context; `undefined` when it is not one, and then a trace begins here. */
export function fromTraceparent(header: string | undefined): SpanContext | undefined {
  const [, traceId, spanId, flags = ''] = wellFormed.exec(header ?? '') ?? [];
  if (traceId === undefined || spanId === undefined) return undefined;
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & TraceFlags.SAMPLED, isRemote: true };
}

/** Writes it, for the next one down the line. */
export function toTraceparent({ traceId, spanId, traceFlags }: SpanContext): string {
  return `00-${traceId}-${spanId}-0${traceFlags & TraceFlags.SAMPLED}`;
}
