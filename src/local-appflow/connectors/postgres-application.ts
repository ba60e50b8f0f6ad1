import pg from 'pg';
import type { Log } from '../../base/log.ts';
import type { ConnectorEntity } from '../wire.ts';
import { breachOf, fitLabel, outputLimits, type TextLimit } from './output-limits.ts';
import { codeOf, isLostConnection, toSourceApplicationError } from './postgres-error.ts';
import { type Column, toField, uncarriedValues } from './postgres-field.ts';
import {
  type ColumnRow,
  columnsQuery,
  type NamedRow,
  schemasQuery,
  type TableRow,
  tablesQuery,
} from './postgres-queries.ts';
import {
  type DescribeEntityRequest,
  type ListEntitiesRequest,
  type SourceApplication,
  type SourceEntityDetails,
  type SourceEntityList,
  UnknownEntityError,
} from './source-application.ts';

export interface PostgresApplicationOptions {
  /** `postgres://user:password@host:port/database`; it never appears in a message or a log. */
  readonly url: string;
  readonly log: Log;
  /** How long connecting may take. Default 3000. */
  readonly connectTimeoutMs?: number | undefined;
  /** How long one statement may take. Default 5000. */
  readonly statementTimeoutMs?: number | undefined;
}

/**
 * A PostgreSQL database: its schemas are the top-level entities, tables and views their nested ones (`schema.table`, so that a name
 * tells which one is meant without its path), columns their fields. It connects when it is first asked, and again after a failure.
 *
 * @throws Error when the URL is none; the message does not repeat it.
 */
export function createPostgresApplication(options: PostgresApplicationOptions): SourceApplication {
  return new PostgresApplication(options);
}

class PostgresApplication implements SourceApplication {
  readonly #pool: pg.Pool;
  readonly #log: Log;
  /** What was left out and said so: each name is worth one line of the log, not one for each listing. */
  readonly #leftOut = new Set<string>();
  #closed: Promise<void> | undefined;

