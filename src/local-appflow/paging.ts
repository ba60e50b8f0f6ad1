import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../base/clock.ts';
import { AppflowError } from './errors.ts';

/** How long a walk may pause between two pages. */
const walkPatienceMs = 15 * 60 * 1000;
/** Lists kept for walks that have not ended; the longest unused one goes first. */
const maxWalkedLists = 1000;

export interface PageRequest {
  /** Names the list being walked: the operation and every argument but the page's own. A token is good for no other. */
  readonly walk: readonly unknown[];
  readonly maxResults: number;
  readonly nextToken: string | undefined;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Absent on the last page; AppFlow's clients would take an empty one for a token. */
  readonly nextToken?: string;
}

interface WalkedList {
  readonly items: readonly unknown[];
  lastUsed: number;
}

/** What a token is answered that is not one of ours, or not any more. */
export function unknownToken(): AppflowError {
  return new AppflowError(
    'ValidationException',
    'nextToken must be one this operation answered for the same arguments within the last 15 minutes.',
  );
}

/**
 * Cuts lists into pages. A token points into the very list its walk began with, kept for that purpose: a walk never mixes two
 * states, whatever changes or is reset meanwhile, and a token may be used again. Tokens are signed, so only ours are taken.
 */
export class Paging {
  readonly #clock: Clock;
  readonly #secret = randomBytes(32);
  /** Least recently used first. */
  readonly #lists = new Map<string, WalkedList>();
  readonly #ids = new WeakMap<readonly unknown[], string>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Loads the list for a first page, or finds it again for a later one. Rejects with a ValidationException for a bad token. */
  async page<T>(request: PageRequest, load: () => readonly T[] | Promise<readonly T[]>): Promise<Page<T>> {
    const { walk, maxResults, nextToken } = request;
    const { items, offset } =
      nextToken === undefined ? { items: await load(), offset: 0 } : this.#resume<T>(walk, nextToken);
    const end = offset + maxResults;
    const page = { items: items.slice(offset, end) };
    return end < items.length ? { ...page, nextToken: this.#signToken(walk, this.#keep(items), end) } : page;
  }

  #resume<T>(walk: readonly unknown[], token: string): { items: readonly T[]; offset: number } {
    const [id = '', offset = ''] = Buffer.from(token, 'base64url').toString('latin1').split('.');
    const list = this.#lists.get(id);
    // Signing again and comparing whole tokens leaves no second spelling of a token that would pass.
    if (list === undefined || this.#isForgotten(list) || this.#signToken(walk, id, Number(offset)) !== token) {
      throw unknownToken();
    }
    this.#keep(list.items);
    return { items: list.items as readonly T[], offset: Number(offset) };
  }

  #signToken(walk: readonly unknown[], id: string, offset: number): string {
    const signature = createHmac('sha256', this.#secret)
      .update(JSON.stringify([walk, id, offset]))
      .digest('base64url');
    return Buffer.from(`${id}.${offset}.${signature}`, 'latin1').toString('base64url');
  }

  #keep(items: readonly unknown[]): string {
    const id = this.#ids.get(items) ?? randomUUID();
    this.#ids.set(items, id);
    this.#lists.delete(id);
    this.#lists.set(id, { items, lastUsed: this.#clock.monotonicNow() });
    this.#forgetOld();
    return id;
  }

  #forgetOld(): void {
    for (const [id, list] of this.#lists) {
      if (this.#lists.size <= maxWalkedLists && !this.#isForgotten(list)) return;
      this.#lists.delete(id);
    }
  }

  #isForgotten({ lastUsed }: WalkedList): boolean {
    return this.#clock.monotonicNow() - lastUsed > walkPatienceMs;
  }
}
