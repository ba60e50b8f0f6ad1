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

type LedgerOptions = Pick<BudgetsOptions, 'namespace' | 'log'> & { readonly redisUrl: string };

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
      ledger ??= openLedger({ redisUrl, namespace, log });
      return new SharedBudget({ ledger: await ledger, name, perMinute, clock, log });
    },
    close: async () => (await ledger)?.close(),
  };
}

/** A Redis that cannot be reached does not keep a replica from starting. */
async function openLedger({ redisUrl: url, namespace, log }: LedgerOptions): Promise<BudgetLedger> {
  const { RedisBudgetLedger } = await import('./redis-budget-ledger.ts');
  const ledger = new RedisBudgetLedger({ url, namespace });
  await ledger.connect().catch(error => log.warn({ reason: error.message }, 'budgets cannot be shared yet'));
  return ledger;
}
