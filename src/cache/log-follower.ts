import { renewalChannel } from '../base/channels.ts';
import type { Clock } from '../base/clock.ts';
import type { ResetRequest } from '../metadata/refs.ts';
import { LaterFlights } from './later-flights.ts';
import { Lease, outlive } from './lease.ts';
import type { RenewalAnswer, ResetLog } from './reset-log.ts';

/** What has to be forgotten when the log says so: the coherent cache. */
export interface Forgetful {
  clear(reset: ResetRequest): number;
  clearAll(): number;
}

export interface LogFollowerOptions {
  readonly log: ResetLog;
  readonly cache: Forgetful;
  readonly clock: Clock;
  /** This replica's name in the log, unique for the life of the process. */
  readonly member: string;
  readonly leaseMs: number;
}

/**
 * Keeps a replica's memory in step with the reset log. Holding a lease means having read the log a moment ago; whoever resets waits until
 * this replica has applied the record, or until every lease from before the record is over.
 */
export class LogFollower {
  readonly #options: LogFollowerOptions;
  readonly #lease: Lease;
  readonly #flights = new LaterFlights();
  #identity: string | null = null;
  #identitySince = Number.POSITIVE_INFINITY;
  #position = 0;
  #renewals = 0;
  #longestLeaseMs: number;

  constructor(options: LogFollowerOptions) {
    this.#options = options;
    this.#lease = new Lease(options.clock, options.leaseMs);
    this.#longestLeaseMs = options.leaseMs;
  }

  /** Whether memory may be served to a read that starts now. */
  holdsLease(): boolean {
    return this.#lease.holds();
  }

  /** The nonce of the last renewal sent. */
  get nonce(): string {
    return String(this.#renewals);
  }

  /** The longest lease that any member may hold, as far as this one has heard, in milliseconds. */
  get longestLeaseMs(): number {
    return this.#longestLeaseMs;
  }

  /**
   * Whether a log has been followed for longer than any lease: before that, some member may hold a lease from the log before it.
   *
   * @param identity The log that is meant; the one followed now by default.
   */
  hasOutlivedLeases(identity = this.#identity): boolean {
    const followedMs = this.#options.clock.monotonicNow() - this.#identitySince;
    return identity === this.#identity && followedMs >= outlive(this.#longestLeaseMs);
  }

  /**
   * Renews the lease by a renewal sent from now on, shared with everybody who asks before it is sent. Joining one that is under way would prove
   * nothing about a read that starts now. Rejects when the log cannot be read.
   */
  renew(): Promise<void> {
    return this.#flights.join('renewal', () => this.#renew());
  }

  async #renew(): Promise<void> {
    const start = this.#lease.startRenewal();
    const hasNews = this.#apply(await this.#readLog());
    this.#lease.extend(start);
    // What was applied is acknowledged by the position of the next renewal. Should that fail, it was published, and the next one does.
    if (hasNews) this.renew().catch(() => undefined);
  }

  async #readLog(): Promise<RenewalAnswer> {
    const { log, member } = this.#options;
    this.#renewals += 1;
    const [identity, position, leaseMs] = [this.#identity, this.#position, this.#longestLeaseMs];
    try {
      const answer = await log.renew({ member, nonce: this.nonce, identity, position, leaseMs });
      renewalChannel.publish(() => ({ error: null }));
      return answer;
    } catch (error) {
      renewalChannel.publish(() => ({ error: error instanceof Error ? error.message : String(error) }));
      throw error;
    }
  }

  /** Brings memory to where the log is; says whether that changed anything. */
  #apply({ identity, seq, records, leaseMs }: RenewalAnswer): boolean {
    this.#longestLeaseMs = leaseMs;
    const isSameLog = identity === this.#identity && records !== null;
    if (isSameLog) this.#applyRecords(records);
    else this.#adopt(identity);
    this.#position = seq;
    return !isSameLog || records.length > 0;
  }

  /** Its own records are left out: what was here before them was cleared when they were made. */
  #applyRecords(records: NonNullable<RenewalAnswer['records']>): void {
    const { cache, member } = this.#options;
    for (const { origin, reset } of records) if (origin !== member) cache.clear(reset);
  }

  /** A log that is not the one followed so far may have lost resets: nothing from before it can be trusted. */
  #adopt(identity: string): void {
    const { cache, clock } = this.#options;
    cache.clearAll();
    if (identity === this.#identity) return;
    this.#identity = identity;
    this.#identitySince = clock.monotonicNow();
  }
}
