import { Redis } from 'ioredis';
import { redisClientOptions } from './redis-client-options.ts';
import type { BudgetLedger } from './shared-budget.ts';

/**
 * KEYS: when the key has all of its units back, in microseconds of the server's clock, which all replicas share. ARGV: units a minute.
 * Answers 0, or the milliseconds until there is a unit. The row is gone as soon as it says nothing; one that a clock set back has left in the future is disregarded.
 */
const spendScript = `
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local before = tonumber(redis.call('GET', KEYS[1]) or 0)
if before > now + 60000000 then before = 0 end
local full = math.max(before, now) + math.ceil(60000000 / ARGV[1])
local early = full - now - 60000000
if early > 0 then return math.ceil(early / 1000) end
redis.call('SET', KEYS[1], string.format('%.0f', full), 'PX', math.ceil((full - now) / 1000))
return 0
`;

export interface RedisBudgetLedgerOptions {
  /** `redis://` or `rediss://`; may hold a password, which is never repeated. */
  readonly url: string;
  /** Tells apart the replicas of several accounts or regions in one Redis. */
  readonly namespace: string;
}

/** What replicas have spent, in Redis or Valkey, 5 or newer. */
export class RedisBudgetLedger implements BudgetLedger {
  readonly #redis: Redis;
  readonly #prefix: string;

  constructor({ url, namespace }: RedisBudgetLedgerOptions) {
    this.#redis = new Redis(url, redisClientOptions);
    this.#prefix = `appflow-gateway:{${namespace}}:budget:`;
    // What is wrong with the server is told by the commands.
    this.#redis.on('error', () => undefined);
  }

  /** Connects. Rejects when the first attempt fails; further ones follow by themselves. */
  async connect(): Promise<void> {
    await this.#redis.connect();
  }

  async spend(key: string, perMinute: number): Promise<number> {
    return Number(await this.#redis.eval(spendScript, 1, this.#prefix + key, perMinute));
  }

  async close(): Promise<void> {
    this.#redis.disconnect();
  }
}
