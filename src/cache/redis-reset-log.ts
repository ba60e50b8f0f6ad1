import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import type { ResetRequest } from '../metadata/refs.ts';
import { hasMoved, redisClientOptions } from './redis-client-options.ts';
import { appendScript, membersScript, removeMembersScript, renewScript } from './redis-scripts.ts';
import type { Appended, Member, MemberList, Renewal, RenewalAnswer, ResetLog, ResetRecord } from './reset-log.ts';

export interface RedisResetLogOptions {
  /** `redis://` or `rediss://`; may hold a password, which is never repeated. */
  readonly url: string;
  /** Tells apart the logs of several accounts or regions in one Redis. */
  readonly namespace: string;
  /** After how long a command has failed, in milliseconds. Default 150: a lease is shorter than patience. */
  readonly commandTimeoutMs?: number;
}

/** The reset log in Redis or Valkey, 5 or newer: a single server, or one slot of a cluster behind one address. */
export class RedisResetLog implements ResetLog {
  readonly #redis: Redis;
  readonly #subscriber: Redis;
  readonly #key: string;
  readonly #channel: string;
  #connectionError: Error | undefined;
  /** Why the last connection was given up, until a command succeeds. */
  #lastRefusal: Error | undefined;

  constructor({ url, namespace, commandTimeoutMs = 150 }: RedisResetLogOptions) {
    this.#key = `appflow-gateway:{${namespace}}:resets`;
    this.#channel = `${this.#key}:nudges`;
    this.#redis = new Redis(url, { ...redisClientOptions, commandTimeout: commandTimeoutMs });
    // The client's own way to subscribe again leaves a failure unhandled, which ends the process.
    this.#subscriber = new Redis(url, { ...redisClientOptions, commandTimeout: 1_000, autoResubscribe: false });
    this.#redis.on('error', error => {
      this.#connectionError = error;
    });
    this.#redis.on('ready', () => {
      this.#connectionError = undefined;
    });
    // Nudges are hints: what is wrong with the server is told by the commands.
    this.#subscriber.on('error', () => undefined);
  }

  /** Connects. Rejects when the first attempt fails, with the reason; further ones follow by themselves. */
  async connect(): Promise<void> {
    try {
      await Promise.all([this.#redis.connect(), this.#subscriber.connect()]);
    } catch (error) {
      throw this.#toReadableError(error);
    }
  }

  async renew({ member, nonce, identity, position, leaseMs }: Renewal): Promise<RenewalAnswer> {
    this.#probeSubscriber();
    const reply = await this.#run(renewScript, [member, nonce, identity ?? '', position, leaseMs]);
    const [newIdentity, seq, longestLeaseMs, records] = reply as [string, number, number, (string | null)[] | null];
    return { identity: newIdentity, seq, leaseMs: longestLeaseMs, records: records && toRecords(records, seq) };
  }

  async append(reset: ResetRequest, origin: string): Promise<Appended> {
    const record = JSON.stringify({ origin, reset });
    const reply = await this.#run(appendScript, [record, this.#channel]);
    const [identity, seq, leaseMs] = reply as [string, number, number];
    return { identity, seq, leaseMs };
  }

  async members(): Promise<MemberList> {
    const [identity, ...rows] = (await this.#run(membersScript, [])) as [string, ...string[]];
    return { identity, members: toMembers(rows) };
  }

  async removeMembers(members: readonly Member[]): Promise<void> {
    await this.#run(
      removeMembersScript,
      members.flatMap(({ member, nonce }) => [member, nonce]),
    );
  }

  /** Subscribes anew with every connection; what was published in between is found by the next renewal. */
  onNudge(listener: () => void): void {
    const subscribe = () => void this.#subscriber.subscribe(this.#channel).catch(() => undefined);
    this.#subscriber.on('message', listener);
    this.#subscriber.on('ready', subscribe);
    // `ready` of a connection that is there already does not come again.
    if (this.#subscriber.status === 'ready') subscribe();
  }

  async close(): Promise<void> {
    this.#redis.disconnect();
    this.#subscriber.disconnect();
  }

  /** Nobody speaks on a connection that only listens: without a question it would not be noticed that it has died. */
  #probeSubscriber(): void {
    if (this.#subscriber.status === 'ready') this.#subscriber.ping().catch(() => undefined);
  }

  async #run(script: string, args: readonly (string | number)[]): Promise<unknown> {
    try {
      const reply = await this.#redis.eval(script, 1, this.#key, randomUUID(), ...args);
      this.#lastRefusal = undefined;
      return reply;
    } catch (error) {
      if (error instanceof Error && hasMoved(error)) this.#lastRefusal = error;
      throw this.#toReadableError(error);
    }
  }

  /** Without a connection the client only says that it has none; why that is so was told before. */
  #toReadableError(error: unknown): Error {
    const reason = this.#connectionError ?? this.#lastRefusal ?? error;
    const message = reason instanceof Error ? reason.message : String(reason);
    return new Error(`the reset log in Redis cannot be used: ${message}`, { cause: error });
  }
}

/** A record that is missing or cannot be read leaves only one safe reading: everything may have been reset. */
function toRecords(texts: readonly (string | null)[], lastSeq: number): ResetRecord[] | null {
  const records = texts.map((text, index) => toRecord(text, lastSeq - texts.length + 1 + index));
  return records.every(record => record !== null) ? records : null;
}

function toRecord(text: string | null, seq: number): ResetRecord | null {
  if (text === null) return null;
  try {
    const { origin, reset } = JSON.parse(text);
    return typeof origin === 'string' && typeof reset === 'object' && reset !== null ? { seq, origin, reset } : null;
  } catch {
    return null;
  }
}

function toMembers(rows: readonly string[]): Member[] {
  const members: Member[] = [];
  for (let index = 0; index + 1 < rows.length; index += 2) {
    const [applied, nonce = ''] = (rows[index + 1] ?? '').split('|');
    members.push({ member: rows[index] ?? '', applied: Number(applied), nonce });
  }
  return members;
}
