import fc from 'fast-check';
import { Redis } from 'ioredis';
import { describe, expect, it } from 'vitest';
import { RedisResetLog } from '../../src/cache/redis-reset-log.ts';
import type { Member } from '../../src/cache/reset-log.ts';
import { startRedis } from '../support/redis-server.ts';
import { ensureSystemProgram } from '../support/system-packages.ts';
import { ResetLogServer } from './reset-log-server.ts';

const redis = await ensureSystemProgram('redis-server');
const members = ['a', 'b', 'c'];

/** A log that can be used, flushed and put behind another server: the one in Redis and the simulated one. */
interface Subject {
  run(step: Step): Promise<unknown>;
}

type Step =
  | { readonly do: 'renew'; readonly member: string; readonly behind: number; readonly knowsLog: boolean }
  | { readonly do: 'append'; readonly times: number }
  | { readonly do: 'members' }
  | { readonly do: 'removeMembers'; readonly member: string; readonly isCurrent: boolean }
  | { readonly do: 'flush' }
  | { readonly do: 'promote' };

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('renew'),
      member: fc.constantFrom(...members),
      behind: fc.integer({ min: -2, max: 5 }),
      knowsLog: fc.boolean(),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('append'), times: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('members') }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('removeMembers'),
      member: fc.constantFrom(...members),
      isCurrent: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('flush') }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('promote') }) },
) as fc.Arbitrary<Step>;

describe.skipIf('missing' in redis)('the simulated reset log', () => {
  it('answers what the one in Redis answers, whatever was done before', async () => {
    await withRedis(async (url, admin) => {
      let runs = 0;
      const property = fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async steps => {
        runs += 1;
        const real = await createRealSubject(url, admin, `run${runs}`);
        const simulated = createSimulatedSubject();
        for (const next of steps) expect(await simulated.run(next)).toEqual(await real.run(next));
        await real.close();
      });
      await fc.assert(property, { numRuns: 150 });
    });
  });

  it('forgets records after as many as the one in Redis does', async () => {
    await withRedis(async (url, admin) => {
      const real = await createRealSubject(url, admin, 'long');
      const simulated = createSimulatedSubject();
      const steps: Step[] = [{ do: 'append', times: 1_026 }];
      for (const behind of [1_023, 1_024, 1_025]) {
        for (const knowsLog of [false, true]) steps.push({ do: 'renew', member: 'a', behind, knowsLog });
      }
      for (const next of steps) expect(await simulated.run(next)).toEqual(await real.run(next));
      await real.close();
    });
  });
});

async function withRedis(work: (url: string, admin: Redis) => Promise<void>): Promise<void> {
  if ('missing' in redis) return;
  const server = await startRedis({ path: redis.path });
  const admin = new Redis(server.url);
  try {
    await work(server.url, admin);
  } finally {
    admin.disconnect();
    await server.stop();
  }
}

async function createRealSubject(url: string, admin: Redis, namespace: string) {
  const log = new RedisResetLog({ url, namespace, commandTimeoutMs: 10_000 });
  await log.connect();
  const key = `appflow-gateway:{${namespace}}:resets`;
  const flush = () => admin.del(key);
  const promote = async () => {
    await admin.call('REPLICAOF', '127.0.0.1', '1');
    await admin.call('REPLICAOF', 'NO', 'ONE');
  };
  return { ...createSubject(log, flush, promote), close: () => log.close() };
}

function createSimulatedSubject(): Subject {
  let names = 0;
  const createName = () => {
    names += 1;
    return String(names);
  };
  const create = (content?: ReturnType<ResetLogServer['copy']>) =>
    new ResetLogServer({ runId: 'run', replicationId: createName(), createIncarnation: createName, content });
  let server = create();
  const promote = async () => {
    server = create(server.copy());
  };
  const log: LogUnderTest = {
    renew: async renewal => server.renew(renewal),
    append: async (reset, origin) => server.append(reset, origin),
    members: async () => server.members(),
    removeMembers: async listed => server.removeMembers(listed),
  };
  return createSubject(log, async () => server.flush(), promote);
}

type LogUnderTest = Pick<RedisResetLog, 'renew' | 'append' | 'members' | 'removeMembers'>;

/** Runs steps on a log, with identities told apart by when they were first seen: their text is each log's own. */
function createSubject(log: LogUnderTest, flush: () => Promise<unknown>, promote: () => Promise<unknown>): Subject {
  const identities: string[] = [];
  let seq = 0;
  let nonces = 0;
  const name = <T extends { readonly identity: string }>(answer: T) => {
    if (!identities.includes(answer.identity)) identities.push(answer.identity);
    return { ...answer, identity: identities.indexOf(answer.identity) };
  };
  const noncesByMember = new Map<string, string>();
  const append = async (times: number) => {
    for (let time = 1; time < times; time += 1) await log.append({ connectorProfileName: 'early' }, 'a');
    const appended = await log.append({ connectorProfileName: 'crm', connectorEntityName: 'Ünal, "x"' }, 'b');
    seq = appended.seq;
    return name(appended);
  };
  const renew = async ({ member, behind, knowsLog }: Extract<Step, { do: 'renew' }>) => {
    nonces += 1;
    noncesByMember.set(member, String(nonces));
    const identity = knowsLog ? (identities.at(-1) ?? null) : null;
    const position = Math.max(0, seq - behind);
    return name(await log.renew({ member, nonce: String(nonces), identity, position, leaseMs: 100 * (behind + 1) }));
  };
  const removeMember = ({ member, isCurrent }: Extract<Step, { do: 'removeMembers' }>) => {
    const listed: Member = { member, applied: 0, nonce: isCurrent ? (noncesByMember.get(member) ?? '') : 'other' };
    return log.removeMembers([listed, { member: 'nobody', applied: 1, nonce: '1' }]);
  };
  const listMembers = async () => {
    const list = name(await log.members());
    return { ...list, members: [...list.members].sort((a, b) => (a.member < b.member ? -1 : 1)) };
  };
  const run = async (next: Step): Promise<unknown> => {
    if (next.do === 'renew') return renew(next);
    if (next.do === 'append') return append(next.times);
    if (next.do === 'members') return listMembers();
    if (next.do === 'removeMembers') return removeMember(next);
    await (next.do === 'flush' ? flush() : promote());
    return undefined;
  };
  return { run };
}
