import type { ResetRequest } from '../metadata/refs.ts';

/**
 * Port: the log of resets that the replicas of one account and region share. It holds no metadata. Every call is atomic at the
 * log, and every call may fail, be late, or succeed without its answer arriving.
 */
export interface ResetLog {
  /** Says how far this member has come, and hears what it has missed. Makes the log when there is none. */
  renew(renewal: Renewal): Promise<RenewalAnswer>;

  /** Adds a reset and nudges the other members. A reset that is in the log twice does no harm. */
  append(reset: ResetRequest, origin: string): Promise<Appended>;

  /** Who is there and how far they have come. */
  members(): Promise<MemberList>;

  /** Forgets members, each only if it has not been heard of since it was listed. */
  removeMembers(members: readonly Member[]): Promise<void>;

  /** Calls back when something was added. Only a hint: it may be lost, late, or come twice. */
  onNudge(listener: () => void): void;

  close(): Promise<void>;
}

export interface Renewal {
  readonly member: string;
  /** Different in every renewal of a member: shows that it lives. */
  readonly nonce: string;
  /** The log this member follows, and the last record of it that it has applied; `null` when it follows none. */
  readonly identity: string | null;
  readonly position: number;
  /** The longest lease, in milliseconds, that this member takes or has heard of: another log has to know before it counts on anything. */
  readonly leaseMs: number;
}

export interface RenewalAnswer {
  /** Which log answered: it changes whenever the log may have lost something, such as when its server restarted. */
  readonly identity: string;
  /** The number of its last record. */
  readonly seq: number;
  /** The records after the member's position; `null` when they cannot be told, so that everything may have been reset. */
  readonly records: readonly ResetRecord[] | null;
  /** The longest lease any member of it has told of. */
  readonly leaseMs: number;
}

export interface ResetRecord {
  readonly seq: number;
  /** The member that added it. */
  readonly origin: string;
  readonly reset: ResetRequest;
}

export interface Appended {
  readonly identity: string;
  readonly seq: number;
  /** The longest lease any member may hold, in milliseconds. */
  readonly leaseMs: number;
}

export interface MemberList {
  readonly identity: string;
  readonly members: readonly Member[];
}

export interface Member {
  readonly member: string;
  /** The last record it had applied when it renewed. */
  readonly applied: number;
  readonly nonce: string;
}
