import { describe, expect, it } from 'vitest';
import { createLinkedReplicas, defaultLeaseMs } from '../simulation/linked-replicas.ts';

const crm = { connectorProfileName: 'crm' };

describe('a reset', () => {
  it('waits for the longest lease of any replica, whatever its own is', async () => {
    const world = createLinkedReplicas();
    const patient = world.createReplica('patient', 5 * defaultLeaseMs);
    const resetting = world.createReplica('resetting');
    await world.advance(5.2 * defaultLeaseMs);
    patient.link.isCut = true;

    let outcome: string | undefined;
    const announcement = await resetting.coherence.announce(crm);
    void announcement.delivered().then(delivered => {
      outcome = delivered;
    });
    await world.until(() => outcome !== undefined);
    expect(outcome).toBe('LEASES_EXPIRED');
    expect(patient.coherence.status().servesFromMemory).toBe(false);
  });

  it('waits for leases from before the log was lost, too', async () => {
    const world = createLinkedReplicas();
    const other = world.createReplica('other');
    const resetting = world.createReplica('resetting');
    await world.advance(2 * defaultLeaseMs);
    other.link.isCut = true;
    world.server.flush();

    let isAnswered = false;
    const announcement = await resetting.coherence.announce(crm);
    void announcement.delivered().finally(() => {
      isAnswered = true;
    });
    await world.until(() => isAnswered);
    expect(other.coherence.status().servesFromMemory).toBe(false);
  });

  it('is told a few times before its client hears that nobody else knows of it', async () => {
    const world = createLinkedReplicas();
    const { link, coherence } = world.createReplica('a');
    await world.advance(10);
    link.isCut = true;
    const announced = coherence.announce(crm).then(
      () => 'announced',
      error => error.code,
    );
    await world.advance(150);
    link.isCut = false;
    await world.advance(100);
    expect(await announced).toBe('announced');
  });

  it('that could not be told is told later, once, however often it was tried', async () => {
    const world = createLinkedReplicas();
    const { link, coherence } = world.createReplica('a');
    await world.advance(10);
    link.isCut = true;
    const outcomes: string[] = [];
    for (const reset of [crm, crm, crm, { connectorProfileName: 'erp' }]) {
      coherence.announce(reset).catch(error => outcomes.push(error.code));
    }
    await world.until(() => outcomes.length === 4);
    expect(outcomes).toEqual(Array(4).fill('RESET_NOT_PROPAGATED'));
    link.isCut = false;
    await world.advance(5 * defaultLeaseMs);
    expect(world.server.copy()?.seq).toBe(2);
  });

  it('that could not be told is not told again once another one of its kind was', async () => {
    const world = createLinkedReplicas();
    const { link, coherence } = world.createReplica('a');
    await world.advance(10);
    link.isCut = true;
    let hasFailed = false;
    coherence.announce(crm).catch(() => {
      hasFailed = true;
    });
    await world.until(() => hasFailed);
    link.isCut = false;
    await coherence.announce(crm);
    await world.advance(5 * defaultLeaseMs);
    expect(world.server.copy()?.seq).toBe(1);
  });
});

it('what a reset would promise depends on the lease, and on how long the log is known', async () => {
  const world = createLinkedReplicas();
  const { link, coherence } = world.createReplica('a');
  expect(coherence.status()).toEqual({ coherence: null, servesFromMemory: false });
  await world.advance(10);
  expect(coherence.status()).toEqual({ coherence: 'LEASES_EXPIRED', servesFromMemory: true });
  await world.advance(1.1 * defaultLeaseMs);
  expect(coherence.status()).toEqual({ coherence: 'ALL_REPLICAS', servesFromMemory: true });
  link.isCut = true;
  await world.advance(1.1 * defaultLeaseMs);
  expect(coherence.status()).toEqual({ coherence: null, servesFromMemory: false });
});
