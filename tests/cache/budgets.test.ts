import { Redis } from 'ioredis';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Budget } from '../../src/base/budget.ts';
import { LocalBudget } from '../../src/cache/local-budget.ts';
import { RedisBudgetLedger } from '../../src/cache/redis-budget-ledger.ts';
import { type BudgetLedger, SharedBudget } from '../../src/cache/shared-budget.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { createLogLines } from '../support/log-lines.ts';
import { startRedis } from '../support/redis-server.ts';
import { ensureSystemProgram } from '../support/system-packages.ts';

const redis = await ensureSystemProgram('redis-server');

describe('a budget of one process', () => {
  it('is spent at once, and comes back one unit after another', async () => {
    const clock = new FakeClock();
    const budget = new LocalBudget(6, clock);
    expect(await spend(budget, 6)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(await budget.spend('a')).toBe(10_000);
    clock.advance(9_999);
    expect(await budget.spend('a')).toBe(1);
    clock.advance(1);
    expect(await spend(budget, 2)).toEqual([0, 10_000]);
    clock.advance(60_000);
    expect(await spend(budget, 7)).toEqual([0, 0, 0, 0, 0, 0, 10_000]);
  });

  it('is one for each key', async () => {
    const budget = new LocalBudget(1, new FakeClock());
    expect(await Promise.all([budget.spend('a'), budget.spend('b'), budget.spend('a')])).toEqual([0, 0, 60_000]);
  });

  it('remembers who has spent it, however many others there are meanwhile', async () => {
    const clock = new FakeClock();
    const budget = new LocalBudget(1, clock);
    for (let key = 0; key < 15_000; key += 1) await budget.spend(`early ${key}`);
    clock.advance(59_000);
    for (let key = 0; key < 15_000; key += 1) await budget.spend(`late ${key}`);
    expect(await budget.spend('early 0')).toBe(1_000);
    clock.advance(1_000);
    for (let key = 0; key < 15_000; key += 1) await budget.spend(`latest ${key}`);
    expect(await budget.spend('early 0')).toBe(0);
    expect(await budget.spend('late 14999')).toBe(59_000);
  });
});

describe.skipIf('missing' in redis)('a budget in Redis', () => {
  it('is one for all replicas, apart by name, namespace and key', async () => {
    const url = await startServer();
    const [here, there] = [await connect(url, 'ns'), await connect(url, 'ns')];
    expect([await here.spend('a', 2), await there.spend('a', 2)]).toEqual([0, 0]);
    expect(await here.spend('a', 2)).toBeGreaterThan(29_000);
    expect(await there.spend('a', 2)).toBeLessThanOrEqual(30_000);
    expect([await there.spend('b', 2), await (await connect(url, 'other')).spend('a', 2)]).toEqual([0, 0]);
  });

  it('leaves rows that end by themselves, and disregards one that a clock set back has left', async () => {
    const url = await startServer();
    const ledger = await connect(url, 'ns');
    await ledger.spend('a', 60);
    const admin = await connectAdmin(url);
    const key = 'appflow-gateway:{ns}:budget:a';
    expect(await admin.pttl(key)).toBeGreaterThan(0);
    expect(await admin.pttl(key)).toBeLessThanOrEqual(1_000);
    await admin.set(key, String((Date.now() + 3_600_000) * 1000));
    expect(await ledger.spend('a', 60)).toBe(0);
  });
});

describe('a shared budget', () => {
  it('is each replica’s own while the ledger is away, without asking it every time, and says so once', async () => {
    const clock = new FakeClock();
    const { log, lines } = createLogLines();
    const ledger = new FailingLedger();
    const budget = new SharedBudget({ ledger, name: 'resets', perMinute: 2, clock, log });
    ledger.isAway = true;
    expect(await spend(budget, 3)).toEqual([0, 0, 30_000]);
    expect(ledger.asked).toBe(1);
    clock.advance(1_000);
    expect(await budget.spend('a')).toBe(29_000);
    ledger.isAway = false;
    clock.advance(1_000);
    expect(await spend(budget, 3)).toEqual([0, 0, 0]);
    expect(ledger.asked).toBe(5);
    expect(lines).toMatchObject([
      { level: 'warn', budget: 'resets', reason: 'no connection' },
      { level: 'info', budget: 'resets' },
    ]);
  });

  it.skipIf('missing' in redis)('outlives its Redis, and finds the next one', async () => {
    const path = 'path' in redis ? redis.path : '';
    const server = await startRedis({ path });
    const ledger = await connect(server.url, 'ns');
    const clock = new FakeClock();
    const budget = new SharedBudget({ ledger, name: 'requests', perMinute: 1, clock, log: createLogLines().log });
    expect([await budget.spend('a'), (await budget.spend('a')) > 0]).toEqual([0, true]);
    await server.kill();
    expect(await spend(budget, 2)).toEqual([0, 60_000]);
    const next = await startRedis({ path, port: server.port });
    onTestFinished(next.stop);
    await expect.poll(() => ledger.spend('b', 1).catch(() => 'away'), { timeout: 10_000 }).toBeGreaterThan(0);
    clock.advance(1_000);
    expect([await budget.spend('a'), (await budget.spend('a')) > 0]).toEqual([0, true]);
  });
});

class FailingLedger implements BudgetLedger {
  isAway = false;
  asked = 0;

  async spend(): Promise<number> {
    this.asked += 1;
    if (this.isAway) throw new Error('no connection');
    return 0;
  }

  async close(): Promise<void> {
    this.isAway = true;
  }
}

async function spend(budget: Budget, times: number): Promise<number[]> {
  const waits: number[] = [];
  for (let time = 0; time < times; time += 1) waits.push(await budget.spend('a'));
  return waits;
}

async function startServer(): Promise<string> {
  const server = await startRedis({ path: 'path' in redis ? redis.path : '' });
  onTestFinished(server.stop);
  return server.url;
}

/** A ledger that has its connection. */
async function connect(url: string, namespace: string): Promise<RedisBudgetLedger> {
  const ledger = new RedisBudgetLedger({ url, namespace });
  onTestFinished(() => ledger.close());
  await ledger.connect();
  return ledger;
}

async function connectAdmin(url: string): Promise<Redis> {
  const admin = new Redis(url);
  onTestFinished(() => admin.disconnect());
  return admin;
}
