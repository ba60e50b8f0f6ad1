import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isMetadataError, type MetadataErrorCode } from '../../src/metadata/errors.ts';
import type { MetadataSource } from '../../src/metadata/source.ts';

/** A source and the application behind it, which a test may change. */
export interface SourceWorld {
  readonly source: MetadataSource;
  /** Entities of the profile `crm` by parent (`""` is the top level); a name that is a parent itself has nested entities. */
  setEntities(namesByParent: Readonly<Record<string, readonly string[]>>): void;
  setFields(entity: string, identifiers: readonly string[]): void;
  close(): Promise<void>;
}

const crm = { connectorProfileName: 'crm' };

/**
 * What every `MetadataSource` promises, whatever stands behind it. The world starts with a profile `crm` of a Salesforce connector, a
 * registered custom connector `Ledger`, and the connector S3, which needs no profile and has the entity `bucket`.
 */
export function describeMetadataSource(name: string, createWorld: () => Promise<SourceWorld>): void {
  describe(`MetadataSource: ${name}`, () => {
    let world: SourceWorld;
    beforeEach(async () => {
      world = await createWorld();
      world.setEntities({ '': ['Lead', 'Account', 'Sales'], Sales: ['Order', 'Invoice'] });
      world.setFields('Account', ['Id', 'Name', 'Created']);
    });
    afterEach(() => world.close());

    it('lists the whole top level, sorted by name', async () => {
      expect(await names()).toEqual(['Account', 'Lead', 'Sales']);
    });

    it('lists what is nested under a parent', async () => {
      const { entities } = await world.source.listEntities(crm);
      expect(entities.filter(entity => entity.hasNestedEntities).map(entity => entity.name)).toEqual(['Sales']);
      expect(await names('Sales')).toEqual(['Invoice', 'Order']);
    });

    it('lists the entities of a connector without a profile by its type', async () => {
      const { entities } = await world.source.listEntities({ connectorType: 'S3' });
      expect(entities.map(entity => entity.name)).toEqual(['bucket']);
    });

    it('describes an entity with its fields in order', async () => {
      expect(await fields()).toEqual(['Id', 'Name', 'Created']);
    });

    it('knows the connectors and the profile', async () => {
      const connectors = await world.source.listConnectors();
      expect(connectors.map(({ rawType, label }) => [rawType, label])).toEqual(
        expect.arrayContaining([
          ['S3', null],
          ['Salesforce', null],
          ['CustomConnector', 'Ledger'],
        ]),
      );
      expect(await world.source.listProfiles()).toEqual([
        expect.objectContaining({ name: 'crm', connectorType: 'Salesforce', rawConnectorType: 'Salesforce' }),
      ]);
    });

    it('describes a registered connector', async () => {
      const ledger = { connectorType: 'CustomConnector', connectorLabel: 'Ledger' };
      expect((await world.source.describeConnector(ledger)).supportedApiVersions).toEqual(['v1', 'v2']);
    });

    it('says NOT_FOUND for what does not exist', async () => {
      const { source } = world;
      const nobody = { connectorProfileName: 'nobody' };
      await expectCode('NOT_FOUND', source.listEntities(nobody));
      await expectCode('NOT_FOUND', source.listEntities({ ...crm, entitiesPath: 'Nothing' }));
      await expectCode('NOT_FOUND', source.describeEntity({ ...nobody, connectorEntityName: 'Account' }));
      await expectCode('NOT_FOUND', source.describeEntity({ ...crm, connectorEntityName: 'Nothing' }));
      await expectCode(
        'NOT_FOUND',
        source.describeConnector({ connectorType: 'CustomConnector', connectorLabel: 'Nobody' }),
      );
      await expectCode('NOT_FOUND', source.reset(nobody));
    });

    it('says how old an answer can be', async () => {
      const list = await world.source.listEntities(crm);
      const details = await world.source.describeEntity({ ...crm, connectorEntityName: 'Account' });
      for (const { freshness } of [list, details]) {
        expect(freshness.completeAsOf.getTime()).toBeLessThanOrEqual(freshness.fetchedAt.getTime());
        expect(freshness.fetchedAt.getTime()).toBeLessThanOrEqual(freshness.expiresAt.getTime());
      }
    });

    it('shows a new entity after a reset of names', async () => {
      await names();
      world.setEntities({ '': ['Account', 'Invoice'] });
      const receipt = await world.source.reset(crm);
      expect(receipt).toMatchObject({ scope: 'ENTITY_NAMES', upstreamCalls: 1 });
      expect(receipt.upstreamRequestId).toEqual(expect.any(String));
      expect(await names()).toEqual(['Account', 'Invoice']);
    });

    it('shows a new nested entity after a reset of its parent', async () => {
      await names('Sales');
      world.setEntities({ '': ['Sales'], Sales: ['Quote'] });
      await world.source.reset({ ...crm, entitiesPath: 'Sales' });
      expect(await names('Sales')).toEqual(['Quote']);
    });

    it('shows a new field after a reset of the details', async () => {
      await fields();
      world.setFields('Account', ['Id', 'Name', 'Created', 'VatNumber']);
      const receipt = await world.source.reset({ ...crm, connectorEntityName: 'Account' });
      expect(receipt.scope).toBe('ENTITY_DETAILS');
      expect(await fields()).toEqual(['Id', 'Name', 'Created', 'VatNumber']);
    });

    it('shows an entity that was missing a moment ago', async () => {
      const ref = { ...crm, connectorEntityName: 'Quote' };
      await expectCode('NOT_FOUND', world.source.describeEntity(ref));
      world.setEntities({ '': ['Account', 'Quote'] });
      world.setFields('Quote', ['Id']);
      await world.source.reset(ref);
      expect((await world.source.describeEntity(ref)).fields).toHaveLength(1);
    });

    async function names(entitiesPath?: string): Promise<string[]> {
      const { entities } = await world.source.listEntities({ ...crm, entitiesPath });
      return entities.map(entity => entity.name);
    }

    async function fields(): Promise<string[]> {
      const details = await world.source.describeEntity({ ...crm, connectorEntityName: 'Account' });
      return details.fields.map(field => field.identifier);
    }
  });
}

async function expectCode(code: MetadataErrorCode, reading: Promise<unknown>): Promise<void> {
  const outcome = await reading.then(
    () => 'an answer',
    error => (isMetadataError(error) ? error.code : error),
  );
  expect(outcome).toBe(code);
}
