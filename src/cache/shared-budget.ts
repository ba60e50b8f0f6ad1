import type { Budget } from '../base/budget.ts';
import type { Clock } from '../base/clock.ts';
import { fingerprint } from '../base/fingerprint.ts';
import type { Log } from '../base/log.ts';
import { LocalBudget } from './local-budget.ts';

/** Port: what all replicas have spent. Every call may fail or be late. */
export interface BudgetLedger {
  /** As `Budget.spend`, but rejects when it cannot be told. */
  spend(key: string, perMinute: number): Promise<number>;
  close(): Promise<void>;
}

export interface SharedBudgetOptions {
  readonly ledger: BudgetLedger;
  /** Tells budgets in one ledger apart. */
  readonly name: string;
  readonly perMinute: number;
  readonly clock: Clock;
  readonly log: Log;
}

/** How long a ledger that failed is left alone: every request would wait for it otherwise. */
const pauseMs = 1_000;

/** One budget for all replicas; while their ledger is away, one for each. */
export class SharedBudget implements Budget {
  readonly perMinute: number;
  readonly #options: SharedBudgetOptions;
  readonly #local: LocalBudget;
  #awayUntil = 0;
  #isAway = false;

  constructor(options: SharedBudgetOptions) {
    this.#options = options;
    this.perMinute = options.perMinute;
    this.#local = new LocalBudget(options.perMinute, options.clock);
  }

  async spend(key: string): Promise<number> {
    const { ledger, name, clock } = this.#options;
    if (clock.monotonicNow() < this.#awayUntil) return this.#local.spend(key);
    try {
      // Keys name people and profiles: what leaves the process does not.
      const waitMs = await ledger.spend(`${name}:${fingerprint(key)}`, this.perMinute);
      this.#comeBack();
      return waitMs;
    } catch (error) {
      this.#goAway(error);
      return this.#local.spend(key);
    }
  }

  #comeBack(): void {
    if (this.#isAway)
      this.#options.log.info({ budget: this.#options.name }, 'a budget is shared by all replicas again');
    this.#isAway = false;
  }

  #goAway(error: unknown): void {
    const { clock, log, name } = this.#options;
    this.#awayUntil = clock.monotonicNow() + pauseMs;
    if (this.#isAway) return;
    this.#isAway = true;
    const reason = error instanceof Error ? error.message : String(error);
    log.warn({ budget: name, reason }, 'a budget cannot be shared: each replica keeps its own');
  }
}
