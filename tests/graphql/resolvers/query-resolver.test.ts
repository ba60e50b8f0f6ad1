import { beforeEach, describe, expect, it } from 'vitest';
import { MetadataError } from '../../../src/metadata/errors.ts';
import { aConnector, anEntity } from '../../support/builders.ts';
import type { FakeSource } from '../../support/fake-source.ts';
import { createSampleSource, createTestGateway, type TestGateway } from '../test-gateway.ts';

let source: FakeSource;
let gateway: TestGateway;

beforeEach(async () => {
  source = createSampleSource();
  gateway = await createTestGateway(source);
});

describe('connectors', () => {
  it('come with types of later AppFlow versions as UNKNOWN beside the raw string', async () => {
    const { data, errors } = await gateway.execute('{ connectors { nodes { type rawType label name } } }');
    expect(errors).toEqual([]);
    expect(data).toMatchObject({
      connectors: {
        nodes: [
          { type: 'SALESFORCE' },
          { type: 'SAP_ODATA', rawType: 'SAPOData' },
          { type: 'S3' },
          { type: 'CUSTOM_CONNECTOR', label: 'Warehouse' },
          { type: 'UNKNOWN', rawType: 'QuantumLedger' },
        ],
      },
    });
  });

  it.each([
    ['{ types: [S3, UNKNOWN] }', ['S3', 'QuantumLedger']],
    ['{ types: [] }', []],
    ['{ labels: ["Warehouse"] }', ['CustomConnector']],
    ['{ nameContains: "WARE" }', ['CustomConnector']],
    ['{ nameContains: "sap" }', ['SAPOData']],
    ['{ modes: ["DESTINATION"], types: [S3] }', ['S3']],
    ['{ nameContains: null }', ['Salesforce', 'SAPOData', 'S3', 'CustomConnector', 'QuantumLedger']],
  ])('are filtered by %s', async (filter, rawTypes) => {
    const { data } = await gateway.execute(`{ connectors(filter: ${filter}) { nodes { rawType } } }`);
    expect(data).toEqual({ connectors: { nodes: rawTypes.map(rawType => ({ rawType })) } });
  });

  it('are walked page by page', async () => {
    const page =
      'query ($after: String) { connectors(first: 2, after: $after) { nodes { rawType } pageInfo { endCursor } } }';
    const first = await gateway.execute(page);
    const { endCursor } = (first.data as { connectors: { pageInfo: { endCursor: string } } }).connectors.pageInfo;
    const second = await gateway.execute(page, { after: endCursor });
    expect(second.data).toMatchObject({ connectors: { nodes: [{ rawType: 'S3' }, { rawType: 'CustomConnector' }] } });
    const stranger = await gateway.execute(
      'query ($after: String) { connectorProfiles(after: $after) { nodes { id } } }',
      {
        after: endCursor,
      },
    );
    expect(stranger.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argumentPath: ['after'] } }]);
  });
});

describe('connector', () => {
  it('is found by its type, a custom one by type and label', async () => {
    const { data } = await gateway.execute(`{
      s3: connector(type: S3) { rawType }
      custom: connector(type: CUSTOM_CONNECTOR, label: "Warehouse") { name }
      onlyCustom: connector(type: CUSTOM_CONNECTOR) { name }
      otherLabel: connector(type: CUSTOM_CONNECTOR, label: "Elsewhere") { name }
      missing: connector(type: VEEVA) { name }
    }`);
    expect(data).toEqual({
      s3: { rawType: 'S3' },
      custom: { name: 'PostgreSQL warehouse' },
      onlyCustom: { name: 'PostgreSQL warehouse' },
      otherLabel: null,
      missing: null,
    });
  });

  it('has to be chosen by label among several custom ones', async () => {
    source.connectors = [...source.connectors, aConnector('CustomConnector', { label: 'Lake' })];
    const { errors } = await gateway.execute('{ connector(type: CUSTOM_CONNECTOR) { name } }');
    expect(errors).toMatchObject([
      {
        message: 'label is required, one of: Warehouse, Lake; got nothing',
        extensions: { code: 'BAD_USER_INPUT', argumentPath: ['label'] },
      },
    ]);
  });
});

