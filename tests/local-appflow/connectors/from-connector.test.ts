import { describe, expect, it } from 'vitest';
import { describeEntityAnswer, readConnectorAnswer } from '../../../src/local-appflow/connectors/connector-protocol.ts';
import { toDescribedField, toTimeToLiveSeconds } from '../../../src/local-appflow/connectors/from-connector.ts';
import type { ConnectorEntityField } from '../../../src/local-appflow/wire.ts';
import { aSdkField } from '../../support/sdk-connector.ts';

describe('a field of a connector', () => {
  it('is written as AppFlow writes it: every boolean, and no empty optional', () => {
    const field = translate('Id', {
      label: 'Record ID',
      description: 'Identifies: a record',
      isPrimaryKey: true,
      readProperties: { isRetrievable: true, isNullable: false, isQueryable: true },
      writeProperties: {
        isCreatable: true,
        isUpdatable: null,
        supportedWriteOperations: ['INSERT', 'UPSERT', 'MERGE'],
      },
      filterOperators: ['EQUAL_TO', 'SOMETHING_NEWER'],
    });
    expect(field).toEqual({
      identifier: 'Id',
      label: 'Record ID',
      isPrimaryKey: true,
      isDeprecated: false,
      supportedFieldTypeDetails: { v1: { fieldType: 'String', filterOperators: ['EQUAL_TO'], supportedValues: [] } },
      description: 'Identifies a record',
      sourceProperties: { isRetrievable: true, isQueryable: true, isTimestampFieldForIncrementalQueries: false },
      destinationProperties: {
        isCreatable: true,
        isNullable: false,
        isUpsertable: false,
        isUpdatable: false,
        isDefaultedOnCreate: false,
        supportedWriteOperations: ['INSERT', 'UPSERT'],
      },
    });
  });

  it('has the constraints of its type', () => {
    const constraints = {
      allowedLengthRange: { minRange: 1, maxRange: 80 },
      allowedValueRange: { minRange: 0.5, maxRange: null },
      allowedValues: ['a', 'b c'],
      allowedValuesRegexPattern: '[a-z]+',
      allowedDateFormat: 'yyyy-MM-dd',
    };
    expect(translate('Code', { constraints }).supportedFieldTypeDetails?.v1).toEqual({
      fieldType: 'String',
      filterOperators: ['CONTAINS', 'EQUAL_TO', 'NOT_EQUAL_TO'],
      supportedValues: ['a'],
      valueRegexPattern: '[a-z]+',
      supportedDateFormat: 'yyyy-MM-dd',
      fieldValueRange: { minimum: 0.5 },
      fieldLengthRange: { minimum: 1, maximum: 80 },
    });
  });

  it('has no ranges where both ends are open', () => {
    const constraints = { allowedLengthRange: { minRange: null, maxRange: null }, allowedValueRange: null };
    const { v1 } = translate('Code', { constraints }).supportedFieldTypeDetails ?? {};
    expect(v1).not.toHaveProperty('fieldLengthRange');
    expect(v1).not.toHaveProperty('fieldValueRange');
  });

  it.each([
    ['BigDecimal', 6],
    ['DateTime', 6],
    ['Boolean', 2],
    ['String', 3],
    ['Struct', 0],
  ])('of type %s that names no operators has those of the SDK', (dataType, count) => {
    const { v1 } = translate('It', { dataType, filterOperators: null }).supportedFieldTypeDetails ?? {};
    expect(v1?.fieldType).toBe(dataType);
    expect(v1?.filterOperators).toHaveLength(count);
  });

  it.each([
    ['draft', 'draft'],
    [0, '0'],
    [false, 'false'],
    ['', undefined],
    [null, undefined],
    ['two\nlines', undefined],
  ])('has the default %j as %j', (defaultValue, expected) => {
    expect(translate('It', { defaultValue }).defaultValue).toBe(expected);
  });

  it('carries the custom properties AppFlow can carry, as text', () => {
    const customProperties = { a: 'b', count: 3, nested: { x: 1 }, none: null, 'no key': 'c', spaced: 'c d' };
    expect(translate('It', { customProperties }).customProperties).toEqual({ a: 'b', count: '3', nested: '{"x":1}' });
    expect(translate('It', { customProperties: { none: null } })).not.toHaveProperty('customProperties');
  });
});

describe('cacheControl', () => {
  it.each([
    [{ timeToLive: 5_000_000_000, timeToLiveUnit: 'NANOSECONDS' }, 5],
    [{ timeToLive: 5_000_000, timeToLiveUnit: 'MICROSECONDS' }, 5],
    [{ timeToLive: 5000, timeToLiveUnit: 'MILLISECONDS' }, 5],
    [{ timeToLive: 5, timeToLiveUnit: 'SECONDS' }, 5],
    [{ timeToLive: 5, timeToLiveUnit: 'MINUTES' }, 300],
    [{ timeToLive: 5, timeToLiveUnit: 'HOURS' }, 18_000],
    [{ timeToLive: 5, timeToLiveUnit: 'DAYS' }, 432_000],
    [{ timeToLive: 5, timeToLiveUnit: null }, 5],
    [{ timeToLive: null, timeToLiveUnit: 'DAYS' }, undefined],
    [{ timeToLiveUnit: 'DAYS' }, undefined],
    [null, undefined],
  ] as const)('%j is %j seconds', (cacheControl, seconds) => {
    const found = toTimeToLiveSeconds(cacheControl);
    if (seconds === undefined) expect(found).toBeUndefined();
    else expect(found).toBeCloseTo(seconds);
  });
});

/** Through the very reading an answer on the wire goes through. */
function translate(name: string, given: object): ConnectorEntityField {
  const answer = { isSuccess: true, entityDefinition: { fields: [aSdkField(name, given)] } };
  const [field] = readConnectorAnswer(describeEntityAnswer, answer).entityDefinition.fields;
  if (!field) throw new Error('The field is not there.');
  return toDescribedField(field);
}
