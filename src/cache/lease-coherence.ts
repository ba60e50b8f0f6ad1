import { type Clock, pause } from '../base/clock.ts';
import { MetadataError } from '../metadata/errors.ts';
import type { ResetRequest } from '../metadata/refs.ts';
import type { ResetCoherence } from '../metadata/source.ts';
import type { Admission, Announcement, Coherence, CoherenceStatus } from './coherence.ts';
import { LateAppends } from './late-appends.ts';
import { outlive } from './lease.ts';
import { type Forgetful, LogFollower } from './log-follower.ts';
import type { Appended, MemberList, ResetLog } from './reset-log.ts';

/** Renewals a lease lasts for: one may be lost without losing the lease. */
const renewalsPerLease = 3;

/** Pauses before an append is tried again: enough for a connection that was lost to be back. Then the mutation says that it could not be told. */
const appendPausesMs = [50, 150, 300] as const;

/** Pauses between looks at who has acknowledged; the last one repeats. Acknowledgements take a round trip or two. */
const lookPausesMs = [1, 1, 2, 3, 5, 10, 20, 50] as const;

export interface LeaseCoherenceOptions {
  readonly log: ResetLog;
  readonly cache: Forgetful;
  readonly clock: Clock;
  /** This replica's name in the log, unique for the life of the process. */
  readonly member: string;
  /**
   * How long memory may be served after the log was read, in milliseconds. The longest of all replicas is the longest a reset waits for one of
   * them.
   */
  readonly leaseMs: number;
}

/**
 * Coherence of several replicas over a shared reset log. A hit needs no network: it needs a lease, and a lease is proof of having read
 * the log a moment ago. A reset is answered when every replica has applied its record, or when every lease from before the record is over.
 */
export class LeaseCoherence implements Coherence {
  readonly #options: LeaseCoherenceOptions;
  readonly #follower: LogFollower;
  readonly #lateAppends: LateAppends;
  #cancelTimer: () => void = () => undefined;
  #isClosed = false;

  constructor(options: LeaseCoherenceOptions) {
    this.#options = options;
    this.#follower = new LogFollower(options);
    this.#lateAppends = new LateAppends(options);
    options.log.onNudge(() => this.#renewQuietly());
  }

  /** Starts to renew. Until the first answer reads go to AppFlow. */
  start(): void {
    this.#renewQuietly();
    const { clock, leaseMs } = this.#options;
    this.#cancelTimer = clock.setTimer(leaseMs / renewalsPerLease, () => this.start());
  }

  status(): CoherenceStatus {
    if (!this.#follower.holdsLease()) return { coherence: null, servesFromMemory: false };
    return {
      coherence: this.#follower.hasOutlivedLeases() ? 'ALL_REPLICAS' : 'LEASES_EXPIRED',
      servesFromMemory: true,
    };
  }

  admit(): Admission | Promise<Admission> {
    // Once closed it has left the members, and nobody waits for its lease any more.
    if (!this.#isClosed && this.#follower.holdsLease()) return 'SERVE';
    return this.#follower.renew().then(
      () => 'SERVE',
      () => 'FETCH',
    );
  }

  async announce(reset: ResetRequest): Promise<Announcement> {
    const appended = await this.#append(reset);
    const appendedAt = this.#options.clock.monotonicNow();
    return { delivered: () => this.#delivered(appended, appendedAt) };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancelTimer();
    this.#lateAppends.close();
    const { log, member } = this.#options;
    // A courtesy to the next reset, which then need not wait for this member; if it fails, that reset takes a lease longer, once.
    await log.removeMembers([{ member, applied: 0, nonce: this.#follower.nonce }]).catch(ignoreFailure);
    await log.close();
  }

  /** A failed renewal has been published, and what follows from it is that the lease runs out. */
  #renewQuietly(): void {
    if (!this.#isClosed) this.#follower.renew().catch(ignoreFailure);
  }

  async #append(reset: ResetRequest): Promise<Appended> {
    const { clock, log, member } = this.#options;
    for (let tries = 0; ; tries += 1) {
      try {
        const appended = await log.append(reset, member);
        this.#lateAppends.drop(reset);
        return appended;
      } catch (cause) {
        const pauseMs = appendPausesMs[tries];
        if (pauseMs === undefined) {
          this.#lateAppends.add(reset);
          throw toNotPropagated(cause);
        }
        await pause(clock, pauseMs);
      }
    }
  }

  /**
   * Waits until every other member has applied the record; no longer than any lease from before it can last, counted from when
   * the append was known. Who has not been heard of by then is probably dead: dead replicas cost one slow reset, once.
   */
  async #delivered(appended: Appended, appendedAt: number): Promise<ResetCoherence> {
    const { clock } = this.#options;
    // A log that was made by the append itself has not heard of any lease yet.
    const waitMs = outlive(Math.max(appended.leaseMs, this.#follower.longestLeaseMs));
    const deadline = appendedAt + waitMs;
    let firstSeen: { readonly list: MemberList; readonly at: number } | undefined;
    for (let look = 0; ; look += 1) {
      const list = await this.#look();
      if (list) firstSeen ??= { list, at: clock.monotonicNow() };
      if (list && this.#haveAllApplied(list, appended)) return 'ALL_REPLICAS';
      const remainingMs = deadline - clock.monotonicNow();
      if (remainingMs <= 0) break;
      await pause(clock, Math.min(remainingMs, lookPausesMs[Math.min(look, lookPausesMs.length - 1)] ?? remainingMs));
    }
    if (firstSeen) this.#forgetTheSilent(firstSeen.list, appended, firstSeen.at + waitMs);
    return 'LEASES_EXPIRED';
  }

  /** Who is there; `undefined` when the log cannot be read, and then the deadline decides. */
  #look(): Promise<MemberList | undefined> {
    return this.#options.log.members().catch(ignoreFailure);
  }

  /**
   * Acknowledgements count only in the log that holds the record, and only once it has been followed for longer than a lease: before that, some member
   * may still hold a lease from the log before it, and no row here.
   */
  #haveAllApplied({ identity, members }: MemberList, appended: Appended): boolean {
    if (identity !== appended.identity || !this.#follower.hasOutlivedLeases(identity)) return false;
    return members.every(({ member, applied }) => member === this.#options.member || applied >= appended.seq);
  }

  /**
   * Forgets members that do not renew after they were seen. Not before every lease they may have held then is over, because a reset does not wait
   * for members that are not listed. One that renews meanwhile keeps its row: the log compares the nonce.
   */
  #forgetTheSilent({ members }: MemberList, { seq }: Appended, notBefore: number): void {
    const behind = members.filter(({ member, applied }) => member !== this.#options.member && applied < seq);
    if (behind.length === 0) return;
    const { clock, log } = this.#options;
    // A timer may be a millisecond early.
    clock.setTimer(notBefore - clock.monotonicNow() + 1, () => {
      if (!this.#isClosed) log.removeMembers(behind).catch(ignoreFailure);
    });
  }
}

/** For failures that were told where they happened, and after which there is nothing to do. */
function ignoreFailure(): undefined {
  return undefined;
}

function toNotPropagated(cause: unknown): MetadataError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const message = `AppFlow was reset, but the other replicas could not be told (${reason}). They will be as soon as possible; reset again to be certain.`;
  return new MetadataError('RESET_NOT_PROPAGATED', message, { cause });
}