  constructor({ url, log, connectTimeoutMs = 3000, statementTimeoutMs = 5000 }: PostgresApplicationOptions) {
    this.#log = log;
    this.#pool = new pg.Pool({
      ...toConnection(url),
      application_name: 'local-appflow',
      max: 2,
      connectionTimeoutMillis: connectTimeoutMs,
      statement_timeout: statementTimeoutMs,
      // The driver's own limit covers a connection that has died silently; the server's cancels the statement first.
      query_timeout: statementTimeoutMs + 1000,
      idleTimeoutMillis: 10_000,
      keepAlive: true,
      allowExitOnIdle: true,
    });
    // Without a listener the loss of an idle connection would end the process; the pool replaces it by itself.
    this.#pool.on('error', error => log.warn({ code: codeOf(error) }, 'PostgreSQL closed an idle connection'));
  }

  async listEntities({ entitiesPath }: ListEntitiesRequest): Promise<SourceEntityList> {
    return { groups: { Objects: entitiesPath ? await this.#listTables(entitiesPath) : await this.#listSchemas() } };
  }

  async describeEntity({ connectorEntityName }: DescribeEntityRequest): Promise<SourceEntityDetails> {
    const { schema, table } = splitName(connectorEntityName);
    if (table === undefined) return this.#describeSchema(schema);
    const rows = await this.#query<ColumnRow>(columnsQuery, [schema, table]);
    if (rows.length === 0) throw new UnknownEntityError(connectorEntityName);
    const columns = rows.filter(isNamed).filter(({ name }) => this.#carriesColumn(name, connectorEntityName));
    for (const column of columns) this.#warnOfValues(column, connectorEntityName);
    return { fields: columns.map(toField) };
  }

  async close(): Promise<void> {
    this.#closed ??= this.#pool.end();
    await this.#closed;
  }

  async #listSchemas(): Promise<readonly ConnectorEntity[]> {
    const schemas = await this.#query<NamedRow>(schemasQuery);
    return schemas
      .filter(({ name }) => this.#carries(name, schemaName, 'schema'))
      .map(row => ({ ...toListed(row.name, row), hasNestedEntities: true }));
  }

  async #listTables(schema: string): Promise<readonly ConnectorEntity[]> {
    const rows = await this.#query<TableRow>(tablesQuery, [schema]);
    if (rows.length === 0) throw new UnknownEntityError(schema);
    return rows
      .filter(isNamed)
      .filter(({ name }) => this.#carries(`${schema}.${name}`, outputLimits.entityName, 'table'))
      .map(row => toListed(`${schema}.${row.name}`, row));
  }

  /** A schema is listed, so it can be described: it exists and has no fields of its own. */
  async #describeSchema(schema: string): Promise<SourceEntityDetails> {
    const schemas = await this.#query<NamedRow>(schemasQuery);
    if (!schemas.some(({ name }) => name === schema)) throw new UnknownEntityError(schema);
    return { fields: [] };
  }

  async #query<Row extends object>(text: string, values: readonly string[] = []): Promise<readonly Row[]> {
    // PostgreSQL's texts cannot hold this character: it refuses the statement, and has nothing of such a name.
    if (values.some(value => value.includes('\0'))) return [];
    const ask = (): Promise<pg.QueryResult<Row>> => this.#pool.query<Row>(text, [...values]);
    try {
      const { rows } = await ask().catch(error => (isLostConnection(error) ? ask() : Promise.reject(error)));
      return rows;
    } catch (error) {
      throw toSourceApplicationError(error);
    }
  }

  #carries(name: string, limit: TextLimit, kind: 'schema' | 'table'): boolean {
    const breach = breachOf(name, limit);
    if (breach) this.#warnOnce({ [kind]: name, breach }, `${kind} left out: AppFlow cannot carry its name`);
    return breach === undefined;
  }

  #carriesColumn(column: string, entity: string): boolean {
    const breach = breachOf(column, outputLimits.identifier);
    if (breach) this.#warnOnce({ entity, column, breach }, 'column left out: AppFlow cannot carry its name');
    return breach === undefined;
  }

  #warnOfValues(column: Column, entity: string): void {
    const values = uncarriedValues(column);
    if (values.length === 0) return;
    const what = { entity, column: column.name, values };
    this.#warnOnce(what, 'enum values left out: AppFlow cannot carry all of them');
  }

  #warnOnce(what: object, sentence: string): void {
    const key = JSON.stringify(what);
    if (this.#leftOut.has(key)) return;
    this.#leftOut.add(key);
    this.#log.warn(what, sentence);
  }
}

/** A schema's name is a path, and the first dot of `schema.table` ends it. */
const schemaName: TextLimit = {
  max: outputLimits.entityName.max,
  pattern: /^[\w/!@#+=,-]+$/,
  allowed: 'letters, digits and _ / ! @ # + = , -',
};

function splitName(connectorEntityName: string): { schema: string; table: string | undefined } {
  const dot = connectorEntityName.indexOf('.');
  if (dot < 0) return { schema: connectorEntityName, table: undefined };
  return { schema: connectorEntityName.slice(0, dot), table: connectorEntityName.slice(dot + 1) };
}

function isNamed<Row extends { readonly name: string | null }>(row: Row): row is Row & { readonly name: string } {
  return row.name !== null;
}

function toListed(name: string, row: NamedRow): ConnectorEntity {
  return { name, label: fitLabel(row.comment ?? '') || row.name, hasNestedEntities: false };
}

/** Checked here because the driver repeats a URL it cannot read, password and all, in its error. */
function toConnection(url: string): { connectionString: string } {
  if (URL.canParse(url) && /^postgres(ql)?:$/.test(new URL(url).protocol)) return { connectionString: url };
  throw new Error('The PostgreSQL URL must look like postgres://user:password@host:5432/database.');
}
