import { LeaseCoherence } from '../../src/cache/lease-coherence.ts';
import type { ResetLog } from '../../src/cache/reset-log.ts';
import type { ResetRequest } from '../../src/metadata/refs.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { ResetLogServer } from './reset-log-server.ts';

export const defaultLeaseMs = 1_000;

/** Whether a replica can reach the log: not at all, or for some calls more. */
interface Link {
  isCut: boolean;
  callsLeft: number;
}

/** Replicas that differ only in their leases, over one log in memory and one clock that is moved by hand. */
export function createLinkedReplicas() {
  const clock = new FakeClock();
  let logs = 0;
  const createIncarnation = () => {
    logs += 1;
    return `log${logs}`;
  };
  const server = new ResetLogServer({ runId: 'run', replicationId: 'primary', createIncarnation });
  const createReplica = (member: string, leaseMs = defaultLeaseMs) => {
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
  return { server, createReplica, advance, until };
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
