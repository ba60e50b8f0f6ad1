import { beforeEach, describe, expect, it } from 'vitest';
import { MetadataError } from '../../../src/metadata/errors.ts';
import type { FakeSource } from '../../support/fake-source.ts';
import { createSampleSource, createTestGateway, type TestGateway } from '../test-gateway.ts';

let source: FakeSource;
let gateway: TestGateway;

beforeEach(async () => {
  source = createSampleSource();
  gateway = await createTestGateway(source);
});

const account = (selection: string) =>
  `{ connectorEntity(connectorProfileName: "my-salesforce", name: "Account") { ${selection} } }`;

describe('an entity reached by name', () => {
  it('reads its list only for what the list alone knows', async () => {
    await gateway.execute(account('id name entitiesPath apiVersion'));
    expect(source.calls).toEqual(['["entity","my-salesforce",null,null,"Account"]']);

    const { data } = await gateway.execute(account('label group hasNestedEntities'));
    expect(data).toEqual({ connectorEntity: { label: 'Account', group: 'Objects', hasNestedEntities: false } });
  });

  it('knows nothing of a list that does not have it, and still has fields', async () => {
    const entity = (path: string) => `connectorEntity(connectorProfileName: "my-sap", ${path} name: "A_Product") {
      label entitiesPath hasNestedEntities fields { identifier }
    }`;
    const { data, errors } = await gateway.execute(
      `{ without: ${entity('')} with: ${entity('entitiesPath: "API_PRODUCT",')} }`,
    );
    expect(errors).toEqual([]);
    const fields = [{ identifier: 'Id' }];
    expect(data).toEqual({
      without: { label: null, entitiesPath: null, hasNestedEntities: null, fields },
      with: { label: 'A_Product', entitiesPath: 'API_PRODUCT', hasNestedEntities: false, fields },
    });
  });

  it('carries its profile, and the type of that profile', async () => {
    const { data } = await gateway.execute(account('connectorType profile { name arn }'));
    expect(data).toMatchObject({
      connectorEntity: { connectorType: 'SALESFORCE', profile: { name: 'my-salesforce' } },
    });
  });

  it('has the same id and asks AppFlow the same whichever way it was reached', async () => {
    const { data } = await gateway.execute(`{
      byName: connectorEntity(connectorProfileName: "my-salesforce", name: "Account") { id }
      ofProfile: connectorProfile(name: "my-salesforce") { entity(name: "Account") { id } }
      listed: connectorEntities(connectorProfileName: "my-salesforce", first: 1) { nodes { id } }
    }`);
    const { byName, ofProfile, listed } = data as Record<string, { id?: string }>;
    const id = byName?.id;
    expect({ ofProfile, listed }).toEqual({ ofProfile: { entity: { id } }, listed: { nodes: [{ id }] } });
    expect(new Set(source.calls.filter(call => call.startsWith('["entity"'))).size).toBe(1);
  });

  it('has the id of the list of its parent when it is asked for with that parent, another one without', async () => {
    const { data } = await gateway.execute(`{
      listed: connectorEntities(connectorProfileName: "my-sap", entitiesPath: "API_PRODUCT") { nodes { id } }
      with: connectorEntity(connectorProfileName: "my-sap", entitiesPath: "API_PRODUCT", name: "A_Product") { id }
      without: connectorEntity(connectorProfileName: "my-sap", name: "A_Product") { id }
    }`);
    const { listed, with: asked, without } = data as Record<string, { id?: string; nodes?: object[] }>;
    expect(listed?.nodes).toEqual([asked]);
    expect(without).not.toEqual(asked);
  });
});

