import { describe, expect, it } from 'vitest';
import { LeaseCoherence } from '../../src/cache/lease-coherence.ts';
import type { ResetLog } from '../../src/cache/reset-log.ts';
import type { ResetRequest } from '../../src/metadata/refs.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { ResetLogServer } from './reset-log-server.ts';

const leaseMs = 1_000;

/** What the simulator found, as the shortest story that shows it. */
describe('found by the simulator', () => {
  /**
   * A reset that had not been able to look around for a whole lease saw a member for the first time, and forgot it at once because it had
   * not moved since. It had a lease all the same, and the next reset did not wait for it.
   */
  it('a reset waits for a member that was seen for the first time a moment before the last reset gave up waiting', async () => {
    const world = createWorld();
    const resetting = world.createReplica('resetting');
    const other = world.createReplica('other');
    await world.advance(2 * leaseMs + 10);

    other.link.isCut = true;
    const announcement = await resetting.coherence.announce({ connectorProfileName: 'first' });
    resetting.link.isCut = true;
    let isAnswered = false;
    const answer = announcement.delivered().finally(() => {
      isAnswered = true;
    });
    // The other one renews its lease just once, so that it has the record and nobody knows.
    await world.advance(leaseMs - 15);
    other.link.callsLeft = 1;
    await world.until(() => other.cleared.includes('first'));
    resetting.link.isCut = false;
    await world.until(() => isAnswered);
    expect(await answer).toBe('LEASES_EXPIRED');

    await world.advance(5);
    expect(other.coherence.admit()).toBe('SERVE');
    const next = await resetting.coherence.announce({ connectorProfileName: 'second' });
    let isNextAnswered = false;
    void next.delivered().finally(() => {
      isNextAnswered = true;
    });
    await world.until(() => isNextAnswered);
    expect(other.cleared.includes('second') || !other.coherence.status().servesFromMemory).toBe(true);
  });

  /** A connection that is kept open may bring one more read to a replica that has said goodbye to the others. */
  it('a replica that has left serves nothing from memory any more', async () => {
    const world = createWorld();
    const { coherence } = world.createReplica('leaving');
    await world.advance(10);
    expect(coherence.admit()).toBe('SERVE');
    await coherence.close();
    expect(await coherence.admit()).toBe('FETCH');
  });
});

/** Whether a replica can reach the log: not at all, or for some calls more. */
interface Link {
  isCut: boolean;
  callsLeft: number;
}

function createWorld() {
  const clock = new FakeClock();
  const server = new ResetLogServer({ runId: 'run', replicationId: 'primary', createIncarnation: () => 'log' });
  const createReplica = (member: string) => {
    const link: Link = { isCut: false, callsLeft: 0 };
    const cleared: string[] = [];
    const clear = ({ connectorProfileName = '' }: ResetRequest) => cleared.push(connectorProfileName);
    const cache = { clear, clearAll: () => 0 };
    const coherence = new LeaseCoherence({ log: createLog(server, link), cache, clock, member, leaseMs });
    coherence.start();
    return { link, cleared, coherence };
  };
  /** Moves the clock a millisecond at a time, and lets everybody come to rest in between. */
  const advance = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 1) {
      clock.advance(1);
      await new Promise(resolve => setImmediate(resolve));
    }
  };
  const until = async (isDone: () => boolean) => {
    for (let passed = 0; !isDone(); passed += 1) {
      if (passed > 10_000) throw new Error('expected it to happen within ten seconds of the clock, it did not');
      await advance(1);
    }
  };
  return { createReplica, advance, until };
}

function createLog(server: ResetLogServer, link: Link): ResetLog {
  let isClosed = false;
  const call = async <T>(command: () => T): Promise<T> => {
    if (link.isCut && link.callsLeft > 0) link.callsLeft -= 1;
    else if (link.isCut || isClosed) throw new Error('cut off');
    return command();
  };
  return {
    renew: renewal => call(() => server.renew(renewal)),
    append: (reset, origin) => call(() => server.append(reset, origin)),
    members: () => call(() => server.members()),
    removeMembers: members => call(() => server.removeMembers(members)),
    onNudge: () => undefined,
    close: async () => {
      isClosed = true;
    },
  };
}
