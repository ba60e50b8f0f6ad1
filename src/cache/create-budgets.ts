import type { Budget } from '../base/budget.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { LocalBudget } from './local-budget.ts';
import { type BudgetLedger, SharedBudget } from './shared-budget.ts';

export interface BudgetsOptions {
  /** Redis, when there are several replicas. */
  readonly redisUrl: string | undefined;
  readonly namespace: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** Where budgets come from. */
export interface Budgets {
  /** Creates a budget; `undefined` for 0 units a minute, which stand for no limit. */
  create(name: string, perMinute: number): Promise<Budget | undefined>;
  close(): Promise<void>;
}

/**
 * Creates what makes budgets that all replicas share where there is a Redis, and of this process alone elsewhere. Redis is connected to, and its client
 * loaded, with the first budget that has a limit.
 */
export function createBudgets({ redisUrl, namespace, clock, log }: BudgetsOptions): Budgets {
  let ledger: Promise<BudgetLedger> | undefined;
  return {
    async create(name, perMinute) {
      if (perMinute === 0) return undefined;
      if (redisUrl === undefined) return new LocalBudget(perMinute, clock);
      ledger ??= openLedger(redisUrl, namespace);
      return new SharedBudget({ ledger: await ledger, name, perMinute, clock, log });
    },
    close: async () => (await ledger)?.close(),
  };
}

async function openLedger(url: string, namespace: string): Promise<BudgetLedger> {
  const { RedisBudgetLedger } = await import('./redis-budget-ledger.ts');
  return new RedisBudgetLedger({ url, namespace });
}
