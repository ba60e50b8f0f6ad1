import { beforeEach, describe, expect, it } from 'vitest';
import { MetadataError } from '../../../src/metadata/errors.ts';
import type { EntityDetails, EntityList } from '../../../src/metadata/model.ts';
import { type EntityDetailsRef, type EntityListRef, keyOf, type ResetRequest } from '../../../src/metadata/refs.ts';
import type { ResetReceipt } from '../../../src/metadata/source.ts';
import { aField, anEntity } from '../../support/builders.ts';
import { FakeSource } from '../../support/fake-source.ts';
import { createSampleSource, createTestGateway, type TestGateway } from '../test-gateway.ts';

let source: FakeSource;
let gateway: TestGateway;

beforeEach(async () => {
  source = createSampleSource();
  gateway = await createTestGateway(source);
});

const reset = (input: string, selection = 'scope') =>
  `mutation { resetConnectorMetadataCache(input: ${input}) { ${selection} } }`;

describe('resetting names', () => {
  it('hands AppFlow the input as it is, and reads the list that was reset as queries do', async () => {
    const { data, errors } = await gateway.execute(
      reset(
        '{ connectorProfileName: "my-sap", connectorType: SAP_ODATA, entitiesPath: "API_PRODUCT" }',
        `scope clearedEntries coherence upstreamCalls upstreamRequestId
         profile { name } entity { name } entities { nodes { name entitiesPath } }`,
      ),
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({
      resetConnectorMetadataCache: {
        scope: 'ENTITY_NAMES',
        clearedEntries: 0,
        coherence: 'PROCESS',
        upstreamCalls: 1,
        upstreamRequestId: 'fake-request-id',
        profile: { name: 'my-sap' },
        entity: null,
        entities: { nodes: [{ name: 'A_Product', entitiesPath: 'API_PRODUCT' }] },
      },
    });
    expect(source.calls).toContain(
      'reset {"connectorProfileName":"my-sap","connectorType":"SAPOData","entitiesPath":"API_PRODUCT"}',
    );
    expect(source.calls).toContain('["entities","my-sap",null,null,"API_PRODUCT"]');
  });

  it('costs one call when nothing is read afterwards', async () => {
    await gateway.execute(reset('{ connectorProfileName: "my-salesforce" }', 'scope clearedEntries coherence'));
    expect(source.calls).toHaveLength(1);
  });
});

describe('resetting details', () => {
  it('describes the entity again, and lists nothing', async () => {
    const { data } = await gateway.execute(
      reset(
        '{ connectorProfileName: "my-salesforce", connectorEntityName: "Account" }',
        'scope entities { totalCount } entity { name fields { identifier } }',
      ),
    );
    expect(data).toMatchObject({
      resetConnectorMetadataCache: { scope: 'ENTITY_DETAILS', entities: null, entity: { name: 'Account' } },
    });
    expect(source.calls.filter(call => call.startsWith('["entities"'))).toEqual([]);
  });

  it('answers the entity under the id that the same coordinates have in a query', async () => {
    const { data } = await gateway.execute(
      reset(
        '{ connectorProfileName: "my-sap", connectorType: SAP_ODATA, entitiesPath: "API_PRODUCT", connectorEntityName: "A_Product" }',
        'entity { id label }',
      ),
    );
    const query = await gateway.execute(
      '{ connectorEntity(connectorProfileName: "my-sap", entitiesPath: "API_PRODUCT", name: "A_Product") { id label } }',
    );
    expect(data).toEqual({ resetConnectorMetadataCache: { entity: query.data?.['connectorEntity'] } });
  });

  it('answers null for an entity that the application no longer has', async () => {
    const { data, errors } = await gateway.execute(
      reset('{ connectorProfileName: "my-salesforce", connectorEntityName: "Gone" }', 'scope entity { name }'),
    );
    expect({ data, errors }).toEqual({
      data: { resetConnectorMetadataCache: { scope: 'ENTITY_DETAILS', entity: null } },
      errors: [],
    });
  });
});

describe('input that AppFlow would have to refuse', () => {
  it.each([
    ['{}', ['input', 'connectorProfileName']],
    ['{ connectorType: SALESFORCE }', ['input', 'connectorProfileName']],
    ['{ connectorProfileName: "my warehouse" }', ['input', 'connectorProfileName']],
    ['{ connectorProfileName: "x", connectorType: UNKNOWN }', ['input', 'connectorType']],
    ['{ connectorProfileName: "x", connectorType: CUSTOM_CONNECTOR }', ['input', 'apiVersion']],
    ['{ connectorProfileName: "x", connectorEntityName: "" }', ['input', 'connectorEntityName']],
  ])('%s is refused with the path of the argument, at no cost', async (input, argumentPath) => {
    const { data, errors } = await gateway.execute(reset(input));
    expect(data).toEqual({ resetConnectorMetadataCache: null });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argumentPath, retryable: false } }]);
    expect(errors[0]?.message).toMatch(new RegExp(`^${argumentPath.join('\\.')} `));
    expect(source.calls).toEqual([]);
  });

  it('connectors without a profile need their type alone', async () => {
    const { errors } = await gateway.execute(reset('{ connectorType: S3, connectorProfileName: null }'));
    expect(errors).toEqual([]);
  });
});

