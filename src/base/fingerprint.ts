import { createHash } from 'node:crypto';

/**
 * A short name for a value's content: equal for equal JSON, different otherwise (SHA-256, 128 bits of it, base64url).
 * The same in every process, so replicas agree. Property order counts: pass values built by one piece of code.
 */
export function fingerprint(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest().subarray(0, 16).toString('base64url');
}