describe('connectorProfiles', () => {
  it('tolerate unknown types and modes and never null the profile', async () => {
    const { data, errors } = await gateway.execute(
      '{ connectorProfile(name: "my-ledger") { connectorType rawConnectorType connectionMode rawConnectionMode createdAt } }',
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({
      connectorProfile: {
        connectorType: 'UNKNOWN',
        rawConnectorType: 'QuantumLedger',
        connectionMode: 'UNKNOWN',
        rawConnectionMode: 'Telepathic',
        createdAt: '2026-01-01T00:00:00.000Z',
      },
    });
  });

  it.each([
    ['{ connectorTypes: [SALESFORCE, SAP_ODATA] }', ['my-salesforce', 'my-sap']],
    ['{ connectorLabels: ["Warehouse"] }', ['my-warehouse']],
    ['{ nameContains: "SAP" }', ['my-sap']],
  ])('are filtered by %s', async (filter, names) => {
    const { data } = await gateway.execute(`{ connectorProfiles(filter: ${filter}) { nodes { name } } }`);
    expect(data).toEqual({ connectorProfiles: { nodes: names.map(name => ({ name })) } });
  });

  it('that do not exist are null, not an error', async () => {
    const answer = await gateway.execute('{ connectorProfile(name: "nobody") { name } }');
    expect(answer).toEqual({ data: { connectorProfile: null }, errors: [] });
  });
});

describe('connectorEntities', () => {
  it('cost one call for a page of names, whatever else the list says', async () => {
    source.entities.set(
      'my-salesforce',
      Array.from({ length: 200 }, (_, index) => anEntity(`Object${index}`)),
    );
    const { data, errors } = await gateway.execute(`{
      connectorEntities(connectorProfileName: "my-salesforce", first: 50) {
        totalCount
        freshness { fetchedAt expiresAt completeAsOf }
        edges { cursor node { id name } }
        nodes { id name label group hasNestedEntities entitiesPath apiVersion entities { totalCount } }
        pageInfo { hasNextPage endCursor }
      }
    }`);
    expect(errors).toEqual([]);
    expect(data).toMatchObject({ connectorEntities: { totalCount: 200, pageInfo: { hasNextPage: true } } });
    expect(source.calls).toHaveLength(1);
  });

  it.each([
    ['{ nameContains: "acc" }', ['Account']],
    ['{ nameContains: "DEAL" }', ['Opportunity']],
    ['{ group: "Sales" }', ['Opportunity']],
    ['{ hasNestedEntities: true }', []],
    ['{ hasNestedEntities: false, group: "Objects" }', ['Account', 'Contact']],
    ['{}', ['Account', 'Contact', 'Opportunity']],
  ])('are filtered by %s, total included', async (filter, names) => {
    const { data } = await gateway.execute(
      `{ connectorEntities(connectorProfileName: "my-salesforce", filter: ${filter}) { totalCount nodes { name } } }`,
    );
    expect(data).toEqual({ connectorEntities: { totalCount: names.length, nodes: names.map(name => ({ name })) } });
  });

  it('tell a client to start again when the list changed between two pages', async () => {
    const page = `query ($after: String) {
      connectorEntities(connectorProfileName: "my-salesforce", first: 1, after: $after) { nodes { name } pageInfo { endCursor } }
    }`;
    const first = await gateway.execute(page);
    const after = (first.data as { connectorEntities: { pageInfo: { endCursor: string } } }).connectorEntities.pageInfo
      .endCursor;
    const same = await gateway.execute(page, { after });
    expect(same.data).toMatchObject({ connectorEntities: { nodes: [{ name: 'Contact' }] } });

    source.entities.set('my-salesforce', [anEntity('Account'), anEntity('Brand'), anEntity('Contact')]);
    const { errors } = await gateway.execute(page, { after });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argumentPath: ['after'] } }]);
    expect(errors[0]?.message).toContain('start again from the first page');
  });

  it('are the same list with the type of the profile and without it: one cache key, one walk', async () => {
    const page = (args: string) => `{ connectorEntities(connectorProfileName: "my-salesforce", first: 1${args}) {
      nodes { id name } pageInfo { endCursor }
    } }`;
    const first = await gateway.execute(page(', connectorType: SALESFORCE'));
    expect(first.data).toEqual((await gateway.execute(page(''))).data);
    const { endCursor } = (first.data as { connectorEntities: { pageInfo: { endCursor: string } } }).connectorEntities
      .pageInfo;
    const second = await gateway.execute(page(`, after: "${endCursor}"`));
    expect(second.data).toMatchObject({ connectorEntities: { nodes: [{ name: 'Contact' }] } });
    expect(new Set(source.calls)).toEqual(new Set(['["profiles"]', '["entities","my-salesforce",null,null,null]']));
  });

  it.each(['connectorEntities(', 'connectorEntity(name: "Account", '])(
    'of a profile with the type of another are refused: %s...',
    async start => {
      const { errors } = await gateway.execute(
        `{ ${start}connectorProfileName: "my-salesforce", connectorType: SAP_ODATA) { __typename } }`,
      );
      expect(errors).toMatchObject([
        {
          message: 'connectorType must be Salesforce, the type of the profile my-salesforce, got SAPOData',
          extensions: { code: 'BAD_USER_INPUT', argumentPath: ['connectorType'] },
        },
      ]);
      expect(source.calls).toEqual(['["profiles"]']);
    },
  );

  it('of a profile that is not listed are left to AppFlow, type and all', async () => {
    const { errors } = await gateway.execute(
      '{ connectorEntities(connectorProfileName: "nobody", connectorType: SALESFORCE) { totalCount } }',
    );
    expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
    expect(source.calls).toEqual(['["profiles"]', '["entities","nobody","Salesforce",null,null]']);
  });

  it.each([
    ['connectorProfileName: "my-salesforce", first: 0', ['first']],
    ['connectorProfileName: "my-salesforce", first: 1001', ['first']],
    ['connectorProfileName: "white space"', ['connectorProfileName']],
    ['connectorProfileName: "my-salesforce", entitiesPath: "50%"', ['entitiesPath']],
    ['connectorProfileName: "my-salesforce", connectorType: UNKNOWN', ['connectorType']],
    ['connectorType: SALESFORCE', ['connectorProfileName']],
  ])('refuse (%s) with the path of the argument, at no cost', async (args, argumentPath) => {
    const { errors } = await gateway.execute(`{ connectorEntities(${args}) { totalCount } }`);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argumentPath } }]);
    expect(source.calls).toEqual([]);
  });

  it('fail one by one: a profile in trouble does not hide another', async () => {
    source.failNext(
      'my-sap',
      new MetadataError('CONNECTOR_AUTHENTICATION_FAILED', 'SAP says no.', { upstreamRequestId: 'aws-1' }),
    );
    const { data, errors } = await gateway.execute(`{
      sap: connectorEntities(connectorProfileName: "my-sap") { totalCount }
      salesforce: connectorEntities(connectorProfileName: "my-salesforce") { totalCount }
      nobody: connectorEntities(connectorProfileName: "nobody") { totalCount }
    }`);
    expect(data).toEqual({ sap: null, salesforce: { totalCount: 3 }, nobody: null });
    expect(errors).toMatchObject([
      {
        path: ['sap'],
        message: 'SAP says no.',
        extensions: { code: 'CONNECTOR_AUTHENTICATION_FAILED', retryable: false, upstreamRequestId: 'aws-1' },
      },
      { path: ['nobody'], extensions: { code: 'NOT_FOUND' } },
    ]);
  });
});

