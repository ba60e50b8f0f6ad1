import type { RedisOptions } from 'ioredis';

/**
 * How every client of ours speaks to Redis. By default the client hangs for seconds on a connection that has gone silent. Here a command fails within
 * 150 ms, none waits for a connection, none is sent twice behind our back, and a lost connection is tried again every half second at the
 * latest: a lease is shorter than patience. A server that has become a read-only copy stays connected for ever: the way to the primary is a new connection.
 * A connection that stays silent while commands wait is given up and made anew: it may never speak again.
 */
export const redisClientOptions = {
  commandTimeout: 150,
  connectTimeout: 1_000,
  enableOfflineQueue: false,
  lazyConnect: true,
  maxRetriesPerRequest: 0,
  reconnectOnError: hasMoved,
  retryStrategy: attempt => Math.min(100 * attempt, 500),
  socketTimeout: 1_000,
} as const satisfies RedisOptions;

/** Whether an answer means that the primary is to be found by a new connection. */
export function hasMoved({ message }: Error): boolean {
  return /READONLY|MASTERDOWN/.test(message);
}
