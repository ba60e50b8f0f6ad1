import { describe, expect, it } from 'vitest';
import { ensureSystemProgram } from '../support/system-packages.ts';
import { runChaos } from './run-chaos.ts';
import { runControl } from './run-control.ts';

const redis = await ensureSystemProgram('redis-server');
const seconds = 60;
const timeoutMs = 300_000;

describe('real gateways', () => {
  it('serve what another one has reset when they do not know of each other, or the next test shows nothing', async () => {
    const control = await runControl({ seed: newSeed(), seconds: 5 });
    print(control);
    expect(control.resetsConfirmed).toBeGreaterThan(0);
    expect(control.stale).toBeGreaterThan(0);
  }, 120_000);

  it.skipIf('missing' in redis)(
    'never do so over Redis, whatever fails',
    async () => {
      const redisPath = 'path' in redis ? redis.path : '';
      const faults: string[] = [];
      const onFault = (line: string) => void faults.push(line);
      const options = { seconds, redisPath, seed: newSeed(), replicas: 3, leaseMs: 1000, readPauseMs: 10, onFault };
      const result = await runChaos(options);
      print(result);
      expect(result.staleExamples, faults.join('\n')).toEqual([]);
      expect(result.stale).toBe(0);
      expect(result.unexpectedEnds).toEqual([]);
      // A gateway that fails to answer, or keeps nothing, would be right, too.
      expect(result.failedReads).toEqual({});
      expect(result.reads).toBeGreaterThan(1_000);
      expect(result.upstreamReads).toBeLessThan(result.reads / 2);
      expect(result.coherence).toEqual({ ALL_REPLICAS: expect.any(Number), LEASES_EXPIRED: expect.any(Number) });
      expect(Object.keys(result.faults).length).toBeGreaterThanOrEqual(8);
    },
    timeoutMs,
  );
});

/** A new one every time, and printed with the result: more runs see more, and none is lost. */
function newSeed(): number {
  return Math.floor(Math.random() * 2 ** 31);
}

function print(result: object): void {
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
