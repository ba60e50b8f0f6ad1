import type { SimulatedAppflow } from './simulated-appflow.ts';
import { leaseMs, type SimulatedReplica } from './simulated-replica.ts';
import { possibleResets } from './subjects.ts';
import type { Traffic } from './traffic.ts';
import type { World } from './world.ts';

/** What a round trip or two, a timer and a fetch take at most where nothing is wrong; and a command that was given up. */
const slackMs = 400;

/** Longer than any fetch that began in the storm. */
const slowestFetchMs = 4_000;

/** Reads of one subject of which one has to come from memory. */
const readTries = 5;

/** A lease by the slowest clock that waits for it. */
const longestWaitMs = (leaseMs * 1.02) / 0.99;

export interface RecoveryCheckOptions {
  readonly world: World;
  readonly appflow: SimulatedAppflow;
  readonly replicas: readonly SimulatedReplica[];
  readonly traffic: Traffic;
}

/**
 * Checks, once nothing is wrong any more, that everything works again: within two leases every replica serves from memory, a reset takes a lease
 * at most, and when the dead have been forgotten, hardly any time. Says what does not.
 */
export async function checkRecovery(options: RecoveryCheckOptions): Promise<string[]> {
  const { world, replicas } = options;
  await world.time.pause(2 * leaseMs + slackMs);
  const complaints: string[] = [];
  for (const replica of replicas) complaints.push(...(await checkMemory(options, replica)));
  complaints.push(...(await checkResets(options)));
  await world.time.pause(slowestFetchMs);
  for (const { number, source } of replicas) {
    const pending = options.traffic.pendingReads(source);
    if (pending > 0) complaints.push(`replica ${number} never answered ${pending} reads`);
  }
  return complaints;
}

/** Whether some read comes from memory. Visits of others are over, so every fetch is its own; a small memory may drop the first answers. */
async function checkMemory({ appflow, traffic }: RecoveryCheckOptions, replica: SimulatedReplica): Promise<string[]> {
  for (let tries = 0; tries < readTries; tries += 1) {
    const { fetches } = appflow;
    await traffic.read(replica, 'crm Account');
    if (appflow.fetches === fetches) return [];
  }
  return [`replica ${replica.number} does not serve from memory two leases after the last fault`];
}

async function checkResets({ world, traffic, replicas }: RecoveryCheckOptions): Promise<string[]> {
  const complaints: string[] = [];
  for (const times of [1, 2, 3]) {
    const answered = await traffic.reset(world.random.pick(replicas), world.random.pick(possibleResets));
    if (!answered) complaints.push(`reset ${times} after the last fault failed`);
    else if (answered.durationMs > longestWaitMs + slackMs)
      complaints.push(`reset ${times} took ${answered.durationMs} ms`);
    else if (times === 3 && (answered.coherence !== 'ALL_REPLICAS' || answered.durationMs > slackMs)) {
      complaints.push(`reset ${times} was not quick: ${JSON.stringify(answered)}`);
    }
    await world.time.pause(100);
  }
  return complaints;
}
