/** From the shapes of AWS's connector SDK to those of AppFlow's API. What a connector leaves out or null is left out here as well. */
import type {
  ConnectorEntity,
  ConnectorEntityField,
  DestinationFieldProperties,
  FieldTypeDetails,
  Range,
  SourceFieldProperties,
} from '../wire.ts';
import { operators, writeOperations } from './appflow-values.ts';
import {
  type SdkCacheControl,
  type SdkEntity,
  type SdkField,
  type SdkRange,
  secondsPerUnit,
} from './connector-protocol.ts';
import { defaultFilterOperators } from './filter-operators.ts';
import { breachOf, fitDescription, fitLabel, maxCustomProperties, outputLimits } from './output-limits.ts';

/** An entity as AppFlow lists it; whether it can be written and its description have no place there. */
export function toListedEntity({ entityIdentifier, label, hasNestedEntities }: SdkEntity): ConnectorEntity {
  return {
    name: entityIdentifier,
    ...(label && { label: fitLabel(label) }),
    hasNestedEntities: hasNestedEntities ?? false,
  };
}

/** A field as AppFlow describes it. Texts AppFlow's answers cannot carry are cut or left out. */
export function toDescribedField(field: SdkField): ConnectorEntityField {
  const { label, description, defaultValue, readProperties, writeProperties } = field;
  const customProperties = toCustomProperties(field.customProperties ?? {});
  const text = defaultValue === null || defaultValue === undefined ? '' : String(defaultValue);
  return {
    identifier: field.fieldName,
    ...(label && { label: fitLabel(label) }),
    isPrimaryKey: field.isPrimaryKey ?? false,
    ...(text !== '' && breachOf(text, outputLimits.defaultValue) === undefined && { defaultValue: text }),
    isDeprecated: field.isDeprecated ?? false,
    supportedFieldTypeDetails: { v1: toTypeDetails(field) },
    ...(description && { description: fitDescription(description) }),
    ...(readProperties && { sourceProperties: toSourceProperties(readProperties) }),
    ...(writeProperties && { destinationProperties: toDestinationProperties(writeProperties) }),
    ...(Object.keys(customProperties).length > 0 && { customProperties }),
  };
}

/** How long a connector lets its answer be kept; a number without a unit counts seconds. */
export function toTimeToLiveSeconds(cacheControl: SdkCacheControl): number | undefined {
  const { timeToLive, timeToLiveUnit } = cacheControl ?? {};
  if (timeToLive === null || timeToLive === undefined) return undefined;
  return timeToLive * secondsPerUnit[timeToLiveUnit ?? 'SECONDS'];
}

/** The members of a list that AppFlow's API model knows. */
export function knownOf(written: readonly string[], known: readonly string[]): string[] {
  return written.filter(word => known.includes(word));
}

function toTypeDetails({ dataType, filterOperators, constraints }: SdkField): FieldTypeDetails {
  const { allowedValues, allowedValuesRegexPattern, allowedDateFormat, ...ranges } = constraints ?? {};
  const values = (allowedValues ?? []).filter(value => breachOf(value, outputLimits.supportedValue) === undefined);
  const fieldValueRange = toRange(ranges.allowedValueRange);
  const fieldLengthRange = toRange(ranges.allowedLengthRange);
  return {
    fieldType: dataType,
    filterOperators: filterOperators ? knownOf(filterOperators, operators) : defaultFilterOperators(dataType),
    supportedValues: values,
    ...(allowedValuesRegexPattern && { valueRegexPattern: allowedValuesRegexPattern }),
    ...(allowedDateFormat && { supportedDateFormat: allowedDateFormat }),
    ...(fieldValueRange && { fieldValueRange }),
    ...(fieldLengthRange && { fieldLengthRange }),
  };
}

function toRange(range: SdkRange): Range | undefined {
  const minimum = range?.minRange ?? undefined;
  const maximum = range?.maxRange ?? undefined;
  if (minimum === undefined && maximum === undefined) return undefined;
  return { ...(maximum !== undefined && { maximum }), ...(minimum !== undefined && { minimum }) };
}

function toSourceProperties(read: NonNullable<SdkField['readProperties']>): SourceFieldProperties {
  return {
    isRetrievable: read.isRetrievable ?? false,
    isQueryable: read.isQueryable ?? false,
    isTimestampFieldForIncrementalQueries: read.isTimestampFieldForIncrementalQueries ?? false,
  };
}

function toDestinationProperties(write: NonNullable<SdkField['writeProperties']>): DestinationFieldProperties {
  const supported = knownOf(write.supportedWriteOperations ?? [], writeOperations);
  return {
    isCreatable: write.isCreatable ?? false,
    isNullable: write.isNullable ?? false,
    isUpsertable: write.isUpsertable ?? false,
    isUpdatable: write.isUpdatable ?? false,
    isDefaultedOnCreate: write.isDefaultedOnCreate ?? false,
    ...(supported.length > 0 && { supportedWriteOperations: supported }),
  };
}

function toCustomProperties(written: Readonly<Record<string, unknown>>): Record<string, string> {
  const carried = Object.entries(written)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)] as const)
    .filter(([key]) => breachOf(key, outputLimits.customPropertyKey) === undefined)
    .filter(([, value]) => breachOf(value, outputLimits.customPropertyValue) === undefined);
  return Object.fromEntries(carried.slice(0, maxCustomProperties));
}
