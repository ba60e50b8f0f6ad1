import type { Clock } from '../../base/clock.ts';

/** Tokens remembered; the one answered longest ago is forgotten first, and then counts from the start of the plan. */
const maxTokens = 10_000;

export interface TokenLifeOptions {
  readonly clock: Clock;
  readonly afterUses?: number | undefined;
  readonly afterSeconds?: number | undefined;
}

interface Token {
  readonly answeredAt: number;
  uses: number;
}

/** How long page tokens live that expire before their time. One answered again (a walk begun anew) begins a new life. */
export class TokenLife {
  readonly #options: TokenLifeOptions;
  readonly #startedAt: number;
  /** Answered longest ago first. */
  readonly #tokens = new Map<string, Token>();

  constructor(options: TokenLifeOptions) {
    this.#options = options;
    this.#startedAt = options.clock.monotonicNow();
  }

  /** Notes that a token was answered. */
  begin(token: string): void {
    this.#remember(token, { answeredAt: this.#options.clock.monotonicNow(), uses: 0 });
  }

  /** Whether a token has expired; when it has not, this was one of its uses. */
  isOver(token: string): boolean {
    const { clock, afterUses, afterSeconds } = this.#options;
    const known = this.#tokens.get(token) ?? this.#remember(token, { answeredAt: this.#startedAt, uses: 0 });
    const isUsedUp = afterUses !== undefined && known.uses >= afterUses;
    const isTooOld = afterSeconds !== undefined && clock.monotonicNow() - known.answeredAt >= afterSeconds * 1000;
    if (isUsedUp || isTooOld || (afterUses === undefined && afterSeconds === undefined)) return true;
    known.uses += 1;
    return false;
  }

  #remember(token: string, life: Token): Token {
    this.#tokens.delete(token);
    this.#tokens.set(token, life);
    const [oldest] = this.#tokens.keys();
    if (this.#tokens.size > maxTokens && oldest !== undefined) this.#tokens.delete(oldest);
    return life;
  }
}
