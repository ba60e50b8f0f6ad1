import { Redis } from 'ioredis';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { RedisResetLog } from '../../src/cache/redis-reset-log.ts';
import { FaultyProxy } from '../chaos/faulty-proxy.ts';
import { startRedis } from '../support/redis-server.ts';
import { ensureSystemProgram } from '../support/system-packages.ts';

const redis = await ensureSystemProgram('redis-server');
const key = 'appflow-gateway:{test}:resets';
/** Patience is not what is tested here, and the machine may have much else to do. */
const commandTimeoutMs = 10_000;
const crm = { connectorProfileName: 'crm' };

describe.skipIf('missing' in redis)('the reset log in Redis', () => {
  it('is another one when its server is another one, as the server itself says', async () => {
    const { admin, log } = await startLog();
    const { identity } = await renew(log);
    const [, run, replication] = identity.split(':');
    const info = await admin.info();
    expect(info).toContain(`run_id:${run}\r\n`);
    expect(info).toContain(`master_replid:${replication}\r\n`);
  });

  it('does not grow for ever', async () => {
    const { admin, log } = await startLog();
    for (let resets = 0; resets < 1_030; resets += 1) await log.append(crm, 'a');
    const fields = await admin.hkeys(key);
    expect(fields.filter(field => field.startsWith('r:'))).toHaveLength(1_024);
  });

  it('nudges whoever listens, also on a connection that took the place of one that died', async () => {
    const { admin, log } = await startLog();
    let nudges = 0;
    log.onNudge(() => {
      nudges += 1;
    });
    const isNudged = async () => {
      const before = nudges;
      await log.append(crm, 'a').catch(() => undefined);
      return vi.waitUntil(() => nudges > before, { timeout: 50, interval: 1 }).catch(() => false);
    };
    await vi.waitUntil(isNudged, { timeout: 10_000, interval: 1 });
    await admin.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
    await vi.waitUntil(isNudged, { timeout: 10_000, interval: 1 });
  });

  it('takes a reset although nobody may be nudged', async () => {
    const { log } = await startLog('+@all', 'resetchannels');
    expect(await log.append(crm, 'a')).toMatchObject({ seq: 1 });
  });

  it.each(['info', 'eval', 'hset'])('says so when %s is not allowed, and leaves nothing behind', async command => {
    const { admin, log } = await startLog('+@all', '&*', `-${command}`);
    await expect(log.append(crm, 'a')).rejects.toThrow(/NOPERM|can't run this command/);
    expect(await admin.exists(key)).toBe(0);
  });

  it('forgets members of whom there is only the name', async () => {
    const { admin, log } = await startLog();
    await renew(log);
    await admin.hset(key, 'members', ' me ghost');
    const { members } = await log.members();
    expect(members.map(({ member }) => member)).toEqual(['me', 'ghost']);
    await log.removeMembers(members.filter(({ member }) => member === 'ghost'));
    expect((await log.members()).members.map(({ member }) => member)).toEqual(['me']);
  });

  it('finds the new primary when the old one lives on as its copy', async () => {
    const [old, next] = [await startServer(), await startServer()];
    const proxy = await FaultyProxy.start(old.port);
    onTestFinished(() => proxy.close());
    const log = new RedisResetLog({ url: `redis://127.0.0.1:${proxy.port}`, namespace: 'test', commandTimeoutMs });
    onTestFinished(() => log.close());
    await log.connect();
    await renew(log);
    proxy.redirect(next.port);
    await old.admin.call('REPLICAOF', '127.0.0.1', next.port);
    await expect(renew(log)).rejects.toThrow(/READONLY|read only/);
    await vi.waitUntil(() => renew(log).catch(() => undefined), { timeout: 10_000, interval: 20 });
    expect(await next.admin.exists(key)).toBe(1);
  });
});

/** A log on a server of its own, used by somebody who may do what these rules say; everything by default. */
async function startLog(...rules: readonly string[]) {
  const { port, admin } = await startServer();
  if (rules.length > 0) await admin.call('ACL', 'SETUSER', 'gateway', 'on', 'nopass', '~*', ...rules);
  const credentials = rules.length > 0 ? 'gateway:any@' : '';
  const log = new RedisResetLog({
    url: `redis://${credentials}127.0.0.1:${port}`,
    namespace: 'test',
    commandTimeoutMs,
  });
  onTestFinished(() => log.close());
  await log.connect();
  return { admin, log };
}

async function startServer() {
  const server = await startRedis({ path: 'path' in redis ? redis.path : '' });
  onTestFinished(() => server.stop());
  const admin = new Redis(server.port);
  onTestFinished(() => admin.disconnect());
  return { port: server.port, admin };
}

function renew(log: RedisResetLog) {
  return log.renew({ member: 'me', nonce: '1', identity: null, position: 0, leaseMs: 1_000 });
}
