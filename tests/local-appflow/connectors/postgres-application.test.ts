import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPostgresApplication } from '../../../src/local-appflow/connectors/postgres-application.ts';
import {
  type SourceApplication,
  UnknownEntityError,
} from '../../../src/local-appflow/connectors/source-application.ts';
import type { ConnectorEntity, ConnectorEntityField } from '../../../src/local-appflow/wire.ts';
import { createLogLines } from '../../support/log-lines.ts';
import { type PostgresServer, startPostgres } from '../../support/postgres-server.ts';

const asked = { apiVersion: 'v1' };

describe('a PostgreSQL database', () => {
  let server: PostgresServer;
  let application: SourceApplication;
  const { log, lines } = createLogLines();

  beforeAll(async () => {
    server = await startPostgres();
    await server.query(shop);
    application = createPostgresApplication({ url: server.url, log });
  });

  afterAll(async () => {
    await application?.close();
    await server?.stop();
  });

  const list = async (entitiesPath?: string): Promise<readonly ConnectorEntity[]> =>
    (await application.listEntities({ ...asked, entitiesPath })).groups['Objects'] ?? [];
  const describeTable = async (connectorEntityName: string): Promise<readonly ConnectorEntityField[]> =>
    (await application.describeEntity({ ...asked, connectorEntityName })).fields;

  describe('its schemas', () => {
    it('are the top-level entities, without those of the system', async () => {
      expect(await list()).toEqual([
        { name: 'empty', label: 'empty', hasNestedEntities: true },
        { name: 'public', label: 'standard public schema', hasNestedEntities: true },
        { name: 'shop', label: 'The shop', hasNestedEntities: true },
      ]);
    });

    it('have no fields', async () => {
      expect(await describeTable('shop')).toEqual([]);
    });

    it.each(['a schema', 'dotted.schema'])('are left out, with a word in the log, when named like %j', async schema => {
      await list();
      expect(lines.filter(line => line['schema'] === schema)).toHaveLength(1);
    });
  });

  describe('its tables', () => {
    it('are nested in their schema: tables, views, partitioned tables without their partitions', async () => {
      expect(await list('shop')).toEqual([
        { name: 'shop.Customer', label: 'Customer', hasNestedEntities: false },
        { name: 'shop.daily', label: 'daily', hasNestedEntities: false },
        { name: 'shop.lines', label: 'lines', hasNestedEntities: false },
        { name: 'shop.log', label: 'log', hasNestedEntities: false },
        { name: 'shop.nothing', label: 'nothing', hasNestedEntities: false },
        { name: 'shop.orders', label: 'Orders, of customers', hasNestedEntities: false },
        { name: 'shop.paid', label: 'paid', hasNestedEntities: false },
        { name: 'shop.sums', label: 'sums', hasNestedEntities: false },
      ]);
      expect(lines.filter(line => line['table'] === 'shop.order items')).toHaveLength(1);
    });

    it('may be none', async () => {
      expect(await list('empty')).toEqual([]);
    });

    it('may have no columns', async () => {
      expect(await describeTable('shop.nothing')).toEqual([]);
    });

    it.each([
      'nowhere',
      'pg_catalog',
      'information_schema',
      'shop.orders',
      "'; DROP SCHEMA shop CASCADE; --",
      'shop\0',
    ])('are not found under %j', async path => {
      await expect(list(path)).rejects.toThrow(UnknownEntityError);
    });

    it.each([
      'nowhere',
      'nowhere.orders',
      'shop.nowhere',
      'pg_catalog.pg_class',
      'shop.log_2026',
      'shop.customer',
      '.',
      'shop.',
      'shop\0',
      'shop.orders\0',
    ])('are not found by the name %j', async name => {
      await expect(describeTable(name)).rejects.toThrow(`Entity ${name} does not exist.`);
    });
  });

  it('is always answered as of now', async () => {
    const names = async (): Promise<string[]> =>
      (await describeTable('shop.Customer')).map(({ identifier }) => identifier);
    expect(await names()).toEqual(['id']);
    await server.query(
      `ALTER TABLE shop."Customer" ADD COLUMN tier text; ALTER TABLE shop."Customer" ADD COLUMN gone int`,
    );
    expect(await names()).toEqual(['id', 'tier', 'gone']);
    await server.query(`ALTER TABLE shop."Customer" DROP COLUMN gone`);
    expect(await names()).toEqual(['id', 'tier']);
  });
});

describe('a database that is away', () => {
  const { log } = createLogLines();

  it('is an error until it comes back', { timeout: 60_000 }, async () => {
    const server = await startPostgres();
    const application = createPostgresApplication({ url: server.url, log });
    const list = () => application.listEntities({ ...asked, entitiesPath: undefined });
    await list();

    await server.stop();
    await expect(list()).rejects.toMatchObject({
      name: 'SourceApplicationError',
      message: 'PostgreSQL is not reachable (ECONNREFUSED).',
      refusedCredentials: false,
    });

    const restarted = await startPostgres({ port: server.port });
    await expect(list()).resolves.toHaveProperty('groups.Objects');
    await application.close();
    await restarted.stop();
  });
});

const shop = `
CREATE SCHEMA shop; COMMENT ON SCHEMA shop IS 'The shop';
CREATE SCHEMA empty; CREATE SCHEMA "a schema"; CREATE SCHEMA "dotted.schema";
CREATE TABLE shop.orders (id bigint PRIMARY KEY, total numeric, status text, day date);
COMMENT ON TABLE shop.orders IS 'Orders, of customers';
CREATE TABLE shop.lines (order_id bigint, line integer);
CREATE TABLE shop."Customer" (id integer);
CREATE TABLE shop."order items" (id integer);
CREATE TABLE shop.nothing ();
CREATE TABLE shop.log (at date) PARTITION BY RANGE (at);
CREATE TABLE shop.log_2026 PARTITION OF shop.log FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE VIEW shop.paid AS SELECT id, total FROM shop.orders WHERE status = 'paid';
CREATE VIEW shop.sums AS SELECT status, sum(total) AS total FROM shop.orders GROUP BY status;
CREATE MATERIALIZED VIEW shop.daily AS SELECT day, count(*) AS orders FROM shop.orders GROUP BY day;
`;
