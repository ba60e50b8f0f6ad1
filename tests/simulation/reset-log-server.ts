import { keptRecords } from '../../src/cache/redis-scripts.ts';
import type { Appended, Member, MemberList, Renewal, RenewalAnswer, ResetRecord } from '../../src/cache/reset-log.ts';
import type { ResetRequest } from '../../src/metadata/refs.ts';

/** What the hash in Redis holds. */
export interface ResetLogContent {
  readonly incarnation: string;
  seq: number;
  leaseMs: number;
  readonly records: Map<number, string>;
  readonly members: Map<string, { readonly applied: number; readonly nonce: string }>;
}

export interface ResetLogServerOptions {
  /** The server's own identity, another one whenever its process starts. */
  readonly runId: string;
  /** Another one whenever a server becomes the primary. */
  readonly replicationId: string;
  /** Names a log that is made because there is none. */
  readonly createIncarnation: () => string;
  /** What it was started with; nothing by default. */
  readonly content?: ResetLogContent | undefined;
}

/**
 * The reset log as the scripts in `src/cache/redis-scripts.ts` keep it, without Redis: every method is one atomic script. A test holds the
 * two together on a real server.
 */
export class ResetLogServer {
  readonly #runId: string;
  readonly #replicationId: string;
  readonly #createIncarnation: () => string;
  #content: ResetLogContent | undefined;

  constructor({ runId, replicationId, createIncarnation, content }: ResetLogServerOptions) {
    this.#runId = runId;
    this.#replicationId = replicationId;
    this.#createIncarnation = createIncarnation;
    this.#content = content;
  }

  renew({ member, nonce, identity, position, leaseMs }: Renewal): RenewalAnswer {
    const content = this.#open();
    const ownIdentity = this.#identityOf(content);
    const isSame = identity === ownIdentity;
    content.members.set(member, { applied: isSame ? Math.min(position, content.seq) : 0, nonce });
    content.leaseMs = Math.max(content.leaseMs, leaseMs);
    const { seq } = content;
    const isKnown = isSame && position <= seq && position >= seq - keptRecords;
    const records = isKnown ? recordsAfter(content, position) : null;
    return { identity: ownIdentity, seq, leaseMs: content.leaseMs, records };
  }

  append(reset: ResetRequest, origin: string): Appended {
    const content = this.#open();
    content.seq += 1;
    content.records.set(content.seq, JSON.stringify({ origin, reset }));
    content.records.delete(content.seq - keptRecords);
    return { identity: this.#identityOf(content), seq: content.seq, leaseMs: content.leaseMs };
  }

  members(): MemberList {
    const content = this.#open();
    const members = [...content.members].map(([member, row]) => ({ member, ...row }));
    return { identity: this.#identityOf(content), members };
  }

  removeMembers(members: readonly Member[]): void {
    const content = this.#open();
    for (const { member, nonce } of members) {
      if (content.members.get(member)?.nonce === nonce) content.members.delete(member);
    }
  }

  /** FLUSHALL, or the eviction of the one key. */
  flush(): void {
    this.#content = undefined;
  }

  /** A copy of what it holds, as a replica or a file would have it. */
  copy(): ResetLogContent | undefined {
    if (!this.#content) return undefined;
    const { incarnation, seq, leaseMs, records, members } = this.#content;
    return { incarnation, seq, leaseMs, records: new Map(records), members: new Map(members) };
  }

  #open(): ResetLogContent {
    const incarnation = this.#content?.incarnation ?? this.#createIncarnation();
    this.#content ??= { incarnation, seq: 0, leaseMs: 0, records: new Map(), members: new Map() };
    return this.#content;
  }

  #identityOf({ incarnation }: ResetLogContent): string {
    return [incarnation, this.#runId, this.#replicationId].join(':');
  }
}

function recordsAfter({ seq, records }: ResetLogContent, position: number): ResetRecord[] {
  const after: ResetRecord[] = [];
  for (let number = position + 1; number <= seq; number += 1) {
    const { origin, reset } = JSON.parse(records.get(number) ?? 'null');
    after.push({ seq: number, origin, reset });
  }
  return after;
}
