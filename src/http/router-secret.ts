import { createHash, timingSafeEqual } from 'node:crypto';

/** The header in which a router shows that it is the router. */
export const routerSecretHeader = 'router-authorization';

/** Says whether a header holds one of the secrets. */
export type IsRouter = (header: string | readonly string[] | undefined) => boolean;

/**
 * Creates the check of the router's secret. Several are valid at once, so that they can be rotated without a moment in which the
 * router is refused. How long the comparison takes tells nothing: digests are compared, all of them, in constant time.
 */
export function createRouterCheck(secrets: readonly string[]): IsRouter {
  const expected = secrets.map(digest);
  return header => {
    if (typeof header !== 'string') return false;
    const given = digest(header);
    return expected.map(secret => timingSafeEqual(secret, given)).includes(true);
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
