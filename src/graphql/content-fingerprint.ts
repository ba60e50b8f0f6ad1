import { fingerprint } from '../base/fingerprint.ts';

const known = new WeakMap<object, string>();

/**
 * The fingerprint of a list's content, computed once per list object: a cached list of 10,000 entities is not hashed for every
 * page of it. The list must not change afterwards.
 */
export function contentFingerprint(list: readonly unknown[]): string {
  const before = known.get(list);
  if (before !== undefined) return before;
  const computed = fingerprint(list);
  known.set(list, computed);
  return computed;
}
