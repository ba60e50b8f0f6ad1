import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MetadataSource } from '../../src/metadata/source.ts';
import { aField, anEntity } from '../support/builders.ts';
import { FakeSource } from '../support/fake-source.ts';

/** Replicas of the gateway that share an AppFlow. */
export interface Replicas {
  readonly sources: readonly MetadataSource[];
  close(): Promise<void>;
  /** Whether replicas serve from memory at all; default true. */
  readonly keepsValues?: boolean;
}

const account = { connectorProfileName: 'crm', connectorEntityName: 'Account' };

/** Read-your-reset: what every `Coherence` has to achieve, seen from outside, on every replica it serves. */
export function describeCoherence(name: string, createReplicas: (upstream: MetadataSource) => Promise<Replicas>): void {
  describe(`Coherence: ${name}`, () => {
    let upstream: FakeSource;
    let replicas: Replicas;
    beforeEach(async () => {
      upstream = new FakeSource();
      setFields('Id');
      replicas = await createReplicas(upstream);
    });
    afterEach(() => replicas.close());

    it('serves from memory between resets, where it keeps anything', async () => {
      for (const source of [...replicas.sources, ...replicas.sources]) await source.describeEntity(account);
      const { keepsValues = true, sources } = replicas;
      expect(upstream.calls).toHaveLength(keepsValues ? sources.length : 2 * sources.length);
    });

    it('lets no replica serve what was read before an answered reset', async () => {
      for (const [round, resetting] of replicas.sources.entries()) {
        await Promise.all(replicas.sources.map(source => fieldsOf(source)));
        setFields('Id', `New${round}`);
        await resetting.reset(account);
        for (const source of replicas.sources) expect(await fieldsOf(source)).toEqual(['Id', `New${round}`]);
      }
    });

    it('never brings back what was in flight during the reset, on whichever replica', async () => {
      const release = upstream.hold('"entity"');
      const early = replicas.sources.map(source => fieldsOf(source));
      await vi.waitUntil(() => upstream.calls.length === early.length, { interval: 1 });
      setFields('Id', 'New');
      await replicas.sources[0]?.reset(account);
      release();
      for (const fields of await Promise.all(early)) expect(fields).toEqual(['Id']);
      for (const source of replicas.sources) expect(await fieldsOf(source)).toEqual(['Id', 'New']);
    });

    function setFields(...identifiers: string[]): void {
      upstream.entities.set('crm', [
        anEntity('Account', { fields: identifiers.map(identifier => aField(identifier)) }),
      ]);
    }
  });
}

async function fieldsOf(source: MetadataSource): Promise<string[]> {
  const { fields } = await source.describeEntity(account);
  return fields.map(field => field.identifier);
}
