import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type UpstreamCallEvent, upstreamCallChannel } from '../../src/base/channels.ts';
import {
  CacheStatusDocument,
  DescribeEntityDocument,
  ListEntitiesDocument,
  ListNestedEntitiesDocument,
  ResetDetailsDocument,
  ResetNamesDocument,
} from '../../src/explorer/generated/graphql.ts';
import { type GatewayClient, post, runGateway, writeCatalog } from '../support/run-gateway.ts';

const catalog = `
profiles:
  my-salesforce:
    connector: Salesforce
    entities:
      Account:
        fields:
          Id: { type: id, primaryKey: true }
          Name: string
      Lead: { fields: { Id: id } }
  my-sap:
    connector: SAPOData
    entities:
      API_BUSINESS_PARTNER:
        entities:
          A_BusinessPartner: { fields: { BusinessPartner: Edm.String } }
`;

describe('a new field in the source application', () => {
  it('is not seen before the reset, and seen in the answer of the reset itself', async () => {
    const { client, change } = await aGateway();
    expect(await fieldsOf(client)).toEqual(['Id', 'Name']);

    await change('Name: string', 'Name: string\n          VatNumber: string');
    expect(await fieldsOf(client)).toEqual(['Id', 'Name']);

    const { resetConnectorMetadataCache: reset } = await client.ask(ResetDetailsDocument);
    expect(reset).toMatchObject({
      scope: 'ENTITY_DETAILS',
      // The fields, and the profiles, which any reset has read again.
      clearedEntries: 2,
      coherence: 'PROCESS',
      upstreamCalls: 1,
    });
    expect(reset?.entity?.fields?.map(field => field.identifier)).toEqual(['Id', 'Name', 'VatNumber']);
    expect(await fieldsOf(client)).toEqual(['Id', 'Name', 'VatNumber']);
  });

  it('is not seen after a reset of names alone, because AppFlow keeps details apart', async () => {
    const { client, change } = await aGateway();
    await fieldsOf(client);
    await change('Name: string', 'Name: string\n          VatNumber: string');
    await client.ask(ResetNamesDocument);
    expect(await fieldsOf(client)).toEqual(['Id', 'Name']);
  });
});

describe('a new entity in the source application', () => {
  it('is seen after a reset of names', async () => {
    const { client, change } = await aGateway();
    expect(await entitiesOf(client)).toEqual(['Account', 'Lead']);
    await change('Lead: {', 'Quote: {}\n      Lead: {');
    expect(await entitiesOf(client)).toEqual(['Account', 'Lead']);

    const { resetConnectorMetadataCache: reset } = await client.ask(ResetNamesDocument);
    expect(reset?.entities).toMatchObject({
      totalCount: 3,
      nodes: [{ name: 'Account' }, { name: 'Lead' }, { name: 'Quote' }],
    });
    expect(await entitiesOf(client)).toEqual(['Account', 'Lead', 'Quote']);
  });

  it('below another one is seen after a reset with its path', async () => {
    const { client, change } = await aGateway();
    const nested = async () =>
      (await client.ask(ListNestedEntitiesDocument)).connectorProfile?.entities?.nodes.map(({ name }) => name);
    expect(await nested()).toEqual(['A_BusinessPartner']);
    await change('A_BusinessPartner:', 'A_Supplier: {}\n          A_BusinessPartner:');
    await client.ask(ResetNamesDocument, { profile: 'my-sap', entitiesPath: 'API_BUSINESS_PARTNER' });
    expect(await nested()).toEqual(['A_BusinessPartner', 'A_Supplier']);
  });
});