describe('connectorEntity', () => {
  it('is null when the application does not have it, or the profile does not exist', async () => {
    const answer = await gateway.execute(`{
      entity: connectorEntity(connectorProfileName: "my-salesforce", name: "Nothing") { name }
      profile: connectorEntity(connectorProfileName: "nobody", name: "Account") { name }
    }`);
    expect(answer).toEqual({ data: { entity: null, profile: null }, errors: [] });
  });

  it('keeps an argument that was left out apart from an empty one, and takes null for left out', async () => {
    await gateway.execute(`{
      empty: connectorEntities(connectorProfileName: "my-sap", entitiesPath: "") { totalCount }
      out: connectorEntities(connectorProfileName: "my-sap", entitiesPath: null, apiVersion: null, first: null) { totalCount }
    }`);
    expect(source.calls).toEqual(['["entities","my-sap",null,null,""]', '["entities","my-sap",null,null,null]']);
  });
});

describe('connectorMetadataCache', () => {
  it('shows counters beyond the range of Int', async () => {
    const { data, errors } = await gateway.execute('{ connectorMetadataCache { entries hits bytes coherence } }');
    expect(errors).toEqual([]);
    expect(data).toEqual({
      connectorMetadataCache: { entries: 3, hits: 6_000_000_000, bytes: 4_000_000_000, coherence: 'PROCESS' },
    });
  });
});
