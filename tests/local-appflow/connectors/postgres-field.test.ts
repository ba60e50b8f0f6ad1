import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPostgresApplication } from '../../../src/local-appflow/connectors/postgres-application.ts';
import type {
  SourceApplication,
  SourceEntityDetails,
} from '../../../src/local-appflow/connectors/source-application.ts';
import type { ConnectorEntityField } from '../../../src/local-appflow/wire.ts';
import { createLogLines } from '../../support/log-lines.ts';
import { type PostgresServer, startPostgres } from '../../support/postgres-server.ts';

describe('the columns of a PostgreSQL table', () => {
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

  // Nothing changes here, and PostgreSQL in WebAssembly takes its time: each table is described once.
  const described = new Map<string, Promise<SourceEntityDetails>>();
  const describeTable = async (connectorEntityName: string): Promise<readonly ConnectorEntityField[]> => {
    const details =
      described.get(connectorEntityName) ?? application.describeEntity({ connectorEntityName, apiVersion: 'v1' });
    described.set(connectorEntityName, details);
    return (await details).fields;
  };
  const column = async (table: string, name: string): Promise<ConnectorEntityField | undefined> =>
    (await describeTable(table)).find(({ identifier }) => identifier === name);

  it.each([
    ['id', 'Long', 'bigint'],
    ['small', 'Short', 'smallint'],
    ['no', 'Integer', 'integer'],
    ['total', 'BigDecimal', 'numeric(10,2)'],
    ['ratio', 'Float', 'real'],
    ['exact', 'Double', 'double_precision'],
    ['is_open', 'Boolean', 'boolean'],
    ['day', 'Date', 'date'],
    ['placed_at', 'DateTime', 'timestamp_with_time_zone'],
    ['at_noon', 'String', 'time_without_time_zone'],
    ['photo', 'ByteArray', 'bytea'],
    ['extra', 'Map', 'jsonb'],
    ['tags', 'List', 'text[]'],
    ['moods', 'List', 'shop.mood[]'],
    ['address', 'Struct', 'shop.address'],
    ['token', 'String', 'uuid'],
    ['code', 'String', 'shop.short_code'],
    ['status', 'String', 'shop.status'],
    ['period', 'String', 'int4range'],
  ])('%s is a %s', async (name, fieldType, postgresType) => {
    const field = await column('shop.orders', name);
    expect(field?.supportedFieldTypeDetails?.v1.fieldType).toBe(fieldType);
    expect(field?.customProperties).toEqual({ postgresType });
  });

  it('come in the order of the table, whole', async () => {
    const [first] = await describeTable('shop.orders');
    expect(first).toEqual({
      identifier: 'id',
      label: 'id',
      isPrimaryKey: true,
      isDeprecated: false,
      supportedFieldTypeDetails: {
        v1: { fieldType: 'Long', filterOperators: expect.arrayContaining(['LESS_THAN']), supportedValues: [] },
      },
      sourceProperties: { isRetrievable: true, isQueryable: true, isTimestampFieldForIncrementalQueries: false },
      destinationProperties: {
        isCreatable: false,
        isNullable: false,
        isUpsertable: false,
        isUpdatable: false,
        isDefaultedOnCreate: true,
      },
      customProperties: { postgresType: 'bigint' },
    });
  });

  it('of an enum have its values, in its order', async () => {
    const { v1 } = (await column('shop.orders', 'status'))?.supportedFieldTypeDetails ?? {};
    expect(v1?.supportedValues).toEqual(['new', 'paid', 'sent']);
  });

  it('of an enum have no values, and a word in the log, when AppFlow cannot carry one of them', async () => {
    const { v1 } = (await column('shop.orders', 'mood'))?.supportedFieldTypeDetails ?? {};
    expect(v1?.supportedValues).toEqual([]);
    expect(lines).toContainEqual(expect.objectContaining({ entity: 'shop.orders', column: 'mood', values: ['so so'] }));
  });

  it('make composite keys', async () => {
    const fields = await describeTable('shop.lines');
    expect(fields.map(({ identifier, isPrimaryKey }) => [identifier, isPrimaryKey])).toEqual([
      ['order_id', true],
      ['line', true],
      ['quantity', false],
    ]);
  });

  it.each([
    ['note', true],
    ['total', false],
    ['code', false],
    ['id', false],
  ])('%s may be null: %s', async (name, isNullable) => {
    expect((await column('shop.orders', name))?.destinationProperties?.isNullable).toBe(isNullable);
  });

  it.each([
    ['status', 'new'],
    ['is_open', 'true'],
    ['title', "it's new"],
    ['placed_at', 'now()'],
    ['extra', '{}'],
    ['code', 'none'],
    ['note', undefined],
    ['gross', undefined],
    ['id', undefined],
  ])('%s has the default %s', async (name, defaultValue) => {
    expect((await column('shop.orders', name))?.defaultValue).toBe(defaultValue);
  });

  it.each([
    ['small', 'fieldValueRange', { minimum: -32_768, maximum: 32_767 }],
    ['no', 'fieldValueRange', { minimum: -2_147_483_648, maximum: 2_147_483_647 }],
    ['total', 'fieldValueRange', { minimum: -99_999_999.99, maximum: 99_999_999.99 }],
    ['tenth', 'fieldValueRange', { minimum: -99.9, maximum: 99.9 }],
    ['any_number', 'fieldValueRange', undefined],
    ['huge', 'fieldValueRange', undefined],
    ['id', 'fieldValueRange', undefined],
    ['title', 'fieldLengthRange', { minimum: 0, maximum: 40 }],
    ['iso', 'fieldLengthRange', { minimum: 0, maximum: 3 }],
    ['code', 'fieldLengthRange', { minimum: 0, maximum: 12 }],
    ['note', 'fieldLengthRange', undefined],
  ] as const)('%s has the %s %j', async (name, member, range) => {
    const { v1 } = (await column('shop.orders', name))?.supportedFieldTypeDetails ?? {};
    expect(v1?.[member]).toEqual(range);
  });

  it('carry their comments, made to fit', async () => {
    expect((await column('shop.orders', 'total'))?.description).toBe('In EUR gross VAT 20 1/2');
    expect(await column('shop.orders', 'note')).not.toHaveProperty('description');
  });

  it('that are generated cannot be written, those with an identity may be', async () => {
    expect((await column('shop.orders', 'gross'))?.destinationProperties).toMatchObject({
      isCreatable: false,
      isUpdatable: false,
      isDefaultedOnCreate: true,
    });
    expect((await column('shop.orders', 'no'))?.destinationProperties).toMatchObject({
      isCreatable: true,
      isDefaultedOnCreate: true,
      supportedWriteOperations: ['INSERT', 'UPSERT', 'UPDATE'],
    });
  });

  it.each([
    ['shop.paid', true],
    ['shop.sums', false],
    ['shop.daily', false],
  ])('of the view %s can be written: %s', async (view, isWritable) => {
    for (const { destinationProperties } of await describeTable(view)) {
      expect(destinationProperties).toMatchObject({ isCreatable: isWritable, isUpdatable: isWritable });
    }
  });

  it('are left out, with a word in the log, when AppFlow cannot carry their name', async () => {
    expect(await column('shop.orders', 'odd name')).toBeUndefined();
    expect(lines.filter(line => line['column'] === 'odd name')).toEqual([
      expect.objectContaining({ level: 'warn', entity: 'shop.orders' }),
    ]);
  });
});

