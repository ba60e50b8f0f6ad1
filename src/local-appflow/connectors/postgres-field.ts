import type { ConnectorEntityField, DestinationFieldProperties, FieldTypeDetails, Range } from '../wire.ts';
import { defaultFilterOperators } from './filter-operators.ts';
import { breachOf, fitDescription, outputLimits } from './output-limits.ts';
import type { ColumnRow } from './postgres-queries.ts';

/** A column that has a name: every row of the columns query but the one of a table without columns. */
export type Column = ColumnRow & { readonly name: string };

/** Data types of AppFlow's custom connector SDK by the name of PostgreSQL's type; any other is a `String`. */
const dataTypes: ReadonlyMap<string, string> = new Map([
  ['int2', 'Short'],
  ['int4', 'Integer'],
  ['int8', 'Long'],
  ['oid', 'Long'],
  ['float4', 'Float'],
  ['float8', 'Double'],
  ['numeric', 'BigDecimal'],
  ['money', 'BigDecimal'],
  ['bool', 'Boolean'],
  ['date', 'Date'],
  ['timestamp', 'DateTime'],
  ['timestamptz', 'DateTime'],
  ['bytea', 'ByteArray'],
  ['json', 'Map'],
  ['jsonb', 'Map'],
  ['hstore', 'Map'],
]);

const integerRanges: ReadonlyMap<string, Range> = new Map([
  ['int2', { minimum: -32_768, maximum: 32_767 }],
  ['int4', { minimum: -2_147_483_648, maximum: 2_147_483_647 }],
]);

/** Digits a JSON number carries exactly. */
const exactDigits = 15;

/**
 * Translates a column to a field. What AppFlow cannot carry is made to fit or left out: an enum with a value it cannot carry shows
 * no values at all, because a list with gaps would say that the others are not allowed.
 */
export function toField(column: Column): ConnectorEntityField {
  const defaultValue = toDefaultValue(column);
  const description = fitDescription(column.comment ?? '');
  return {
    identifier: column.name,
    label: column.name,
    isPrimaryKey: column.isPrimaryKey,
    ...(defaultValue && { defaultValue }),
    isDeprecated: false,
    supportedFieldTypeDetails: { v1: toTypeDetails(column) },
    ...(description && { description }),
    sourceProperties: {
      isRetrievable: true,
      isQueryable: true,
      isTimestampFieldForIncrementalQueries: dataTypeOf(column) === 'DateTime',
    },
    destinationProperties: toDestinationProperties(column),
    customProperties: { postgresType: column.type.replaceAll(/\s+/g, '_') },
  };
}

/** The values of a column's enum that AppFlow cannot carry. */
export function uncarriedValues({ enumValues }: Column): readonly string[] {
  return enumValues.filter(value => breachOf(value, outputLimits.supportedValue));
}

function toTypeDetails(column: Column): FieldTypeDetails {
  const fieldType = dataTypeOf(column);
  const valueRange = integerRanges.get(column.baseType) ?? numericRange(column);
  const lengthRange = characterRange(column);
  return {
    fieldType,
    filterOperators: defaultFilterOperators(fieldType),
    supportedValues: uncarriedValues(column).length > 0 ? [] : column.enumValues,
    ...(valueRange && { fieldValueRange: valueRange }),
    ...(lengthRange && { fieldLengthRange: lengthRange }),
  };
}

function dataTypeOf({ baseType, baseKind, isArray }: Column): string {
  if (isArray) return 'List';
  if (baseKind === 'c') return 'Struct';
  return dataTypes.get(baseType) ?? 'String';
}

/** PostgreSQL packs a modifier with an offset of 4, precision above scale; since version 15 the scale has a sign, in 11 bits. */
function numericRange({ baseType, modifier }: Column): Range | undefined {
  if (baseType !== 'numeric' || modifier < 4) return undefined;
  const precision = ((modifier - 4) >> 16) & 0xffff;
  const scale = (((modifier - 4) & 0x7ff) ^ 1024) - 1024;
  if (precision > exactDigits) return undefined;
  // Through the decimal notation, so that numeric(3,1) ends at 99.9 and not at a binary neighbour of it.
  const maximum = Number(`${'9'.repeat(precision)}e${-scale}`);
  return { minimum: -maximum, maximum };
}

function characterRange({ baseType, modifier }: Column): Range | undefined {
  if ((baseType !== 'varchar' && baseType !== 'bpchar') || modifier < 4) return undefined;
  return { minimum: 0, maximum: modifier - 4 };
}

function toDestinationProperties(column: Column): DestinationFieldProperties {
  const isWritable = !column.isGenerated && column.identity !== 'a';
  const isCreatable = isWritable && column.isInsertable;
  const isUpdatable = isWritable && column.isUpdatable;
  const isUpsertable = isCreatable && isUpdatable;
  const operations = [isCreatable && 'INSERT', isUpsertable && 'UPSERT', isUpdatable && 'UPDATE'];
  const supportedWriteOperations = operations.filter(operation => operation !== false);
  return {
    isCreatable,
    isNullable: column.isNullable,
    isUpsertable,
    isUpdatable,
    isDefaultedOnCreate: column.defaultExpression !== null || column.isGenerated || column.identity !== '',
    ...(supportedWriteOperations.length > 0 && { supportedWriteOperations }),
  };
}

/** A constant as its value, anything else as the expression it is; nothing for one that does not fit. */
function toDefaultValue({ defaultExpression }: Column): string | undefined {
  if (defaultExpression === null || /^NULL(::.*)?$/.test(defaultExpression)) return undefined;
  const [, quoted] = /^'((?:[^']|'')*)'(?:::[\w\s."()[\],]+)?$/.exec(defaultExpression) ?? [];
  const value = quoted === undefined ? defaultExpression : quoted.replaceAll("''", "'");
  return breachOf(value, outputLimits.defaultValue) ? undefined : value;
}
