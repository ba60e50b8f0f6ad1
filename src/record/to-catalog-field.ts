import {
  type ConnectorEntityField,
  type DestinationFieldProperties,
  Operators,
  type Range,
  WriteOperationType,
} from '@aws-sdk/client-appflow';
import { carriedWords } from './carried-words.ts';
import { type CatalogLimit, fits } from './catalog-limits.ts';
import type { CatalogMap } from './catalog-value.ts';

const knownOperators: ReadonlySet<string> = new Set(Object.values(Operators));
const writeOperationTypes: ReadonlySet<string> = new Set(Object.values(WriteOperationType));

/** What a field need not say, because its connector and its profile do. */
export interface FieldRules {
  /** What the connector can write; absent for one that is no destination. */
  readonly writeOperations: readonly string[] | undefined;
  /** The profile's filter operators by field type. */
  readonly operators: ReadonlyMap<string, readonly string[]>;
  /** Identifiers of the entity's fields: only those can be parents. */
  readonly identifiers: ReadonlySet<string>;
}

/** Told what of a field a catalogue cannot say. */
export type Lose = (what: string) => void;

/**
 * A field as a catalogue writes it, without what follows from the rest: the label from the identifier, operators from the type,
 * what may be written from the connector. An absent list counts as an empty one, an absent text as an empty one, an absent flag as
 * false, as in AppFlow's model.
 */
export function toCatalogField(field: ConnectorEntityField, rules: FieldRules, lose: Lose): CatalogMap {
  const { identifier, label, parentIdentifier: parent } = field;
  const text = (value: string | undefined, limit: CatalogLimit) => carriedText(value, limit, lose);
  if (parent && !rules.identifiers.has(parent)) lose('parentIdentifier, which is no field of the entity');
  return {
    ...toType(field, rules, text, lose),
    label: label === identifier ? undefined : label ? text(label, 'label') : '',
    description: text(field.description, 'description'),
    parent: parent && rules.identifiers.has(parent) ? parent : undefined,
    primaryKey: field.isPrimaryKey || undefined,
    deprecated: field.isDeprecated || undefined,
    default: text(field.defaultValue, 'defaultValue'),
    ...toReading(field),
    ...toWriting(field, rules, lose),
    customProperties: toCustomProperties(field.customProperties, lose),
  };
}

type CarriedText = (value: string | undefined, limit: CatalogLimit) => string | undefined;

function carriedText(value: string | undefined, limit: CatalogLimit, lose: Lose): string | undefined {
  if (!value) return undefined;
  if (fits(value, limit)) return value;
  lose(`${limit}, which is outside AppFlow's own limits`);
  return undefined;
}

function toType(field: ConnectorEntityField, { operators }: FieldRules, text: CarriedText, lose: Lose): CatalogMap {
  const details = field.supportedFieldTypeDetails?.v1;
  const type = text(details?.fieldType, 'fieldType');
  if (!details || !type) {
    lose('no field type, given as string');
    return { type: 'string', operators: [] };
  }
  const { supportedValues = [] } = details;
  const filterOperators = carriedWords(details.filterOperators, knownOperators, lose) ?? [];
  const values = supportedValues.filter(value => fits(value, 'supportedValue'));
  if (values.length < supportedValues.length)
    lose('supportedValues with a space in them or of more than 128 characters');
  return {
    type,
    values: values.length > 0 ? values : undefined,
    operators: equal(filterOperators, operators.get(type) ?? []) ? undefined : filterOperators,
    range: toRange(details.fieldValueRange, 'fieldValueRange', lose),
    length: toRange(details.fieldLengthRange, 'fieldLengthRange', lose),
    pattern: text(details.valueRegexPattern, 'valueRegexPattern'),
    dateFormat: text(details.supportedDateFormat, 'supportedDateFormat'),
  };
}

/** `[minimum, maximum]`. A catalogue has no range with one bound, and numbers only that JSON has. */
function toRange(range: Range | undefined, name: string, lose: Lose): readonly number[] | undefined {
  if (!range) return undefined;
  const { minimum, maximum } = range;
  if (Number.isFinite(minimum) && Number.isFinite(maximum) && Number(minimum) <= Number(maximum)) {
    return [Number(minimum), Number(maximum)];
  }
  lose(`${name} without two bounds in order`);
  return undefined;
}

function toReading({ sourceProperties }: ConnectorEntityField): CatalogMap {
  if (!sourceProperties) return { source: false };
  const { isRetrievable, isQueryable, isTimestampFieldForIncrementalQueries } = sourceProperties;
  return {
    retrievable: isRetrievable ? undefined : false,
    queryable: isQueryable ? undefined : false,
    timestamp: isTimestampFieldForIncrementalQueries || undefined,
  };
}

function toWriting(field: ConnectorEntityField, rules: FieldRules, lose: Lose): CatalogMap {
  const { destinationProperties: properties } = field;
  const isExpected = rules.writeOperations !== undefined;
  const destination = (properties !== undefined) === isExpected ? undefined : !isExpected;
  return { destination, ...(properties && toDestination(field, properties, rules, lose)) };
}

function toDestination(
  { isPrimaryKey = false, defaultValue }: ConnectorEntityField,
  properties: DestinationFieldProperties,
  { writeOperations = [] }: FieldRules,
  lose: Lose,
): CatalogMap {
  const { isCreatable = false, isUpdatable = false, isUpsertable = false } = properties;
  const { isNullable = false, isDefaultedOnCreate = false } = properties;
  const operations = carriedWords(properties.supportedWriteOperations, writeOperationTypes, lose) ?? [];
  return {
    nullable: isNullable === !isPrimaryKey ? undefined : isNullable,
    creatable: isCreatable ? undefined : false,
    updatable: isUpdatable ? undefined : false,
    upsertable: isUpsertable === (isCreatable && isUpdatable) ? undefined : isUpsertable,
    defaultedOnCreate: isDefaultedOnCreate === Boolean(defaultValue) ? undefined : isDefaultedOnCreate,
    writeOperations: equal(operations, fittingOperations(properties, writeOperations)) ? undefined : operations,
  };
}

/** Those of the connector's write operations that a field has when it states none. */
function fittingOperations(
  { isCreatable = false, isUpdatable = false, isUpsertable = false }: DestinationFieldProperties,
  writeOperations: readonly string[],
): readonly string[] {
  const able = new Map([
    ['INSERT', isCreatable],
    ['UPSERT', isUpsertable],
    ['UPDATE', isUpdatable],
    ['DELETE', isCreatable || isUpdatable],
  ]);
  return writeOperations.filter(operation => able.get(operation) ?? true);
}

function toCustomProperties(properties: Record<string, string> = {}, lose: Lose): CatalogMap | undefined {
  const found = Object.entries(properties);
  const carried = found.filter(([key, value]) => fits(key, 'customPropertyKey') && fits(value, 'customPropertyValue'));
  if (carried.length < found.length) lose("customProperties outside AppFlow's own limits");
  return carried.length > 0 ? Object.fromEntries(carried) : undefined;
}

function equal(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
