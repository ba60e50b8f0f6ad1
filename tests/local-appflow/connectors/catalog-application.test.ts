import { describe, expect, it } from 'vitest';
import { parseCatalog } from '../../../src/local-appflow/connectors/parse-catalog.ts';
import { registerCatalog } from '../../../src/local-appflow/connectors/register-catalog.ts';
import {
  type SourceApplication,
  SourceApplicationError,
  UnknownEntityError,
} from '../../../src/local-appflow/connectors/source-application.ts';
import { noLambdas } from '../../support/no-lambdas.ts';

const top = { entitiesPath: undefined, apiVersion: undefined };

describe('the entities of a profile', () => {
  const application = applicationOf(`
    connector: SAPOData
    cacheControl: 1200
    entities:
      ORDERS:
        label: Sales orders
        cacheControl: 700
        entities:
          A_Order: { label: Order, fields: { Id: id key } }
          A_Item: { entities: { A_Note: { cacheControl: 900, fields: { Text: string } } } }
      FLAT: { group: Others, fields: { Id: id key } }
      EMPTY: { entities: {} }
  `);

  it('are listed by group, with whether anything is nested in them', async () => {
    expect(await application.listEntities(top)).toEqual({
      timeToLiveSeconds: 1200,
      groups: {
        Objects: [
          { name: 'ORDERS', label: 'Sales orders', hasNestedEntities: true },
          { name: 'EMPTY', label: 'EMPTY', hasNestedEntities: true },
        ],
        Others: [{ name: 'FLAT', label: 'FLAT', hasNestedEntities: false }],
      },
    });
  });

  it('are listed under a parent, at any depth', async () => {
    expect(await application.listEntities({ ...top, entitiesPath: 'ORDERS' })).toEqual({
      timeToLiveSeconds: 700,
      groups: {
        Objects: [
          { name: 'A_Order', label: 'Order', hasNestedEntities: false },
          { name: 'A_Item', label: 'A_Item', hasNestedEntities: true },
        ],
      },
    });
    const notes = await application.listEntities({ ...top, entitiesPath: 'A_Item' });
    expect(notes.groups['Objects']).toEqual([{ name: 'A_Note', label: 'A_Note', hasNestedEntities: false }]);
  });

  it('may be none', async () => {
    expect(await application.listEntities({ ...top, entitiesPath: 'EMPTY' })).toEqual({
      timeToLiveSeconds: 1200,
      groups: {},
    });
  });

  it('count an empty path as no path', async () => {
    expect(await application.listEntities({ ...top, entitiesPath: '' })).toEqual(await application.listEntities(top));
  });

  it('are described by name alone, at any depth', async () => {
    const { fields, timeToLiveSeconds } = await application.describeEntity({
      connectorEntityName: 'A_Note',
      apiVersion: undefined,
    });
    expect(fields.map(({ identifier }) => identifier)).toEqual(['Text']);
    expect(timeToLiveSeconds).toBe(900);
  });

  it('have no fields when they only hold others', async () => {
    const described = await application.describeEntity({ connectorEntityName: 'ORDERS', apiVersion: undefined });
    expect(described.fields).toEqual([]);
  });

  it.each(['NOTHING', 'FLAT', 'toString'])('has nothing under %s', async entitiesPath => {
    await expect(application.listEntities({ ...top, entitiesPath })).rejects.toThrow(UnknownEntityError);
  });

  it('cannot describe what does not exist', async () => {
    const unknown = application.describeEntity({ connectorEntityName: 'constructor', apiVersion: undefined });
    await expect(unknown).rejects.toThrow('Entity constructor does not exist.');
  });
});

describe('names that every JavaScript object inherits', () => {
  const inherited = ['constructor', 'toString', 'hasOwnProperty', 'valueOf'];
  const toMap = (write: (name: string) => string): string => `{ ${inherited.map(write).join(', ')} }`;

  it('are groups and entities like any other', async () => {
    const entities = toMap(name => `${name}: { group: ${name} }`);
    const application = applicationOf(`{ connector: Salesforce, entities: ${entities} }`);
    const { groups } = await application.listEntities(top);
    expect(Object.entries(groups)).toEqual(
      inherited.map(name => [name, [{ name, label: name, hasNestedEntities: false }]]),
    );
  });

  it('are fields like any other', async () => {
    const fields = toMap(name => `${name}: string`);
    const application = applicationOf(`{ connector: Salesforce, entities: { constructor: { fields: ${fields} } } }`);
    const described = await application.describeEntity({ connectorEntityName: 'constructor', apiVersion: undefined });
    expect(described.fields.map(({ identifier }) => identifier)).toEqual(inherited);
  });
});

describe('a custom connector with two API versions', () => {
  const custom =
    'customConnectors:\n  Fleet: { apiVersions: [v1, v2], cacheControl: 800, writeOperations: [INSERT] }\n';
  const application = applicationOf(
    'connector: Fleet\n    versions: { v1: { Car: { fields: { id: String } } }, v2: { Car: { fields: { id: Long } }, Van: } }',
    custom,
  );
  const namesIn = async (apiVersion: string | undefined): Promise<string[]> => {
    const { groups } = await application.listEntities({ ...top, apiVersion });
    return (groups['Objects'] ?? []).map(({ name }) => name);
  };

  it('answers by version, and with the newest one when none is asked for', async () => {
    expect(await namesIn('v1')).toEqual(['Car']);
    expect(await namesIn('v2')).toEqual(['Car', 'Van']);
    expect(await namesIn(undefined)).toEqual(['Car', 'Van']);
  });

  it('describes by version', async () => {
    const types = ['v1', 'v2'].map(async apiVersion => {
      const { fields } = await application.describeEntity({ connectorEntityName: 'Car', apiVersion });
      return fields.map(field => field.supportedFieldTypeDetails?.v1.fieldType);
    });
    expect(await Promise.all(types)).toEqual([['String'], ['Long']]);
  });

  it('refuses a version it does not have', async () => {
    await expect(namesIn('v3')).rejects.toThrow(new SourceApplicationError('API version v3 is not supported.'));
  });

  it('lends its cache time and its write operations to its profiles', async () => {
    const { timeToLiveSeconds, fields } = await application.describeEntity({
      connectorEntityName: 'Car',
      apiVersion: 'v1',
    });
    expect(timeToLiveSeconds).toBe(800);
    expect(fields[0]?.destinationProperties?.supportedWriteOperations).toEqual(['INSERT']);
  });

  it('answers alike for each of its versions when a profile does not tell them apart', async () => {
    const plain = applicationOf('connector: Fleet\n    entities: { Car: }', custom);
    const answers = ['v1', 'v2'].map(apiVersion => plain.listEntities({ ...top, apiVersion }));
    const [first, second] = await Promise.all(answers);
    expect(first).toEqual(second);
    await expect(plain.listEntities({ ...top, apiVersion: 'v3' })).rejects.toThrow(SourceApplicationError);
  });
});

function applicationOf(profile: string, head = ''): SourceApplication {
  const catalog = parseCatalog(`${head}profiles:\n  it:\n    ${profile.trim()}\n`);
  const [registered] = registerCatalog(catalog, { region: 'eu-west-1', accountId: '123456789012' }, noLambdas).profiles;
  if (!registered) throw new Error('The profile is not registered.');
  return registered.application;
}