describe('several resets in one operation', () => {
  it('run in order, and each says whether it was done', async () => {
    source.failNext('my-sap', new MetadataError('UPSTREAM_RESET_UNCERTAIN', 'The answer was lost.'));
    const { data, errors } = await gateway.execute(`mutation {
      sap: resetConnectorMetadataCache(input: { connectorProfileName: "my-sap" }) { scope }
      salesforce: resetConnectorMetadataCache(input: { connectorProfileName: "my-salesforce" }) { scope }
    }`);
    expect(data).toEqual({ sap: null, salesforce: { scope: 'ENTITY_NAMES' } });
    expect(errors).toMatchObject([
      { path: ['sap'], extensions: { code: 'UPSTREAM_RESET_UNCERTAIN', retryable: true } },
    ]);
  });
});

describe('what is read below a reset', () => {
  it('is fresh, even when the same request read the same before', async () => {
    const kept = new KeepingSource();
    kept.entities.set('my-salesforce', [anEntity('Account')]);
    gateway = await createTestGateway(kept);
    const read = 'connectorEntities(connectorProfileName: "my-salesforce") { nodes { name fields { identifier } } }';
    await gateway.execute(`{ ${read} }`);

    kept.entities.set('my-salesforce', [anEntity('Account', { fields: [aField('Renamed')] }), anEntity('New')]);
    const stale = await gateway.execute(`{ ${read} }`);
    expect(stale.data).toMatchObject({ connectorEntities: { nodes: [{ fields: [{ identifier: 'Id' }] }] } });

    const { data } = await gateway.execute(`mutation {
      details: resetConnectorMetadataCache(input: { connectorProfileName: "my-salesforce", connectorEntityName: "Account" }) {
        entity { fields { identifier } }
      }
      names: resetConnectorMetadataCache(input: { connectorProfileName: "my-salesforce" }) {
        entities { nodes { name } }
      }
    }`);
    expect(data).toEqual({
      details: { entity: { fields: [{ identifier: 'Renamed' }] } },
      names: { entities: { nodes: [{ name: 'Account' }, { name: 'New' }] } },
    });
  });
});

/** A source with the simplest of caches: everything is kept until any reset. */
class KeepingSource extends FakeSource {
  readonly #kept = new Map<string, Promise<unknown>>();

  override listEntities(ref: EntityListRef): Promise<EntityList> {
    return this.#keep(keyOf({ kind: 'entities', ...ref }), () => super.listEntities(ref));
  }

  override describeEntity(ref: EntityDetailsRef): Promise<EntityDetails> {
    return this.#keep(keyOf({ kind: 'entity', ...ref }), () => super.describeEntity(ref));
  }

  override async reset(request: ResetRequest): Promise<ResetReceipt> {
    const receipt = await super.reset(request);
    this.#kept.clear();
    return receipt;
  }

  #keep<T>(key: string, read: () => Promise<T>): Promise<T> {
    const kept = this.#kept.get(key) ?? read();
    this.#kept.set(key, kept);
    return kept as Promise<T>;
  }
}