describe('a walk through pages', () => {
  it('is told to start again when the list has changed meanwhile', async () => {
    const { client, change } = await aGateway();
    const { connectorEntities: first } = await client.ask(ListEntitiesDocument, { first: 1 });
    await change('Lead: {', 'Quote: {}\n      Lead: {');
    await client.ask(ResetNamesDocument);
    const next = await client.send(ListEntitiesDocument, { first: 1, after: first?.pageInfo.endCursor ?? '' });
    expect(next.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argumentPath: ['after'] } }]);
  });

  it('goes on when the list was read again and is the same', async () => {
    const { client } = await aGateway();
    const { connectorEntities: first } = await client.ask(ListEntitiesDocument, { first: 1 });
    await client.ask(ResetNamesDocument);
    const next = await client.ask(ListEntitiesDocument, { first: 1, after: first?.pageInfo.endCursor ?? '' });
    expect(next.connectorEntities?.nodes).toMatchObject([{ name: 'Lead' }]);
  });
});

describe('a catalogue that breaks', () => {
  it('leaves the last good one in place', async () => {
    const { client, path } = await aGateway();
    await writeFile(path, 'profiles: [nonsense');
    await logged(client, 'catalogue is broken');
    await client.ask(ResetNamesDocument);
    expect(await entitiesOf(client)).toEqual(['Account', 'Lead']);
  });
});

describe('a reset that cannot be', () => {
  it.each([
    ['{}', ['input', 'connectorProfileName']],
    ['{ connectorType: SALESFORCE }', ['input', 'connectorProfileName']],
    ['{ connectorProfileName: "p", connectorType: CUSTOM_CONNECTOR }', ['input', 'apiVersion']],
    ['{ connectorProfileName: "no spaces" }', ['input', 'connectorProfileName']],
    ['{ connectorProfileName: "p", connectorEntityName: "" }', ['input', 'connectorEntityName']],
    ['{ connectorProfileName: "p", entitiesPath: "$" }', ['input', 'entitiesPath']],
    ['{ connectorType: UNKNOWN }', ['input', 'connectorType']],
  ])('%s names the argument and costs AppFlow nothing', async (input, argumentPath) => {
    const { client } = await aGateway();
    const calls: UpstreamCallEvent[] = [];
    onTestFinished(upstreamCallChannel.subscribe(event => calls.push(event)));
    const { errors } = await post(client.gateway.url, {
      query: `mutation { resetConnectorMetadataCache(input: ${input}) { scope } }`,
    });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argumentPath } }]);
    expect(calls).toEqual([]);
  });

  it('because the profile does not exist clears nothing', async () => {
    const { client } = await aGateway();
    await fieldsOf(client);
    const { errors } = await client.send(ResetNamesDocument, { profile: 'nobody' });
    expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND', retryable: false } }]);
    const { connectorMetadataCache: status } = await client.ask(CacheStatusDocument);
    expect(status).toMatchObject({ clearedEntries: 0, resets: 0 });
  });
});

it('costs one call to AppFlow, however many ask at once', async () => {
  const { client } = await aGateway();
  await Promise.all(Array.from({ length: 200 }, () => client.ask(DescribeEntityDocument)));
  const { connectorMetadataCache: status } = await client.ask(CacheStatusDocument);
  expect(status?.misses).toBe(status.entries);
  expect(status?.hits).toBeGreaterThan(199);
});

async function aGateway() {
  const path = await writeCatalog(catalog);
  const client = await runGateway({ LOCAL_APPFLOW_CATALOG: path });
  const change = async (before: string, after: string) => {
    const text = await readFile(path, 'utf8');
    expect(text).toContain(before);
    await writeFile(path, text.replace(before, after));
    await logged(client, 'catalogue reloaded');
  };
  return { client, path, change };
}

async function logged(client: GatewayClient, what: string): Promise<void> {
  await vi.waitUntil(() => client.lines.some(line => line.includes(what)), { timeout: 5000, interval: 5 });
}

async function fieldsOf(client: GatewayClient): Promise<string[] | undefined> {
  const { connectorEntity } = await client.ask(DescribeEntityDocument);
  return connectorEntity?.fields?.map(field => field.identifier);
}

async function entitiesOf(client: GatewayClient): Promise<string[] | undefined> {
  const { connectorEntities } = await client.ask(ListEntitiesDocument);
  return connectorEntities?.nodes.map(({ name }) => name);
}
