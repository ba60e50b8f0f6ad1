/**
 * What local AppFlow asks PostgreSQL's catalogue: one statement per answer, from PostgreSQL 12 on. Each shows what the connected
 * role may use and no system schema (names that begin with `pg_` are reserved for those).
 */

const isApplicationSchema = `n.nspname <> 'information_schema' AND n.nspname !~ '^pg_' AND has_schema_privilege(n.oid, 'USAGE')`;

/** Tables, partitioned tables, views, materialised views and foreign tables; of a partitioned table not its partitions. */
const isEntity = `c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
  AND has_any_column_privilege(c.oid, 'SELECT, INSERT, UPDATE')`;

export interface NamedRow {
  readonly name: string;
  readonly comment: string | null;
}

/** Schemas. Rows of {@link NamedRow}. */
export const schemasQuery = `
SELECT n.nspname AS name, obj_description(n.oid, 'pg_namespace') AS comment
FROM pg_catalog.pg_namespace n
WHERE ${isApplicationSchema}
ORDER BY n.nspname`;

export interface TableRow {
  /** `null` in the one row of a schema without tables; a schema that does not exist has no row. */
  readonly name: string | null;
  readonly comment: string | null;
}

/** Tables of the schema `$1`. Rows of {@link TableRow}. */
export const tablesQuery = `
SELECT c.relname AS name, obj_description(c.oid, 'pg_class') AS comment
FROM pg_catalog.pg_namespace n
LEFT JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND ${isEntity}
WHERE n.nspname = $1 AND ${isApplicationSchema}
ORDER BY c.relname`;

export interface ColumnRow {
  /** `null` in the one row of a table without columns; a table that does not exist has no row. */
  readonly name: string | null;
  /** The type as SQL writes it: `numeric(10,2)`, `timestamp with time zone`, `integer[]`. */
  readonly type: string;
  /** Name of the type, of the type under it where it is a domain: `numeric`, `timestamptz`, `_int4`. */
  readonly baseType: string;
  /** pg_type.typtype of that: `b` base, `c` composite, `e` enum, `r` range, `m` multirange. */
  readonly baseKind: string;
  readonly isArray: boolean;
  /** Length or precision and scale, as PostgreSQL packs them; -1 for none. */
  readonly modifier: number;
  readonly isNullable: boolean;
  readonly isPrimaryKey: boolean;
  /** An expression; of a generated column `null`, for it has no default. */
  readonly defaultExpression: string | null;
  readonly isGenerated: boolean;
  /** pg_attribute.attidentity: `a` always, `d` by default, empty for none. */
  readonly identity: string;
  readonly enumValues: readonly string[];
  readonly isInsertable: boolean;
  readonly isUpdatable: boolean;
  readonly comment: string | null;
}

/** Columns of the table `$2` in the schema `$1`, in their order. Rows of {@link ColumnRow}. */
export const columnsQuery = `
SELECT
  a.attname AS name,
  format_type(a.atttypid, a.atttypmod) AS type,
  t.typname AS "baseType",
  t.typtype AS "baseKind",
  t.typcategory = 'A' AS "isArray",
  base.modifier,
  NOT (a.attnotnull OR base.is_not_null) AS "isNullable",
  EXISTS (SELECT FROM pg_catalog.pg_index i WHERE i.indrelid = c.oid AND i.indisprimary AND a.attnum = ANY (i.indkey))
    AS "isPrimaryKey",
  CASE WHEN a.attgenerated = '' THEN coalesce(pg_get_expr(d.adbin, d.adrelid), base.default_expression) END
    AS "defaultExpression",
  a.attgenerated <> '' AS "isGenerated",
  a.attidentity AS identity,
  ARRAY(SELECT e.enumlabel::text FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder)
    AS "enumValues",
  pg_relation_is_updatable(c.oid, false) & 8 = 8 AS "isInsertable",
  pg_column_is_updatable(c.oid, a.attnum, false) AS "isUpdatable",
  col_description(c.oid, a.attnum) AS comment
FROM pg_catalog.pg_namespace n
JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND ${isEntity}
LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
LEFT JOIN LATERAL (
  -- A domain stands on a type, which may be a domain again; any of them may forbid NULL or bring the length or the default.
  WITH RECURSIVE steps (oid, modifier, is_not_null, default_expression, depth) AS (
    SELECT a.atttypid, a.atttypmod, false, NULL::text, 0
    UNION ALL
    SELECT t.typbasetype, CASE WHEN s.modifier = -1 THEN t.typtypmod ELSE s.modifier END,
      s.is_not_null OR t.typnotnull, coalesce(s.default_expression, pg_get_expr(t.typdefaultbin, 0) COLLATE "default"), s.depth + 1
    FROM steps s JOIN pg_catalog.pg_type t ON t.oid = s.oid WHERE t.typtype = 'd'
  )
  SELECT * FROM steps ORDER BY depth DESC LIMIT 1
) base ON true
LEFT JOIN pg_catalog.pg_type t ON t.oid = base.oid
WHERE n.nspname = $1 AND c.relname = $2 AND ${isApplicationSchema}
ORDER BY a.attnum`;
