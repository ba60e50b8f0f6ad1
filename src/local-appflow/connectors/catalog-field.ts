import type { ConnectorEntityField, DestinationFieldProperties, FieldTypeDetails } from '../wire.ts';
import type { CatalogField } from './catalog-field-schema.ts';
import { defaultFilterOperators } from './filter-operators.ts';

/** What a connector can write; absent for one that is no destination. */
export interface WriteAbility {
  readonly writeOperations: readonly string[];
}

/**
 * Translates a field of a catalogue to AppFlow's shape. What it leaves unsaid: the label is the identifier, filter operators
 * follow the type, everything may be read, and written where the connector is a destination.
 */
export function toEntityField(
  identifier: string,
  field: CatalogField,
  ability: WriteAbility | undefined,
): ConnectorEntityField {
  const { parent, description, customProperties = {} } = field;
  return {
    identifier,
    ...(parent !== undefined && { parentIdentifier: parent }),
    label: field.label || identifier,
    isPrimaryKey: field.primaryKey ?? false,
    ...(field.default && { defaultValue: field.default }),
    isDeprecated: field.deprecated ?? false,
    supportedFieldTypeDetails: { v1: toTypeDetails(field) },
    ...(description && { description }),
    sourceProperties: {
      isRetrievable: field.retrievable ?? true,
      isQueryable: field.queryable ?? true,
      isTimestampFieldForIncrementalQueries: field.timestamp ?? false,
    },
    ...(ability && { destinationProperties: toDestinationProperties(field, ability) }),
    ...(Object.keys(customProperties).length > 0 && { customProperties }),
  };
}

function toTypeDetails({
  type,
  operators,
  values,
  pattern,
  dateFormat,
  range,
  length,
}: CatalogField): FieldTypeDetails {
  return {
    fieldType: type,
    filterOperators: operators ?? defaultFilterOperators(type),
    supportedValues: values ?? [],
    ...(pattern && { valueRegexPattern: pattern }),
    ...(dateFormat && { supportedDateFormat: dateFormat }),
    ...(range && { fieldValueRange: range }),
    ...(length && { fieldLengthRange: length }),
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