const shop = `
CREATE SCHEMA shop;
CREATE TYPE shop.status AS ENUM ('new', 'paid', 'sent');
CREATE TYPE shop.mood AS ENUM ('fine', 'so so');
CREATE TYPE shop.address AS (street text, city text);
CREATE DOMAIN shop.code AS varchar(12) NOT NULL DEFAULT 'none';
CREATE DOMAIN shop.short_code AS shop.code;
CREATE TABLE shop.orders (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  no integer GENERATED BY DEFAULT AS IDENTITY,
  small smallint,
  status shop.status NOT NULL DEFAULT 'new',
  mood shop.mood,
  moods shop.mood[],
  total numeric(10,2) NOT NULL,
  tenth numeric(3,1),
  huge numeric(40,2),
  any_number numeric,
  ratio real,
  exact double precision,
  is_open boolean DEFAULT true,
  day date,
  placed_at timestamptz DEFAULT now(),
  at_noon time,
  photo bytea,
  extra jsonb DEFAULT '{}',
  tags text[],
  address shop.address,
  token uuid,
  code shop.short_code,
  period int4range,
  title varchar(40) DEFAULT 'it''s new',
  iso char(3),
  note text,
  "odd name" text,
  gross numeric(10,2) GENERATED ALWAYS AS (total * 1.2) STORED
);
COMMENT ON COLUMN shop.orders.total IS 'In EUR, gross (VAT: 20 1/2%)';
CREATE TABLE shop.lines (order_id bigint, line integer, quantity integer, PRIMARY KEY (order_id, line));
CREATE VIEW shop.paid AS SELECT id, total FROM shop.orders WHERE status = 'paid';
CREATE VIEW shop.sums AS SELECT status, sum(total) AS total FROM shop.orders GROUP BY status;
CREATE MATERIALIZED VIEW shop.daily AS SELECT day, count(*) AS orders FROM shop.orders GROUP BY day;
`;
