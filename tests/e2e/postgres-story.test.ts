import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  DescribeEntityDocument,
  ResetDetailsDocument,
  ResetNamesDocument,
} from '../../src/explorer/generated/graphql.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { type GatewayClient, post, runGateway, writeCatalog } from '../support/run-gateway.ts';

describe('a real database behind local AppFlow', () => {
  let database: PostgresServer;
  beforeAll(async () => {
    database = await startPostgres();
  });
  afterAll(() => database.stop());

  it('shows an altered table after the reset of its details', async () => {
    const client = await aGateway();
    await database.query(
      'drop schema if exists crm cascade; create schema crm; create table crm.account (id integer primary key)',
    );
    const variables = { profile: 'postgres', apiVersion: 'v1', entity: 'crm.account' };
    const fields = async () => {
      const { connectorEntity } = await client.ask(DescribeEntityDocument, variables);
      return connectorEntity?.fields?.map(({ identifier, fieldType }) => [identifier, fieldType]);
    };
    expect(await fields()).toEqual([['id', 'Integer']]);

    await database.query('alter table crm.account add column vat_number text');
    expect(await fields()).toEqual([['id', 'Integer']]);

    const { resetConnectorMetadataCache: reset } = await client.ask(ResetDetailsDocument, variables);
    expect(reset?.entity?.fields).toMatchObject([
      { identifier: 'id' },
      { identifier: 'vat_number', fieldType: 'String' },
    ]);
    expect(await fields()).toHaveLength(2);
  });

  it('shows a new table after the reset of the names in its schema', async () => {
    const client = await aGateway();
    await database.query('drop schema if exists hr cascade; create schema hr; create table hr.person (id integer)');
    expect(await tablesOf(client, 'hr')).toEqual(['hr.person']);
    await database.query('create table hr.absence (id integer)');
    expect(await tablesOf(client, 'hr')).toEqual(['hr.person']);
    await client.ask(ResetNamesDocument, { profile: 'postgres', apiVersion: 'v1', entitiesPath: 'hr' });
    expect(await tablesOf(client, 'hr')).toEqual(['hr.absence', 'hr.person']);
  });

  async function aGateway(): Promise<GatewayClient> {
    return runGateway({
      LOCAL_APPFLOW_CATALOG: await writeCatalog('profiles: {}'),
      LOCAL_APPFLOW_POSTGRES_URL: database.url,
    });
  }
});

it('fails for itself alone when the database is away', async () => {
  const unreachable = 'postgresql://someone:hunter2@127.0.0.1:1/crm';
  const { gateway, lines } = await runGateway({
    LOCAL_APPFLOW_CATALOG: await writeCatalog('profiles: {}'),
    LOCAL_APPFLOW_POSTGRES_URL: unreachable,
  });
  const { data, errors } = await post<{ profile: { name: string; entities: null } }>(gateway.url, {
    query: '{ profile: connectorProfile(name: "postgres") { name entities(apiVersion: "v1") { totalCount } } }',
  });
  expect(data).toEqual({ profile: { name: 'postgres', entities: null } });
  expect(errors).toMatchObject([{ path: ['profile', 'entities'], extensions: { code: 'CONNECTOR_FAILED' } }]);
  expect(JSON.stringify({ errors, lines })).not.toContain('hunter2');
});

async function tablesOf({ gateway }: GatewayClient, schema: string): Promise<string[] | undefined> {
  const query = `{ list: connectorEntities(connectorProfileName: "postgres", apiVersion: "v1", entitiesPath: "${schema}") { nodes { name } } }`;
  const { data } = await post<{ list: { nodes: { name: string }[] } }>(gateway.url, { query });
  return data?.list.nodes.map(({ name }) => name);
}