describe('fields', () => {
  it.each([
    ['{ identifierContains: "FAX" }', ['Fax']],
    ['{ identifierContains: "account" }', ['Name']],
    ['{ fieldTypes: ["ID", "phone"] }', ['Id', 'Fax']],
    ['{ isPrimaryKey: true }', ['Id']],
    ['{ isDeprecated: false }', ['Id', 'Name']],
    ['{ isRetrievable: true, isCreatable: false }', ['Id', 'Name', 'Fax']],
    ['{ isCreatable: true }', []],
    ['null', ['Id', 'Name', 'Fax']],
  ])('are filtered by %s', async (filter, identifiers) => {
    const { data } = await gateway.execute(account(`fields(filter: ${filter}) { identifier }`));
    expect(data).toEqual({ connectorEntity: { fields: identifiers.map(identifier => ({ identifier })) } });
  });

  it('that cannot be read are null with an error of their own; the other entities of the page resolve', async () => {
    source.failNext('"Contact"', new MetadataError('CONNECTOR_FAILED', 'Salesforce is down.'));
    const { data, errors } = await gateway.execute(
      '{ connectorEntities(connectorProfileName: "my-salesforce") { nodes { name fields { identifier } } } }',
    );
    expect(data).toMatchObject({
      connectorEntities: {
        nodes: [
          { name: 'Account', fields: [{}, {}, {}] },
          { name: 'Contact', fields: null },
          { name: 'Opportunity', fields: [{}] },
        ],
      },
    });
    expect(errors).toMatchObject([
      { path: ['connectorEntities', 'nodes', 1, 'fields'], extensions: { code: 'CONNECTOR_FAILED', retryable: true } },
    ]);
  });

  it('have a fingerprint that is equal for equal fields and another when one changed', async () => {
    const { data } = await gateway.execute(`{
      contact: connectorEntity(connectorProfileName: "my-salesforce", name: "Contact") { fingerprint freshness { fetchedAt } }
      product: connectorEntity(connectorProfileName: "my-sap", name: "A_Product") { fingerprint }
      account: connectorEntity(connectorProfileName: "my-salesforce", name: "Account") { fingerprint }
    }`);
    const { contact, product, account } = data as Record<string, { fingerprint: string }>;
    expect(contact).toEqual({ ...product, freshness: { fetchedAt: '2026-05-01T00:00:00.000Z' } });
    expect(account?.fingerprint).not.toBe(contact?.fingerprint);
  });
});

describe('children', () => {
  it('are listed under the name of their parent', async () => {
    const { data, errors } = await gateway.execute(`{
      connectorEntities(connectorProfileName: "my-sap", first: 10) {
        nodes { name entities(first: 10) { totalCount nodes { name entitiesPath entities { totalCount } } } }
      }
    }`);
    expect(errors).toEqual([]);
    const leaf = (name: string, entitiesPath: string) => ({ name, entitiesPath, entities: null });
    expect(data).toEqual({
      connectorEntities: {
        nodes: [
          {
            name: 'API_BUSINESS_PARTNER',
            entities: {
              totalCount: 2,
              nodes: [leaf('A_BusinessPartner', 'API_BUSINESS_PARTNER'), leaf('A_Address', 'API_BUSINESS_PARTNER')],
            },
          },
          { name: 'API_PRODUCT', entities: { totalCount: 1, nodes: [leaf('A_Product', 'API_PRODUCT')] } },
        ],
      },
    });
  });

  const product =
    '{ connectorEntity(connectorProfileName: "my-sap", name: "A_Product") { name entities { totalCount } } }';
  const childrenOfProduct = '["entities","my-sap",null,null,"A_Product"]';

  it('are null where no list tells of the entity and AppFlow knows no such parent', async () => {
    source.failNext(childrenOfProduct, new MetadataError('NOT_FOUND', 'A_Product has no children.'));
    const answer = await gateway.execute(product);
    expect(answer).toEqual({ data: { connectorEntity: { name: 'A_Product', entities: null } }, errors: [] });
  });

  it('that cannot be listed now are an error, not none', async () => {
    source.failNext(childrenOfProduct, new MetadataError('UPSTREAM_TIMEOUT', 'AppFlow took too long.'));
    const { data, errors } = await gateway.execute(product);
    expect(data).toEqual({ connectorEntity: { name: 'A_Product', entities: null } });
    expect(errors).toMatchObject([{ path: ['connectorEntity', 'entities'], extensions: { code: 'UPSTREAM_TIMEOUT' } }]);
  });

  it('that the list promises and AppFlow does not have are an error', async () => {
    source.failNext('"API_PRODUCT"', new MetadataError('NOT_FOUND', 'There is no API_PRODUCT.'));
    const { errors } = await gateway.execute(
      '{ connectorEntities(connectorProfileName: "my-sap") { nodes { entities { totalCount } } } }',
    );
    expect(errors).toMatchObject([
      { path: ['connectorEntities', 'nodes', 1, 'entities'], extensions: { code: 'NOT_FOUND' } },
    ]);
  });

  it('cost nothing where the list says that there are none', async () => {
    await gateway.execute(
      '{ connectorEntities(connectorProfileName: "my-salesforce") { nodes { entities { totalCount } } } }',
    );
    expect(source.calls).toHaveLength(1);
  });
});
