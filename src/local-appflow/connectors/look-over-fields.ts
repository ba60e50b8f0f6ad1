import { operators, writeOperations } from './appflow-values.ts';
import type { CatalogField } from './catalog-field-schema.ts';
import { maxCustomProperties, outputLimits, type TextLimit } from './output-limits.ts';

/** Whether something is certainly as it should be. False says nothing: look closely. */
type Look = (value: unknown) => boolean;

const flag: Look = value => typeof value === 'boolean';
const operator = oneOf(operators);
const writeOperation = oneOf(writeOperations);
const supportedValue = scalar(outputLimits.supportedValue);
const propertyValue = scalar(outputLimits.customPropertyValue);
const identifier = text(outputLimits.identifier);
const propertyKey = text(outputLimits.customPropertyKey);

const members: { readonly [M in keyof CatalogField]-?: Look } = {
  type: text(outputLimits.fieldType),
  label: text(outputLimits.label),
  description: text(outputLimits.description),
  parent: identifier,
  primaryKey: flag,
  nullable: flag,
  deprecated: flag,
  default: scalar(outputLimits.defaultValue),
  values: listOf(supportedValue),
  operators: listOf(operator),
  range: isRange,
  length: value => (typeof value === 'number' && value >= 0) || isRange(value),
  pattern: text(outputLimits.valueRegexPattern),
  dateFormat: text(outputLimits.supportedDateFormat),
  source: flag,
  retrievable: flag,
  queryable: flag,
  timestamp: flag,
  destination: flag,
  creatable: flag,
  updatable: flag,
  upsertable: flag,
  defaultedOnCreate: flag,
  writeOperations: listOf(writeOperation),
  customProperties: areCustomProperties,
};
const looks: ReadonlyMap<string, Look> = new Map(Object.entries(members));

/** The usual short form: a type, words it may have, a label. */
const shortForm =
  /^[^\s()]{0,127}[^\s(),](?:\((?:\d{1,15}(?:,\d{1,15})?|[A-Za-z_][^\s()]{0,99})\))?(?: +(?:key|required|readonly|timestamp|deprecated))*(?:, +\S.{0,126})?$/;

/**
 * A quick look at the fields of an entity, for there may be millions. True promises that the schema of a field and the check of
 * parents have nothing against them; false promises nothing.
 */
export function areFieldsFine(fields: unknown): boolean {
  const entries = fields instanceof Map ? fields : isObject(fields) ? new Map(Object.entries(fields)) : undefined;
  if (!entries) return false;
  for (const [name, field] of entries) {
    if (!identifier(name)) return false;
    if (typeof field === 'string' ? !shortForm.test(field) : !isField(field, entries)) return false;
  }
  return true;
}

function isField(field: unknown, siblings: ReadonlyMap<string, unknown>): boolean {
  if (!isObject(field) || typeof field['type'] !== 'string') return false;
  for (const name in field) {
    if (!looks.get(name)?.(field[name])) return false;
  }
  return typeof field['parent'] !== 'string' || isTop(siblings.get(field['parent']));
}

/** Whether a field is there and has no parent of its own, so that none of its children can be above it. */
function isTop(field: unknown): boolean {
  return field !== undefined && !(isObject(field) && 'parent' in field);
}

function areCustomProperties(value: unknown): boolean {
  if (!isObject(value)) return false;
  const entries = Object.entries(value);
  return (
    entries.length <= maxCustomProperties && entries.every(([key, found]) => propertyKey(key) && propertyValue(found))
  );
}

function isRange(value: unknown): boolean {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [minimum, maximum] = value;
  return typeof minimum === 'number' && typeof maximum === 'number' && minimum <= maximum;
}

/** Counts code units, of which there are as many as characters or more. */
function text({ max, pattern }: TextLimit): Look {
  return value => typeof value === 'string' && value.length <= max && pattern.test(value);
}

function scalar(limit: TextLimit): Look {
  const isText = text(limit);
  return value => isText(typeof value === 'number' || typeof value === 'boolean' ? String(value) : value);
}

function oneOf(words: readonly string[]): Look {
  return value => typeof value === 'string' && words.includes(value);
}

function listOf(isElement: Look): Look {
  return value => Array.isArray(value) && value.every(isElement);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Map);
}
