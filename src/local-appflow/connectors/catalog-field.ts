import type {
  ConnectorEntityField,
  DestinationFieldProperties,
  FieldTypeDetails,
  SourceFieldProperties,
} from '../wire.ts';
import type { CatalogField } from './catalog-field-schema.ts';
import { defaultFilterOperators } from './filter-operators.ts';

/** What a connector can write; absent for one that is no destination. */
export interface WriteAbility {
  readonly writeOperations: readonly string[];
}

/** Filter operators by field type. */
export type FieldOperators = Readonly<Record<string, readonly string[]>>;

/**
 * Translates a field of a catalogue to AppFlow's shape. What it leaves unsaid: the label is the identifier (an empty one: AppFlow
 * gives none), filter operators follow the type, everything may be read, and written where the connector is a destination.
 */
export function toEntityField(
  identifier: string,
  field: CatalogField,
  ability: WriteAbility | undefined,
  operators: FieldOperators = {},
): ConnectorEntityField {
  const { label = identifier, parent, description, customProperties = {} } = field;
  const { source = true, destination = ability !== undefined } = field;
  return {
    identifier,
    ...(parent !== undefined && { parentIdentifier: parent }),
    ...(label && { label }),
    isPrimaryKey: field.primaryKey ?? false,
    ...(field.default && { defaultValue: field.default }),
    isDeprecated: field.deprecated ?? false,
    supportedFieldTypeDetails: { v1: toTypeDetails(field, operators) },
    ...(description && { description }),
    ...(source && { sourceProperties: toSourceProperties(field) }),
    ...(destination && { destinationProperties: toDestinationProperties(field, ability ?? { writeOperations: [] }) }),
    ...(Object.keys(customProperties).length > 0 && { customProperties }),
  };
}

function toTypeDetails(field: CatalogField, byType: FieldOperators): FieldTypeDetails {
  const { type, operators, values, pattern, dateFormat, range, length } = field;
  const usual = Object.hasOwn(byType, type) ? byType[type] : undefined;
  return {
    fieldType: type,
    filterOperators: operators ?? usual ?? defaultFilterOperators(type),
    supportedValues: values ?? [],
    ...(pattern && { valueRegexPattern: pattern }),
    ...(dateFormat && { supportedDateFormat: dateFormat }),
    ...(range && { fieldValueRange: range }),
    ...(length && { fieldLengthRange: length }),
  };
}

function toSourceProperties({ retrievable, queryable, timestamp }: CatalogField): SourceFieldProperties {
  return {
    isRetrievable: retrievable ?? true,
    isQueryable: queryable ?? true,
    isTimestampFieldForIncrementalQueries: timestamp ?? false,
  };
}

function toDestinationProperties(field: CatalogField, ability: WriteAbility): DestinationFieldProperties {
  const { creatable = true, updatable = true, upsertable = creatable && updatable } = field;
  const able = { INSERT: creatable, UPSERT: upsertable, UPDATE: updatable, DELETE: creatable || updatable };
  const fitting = ability.writeOperations.filter(
    operation => !(operation in able) || able[operation as keyof typeof able],
  );
  const writeOperations = field.writeOperations ?? fitting;
  return {
    isCreatable: creatable,
    isNullable: field.nullable ?? !field.primaryKey,
    isUpsertable: upsertable,
    isUpdatable: updatable,
    isDefaultedOnCreate: field.defaultedOnCreate ?? Boolean(field.default),
    ...(writeOperations.length > 0 && { supportedWriteOperations: writeOperations }),
  };
}
