import { describe, expect, it } from 'vitest';
import { createLinkedReplicas, defaultLeaseMs as leaseMs } from './linked-replicas.ts';

/** What the simulator found, as the shortest story that shows it. */
describe('found by the simulator', () => {
  /**
   * A reset that had not been able to look around for a whole lease saw a member for the first time, and forgot it at once because it had
   * not moved since. It had a lease all the same, and the next reset did not wait for it.
   */
  it('a reset waits for a member that was seen for the first time a moment before the last reset gave up waiting', async () => {
    const world = createLinkedReplicas();
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
    const world = createLinkedReplicas();
    const { coherence } = world.createReplica('leaving');
    await world.advance(10);
    expect(coherence.admit()).toBe('SERVE');
    await coherence.close();
    expect(await coherence.admit()).toBe('FETCH');
  });
});
