import { describe, expect, it } from 'vitest';
import { toEntityField } from '../../../src/local-appflow/connectors/catalog-field.ts';

const ability = { writeOperations: ['INSERT', 'UPSERT', 'UPDATE', 'DELETE'] };

describe('a field that says only its type', () => {
  it('has every boolean written and every empty optional left out', () => {
    expect(toEntityField('Name', { type: 'String' }, ability)).toEqual({
      identifier: 'Name',
      label: 'Name',
      isPrimaryKey: false,
      isDeprecated: false,
      supportedFieldTypeDetails: {
        v1: { fieldType: 'String', filterOperators: ['CONTAINS', 'EQUAL_TO', 'NOT_EQUAL_TO'], supportedValues: [] },
      },
      sourceProperties: { isRetrievable: true, isQueryable: true, isTimestampFieldForIncrementalQueries: false },
      destinationProperties: {
        isCreatable: true,
        isNullable: true,
        isUpsertable: true,
        isUpdatable: true,
        isDefaultedOnCreate: false,
        supportedWriteOperations: ['INSERT', 'UPSERT', 'UPDATE', 'DELETE'],
      },
    });
  });

  it('cannot be written through a connector that is no destination', () => {
    expect(toEntityField('Name', { type: 'String' }, undefined)).not.toHaveProperty('destinationProperties');
  });
});

describe('a field of which AppFlow says less or more than of the others', () => {
  it('has no source properties, or no destination properties', () => {
    expect(toEntityField('a', { type: 'x', source: false }, ability)).not.toHaveProperty('sourceProperties');
    expect(toEntityField('a', { type: 'x', destination: false }, ability)).not.toHaveProperty('destinationProperties');
  });

  it('has destination properties without a destination', () => {
    const { destinationProperties } = toEntityField('a', { type: 'x', destination: true }, undefined);
    expect(destinationProperties).toMatchObject({ isCreatable: true });
    expect(destinationProperties).not.toHaveProperty('supportedWriteOperations');
  });
});

describe('a field that says everything', () => {
  it('has it all in its place', () => {
    const field = toEntityField(
      'City',
      {
        type: 'string',
        label: 'Town',
        description: 'Where it is',
        parent: 'Address',
        primaryKey: true,
        nullable: false,
        deprecated: true,
        default: 'Rome',
        values: ['Rome', 'Oslo'],
        operators: ['EQUAL_TO'],
        range: { minimum: 1, maximum: 2 },
        length: { minimum: 3, maximum: 4 },
        pattern: '[A-Z].*',
        dateFormat: 'yyyy',
        retrievable: false,
        queryable: false,
        timestamp: true,
        creatable: true,
        updatable: false,
        upsertable: true,
        defaultedOnCreate: false,
        writeOperations: ['INSERT'],
        customProperties: { origin: 'gps' },
      },
      ability,
    );
    expect(field).toEqual({
      identifier: 'City',
      parentIdentifier: 'Address',
      label: 'Town',
      isPrimaryKey: true,
      defaultValue: 'Rome',
      isDeprecated: true,
      supportedFieldTypeDetails: {
        v1: {
          fieldType: 'string',
          filterOperators: ['EQUAL_TO'],
          supportedValues: ['Rome', 'Oslo'],
          valueRegexPattern: '[A-Z].*',
          supportedDateFormat: 'yyyy',
          fieldValueRange: { minimum: 1, maximum: 2 },
          fieldLengthRange: { minimum: 3, maximum: 4 },
        },
      },
      description: 'Where it is',
      sourceProperties: { isRetrievable: false, isQueryable: false, isTimestampFieldForIncrementalQueries: true },
      destinationProperties: {
        isCreatable: true,
        isNullable: false,
        isUpsertable: true,
        isUpdatable: false,
        isDefaultedOnCreate: false,
        supportedWriteOperations: ['INSERT'],
      },
      customProperties: { origin: 'gps' },
    });
  });
});

describe('what follows from what a field says', () => {
  it('a key cannot be null', () => {
    expect(toEntityField('Id', { type: 'id', primaryKey: true }, ability).destinationProperties?.isNullable).toBe(
      false,
    );
  });

  it('a default is given on creation', () => {
    const field = toEntityField('Tier', { type: 'string', default: 'gold' }, ability);
    expect(field.destinationProperties?.isDefaultedOnCreate).toBe(true);
  });

  it('a field that is only created cannot be updated or upserted', () => {
    const field = toEntityField('Id', { type: 'id', updatable: false }, ability);
    expect(field.destinationProperties).toMatchObject({
      isCreatable: true,
      isUpsertable: false,
      isUpdatable: false,
      supportedWriteOperations: ['INSERT', 'DELETE'],
    });
  });

  it('a read-only field has no write operation', () => {
    const field = toEntityField('Id', { type: 'id', creatable: false, updatable: false }, ability);
    expect(field.destinationProperties).not.toHaveProperty('supportedWriteOperations');
  });

  it.each([
    ['Integer', 'NOT_EQUAL_TO EQUAL_TO LESS_THAN LESS_THAN_OR_EQUAL_TO GREATER_THAN GREATER_THAN_OR_EQUAL_TO'],
    ['BigDecimal', 'NOT_EQUAL_TO EQUAL_TO LESS_THAN LESS_THAN_OR_EQUAL_TO GREATER_THAN GREATER_THAN_OR_EQUAL_TO'],
    ['currency', 'NOT_EQUAL_TO EQUAL_TO LESS_THAN LESS_THAN_OR_EQUAL_TO GREATER_THAN GREATER_THAN_OR_EQUAL_TO'],
    ['Edm.Decimal', 'NOT_EQUAL_TO EQUAL_TO LESS_THAN LESS_THAN_OR_EQUAL_TO GREATER_THAN GREATER_THAN_OR_EQUAL_TO'],
    ['DateTime', 'EQUAL_TO LESS_THAN LESS_THAN_OR_EQUAL_TO GREATER_THAN GREATER_THAN_OR_EQUAL_TO BETWEEN'],
    ['String', 'CONTAINS EQUAL_TO NOT_EQUAL_TO'],
    ['something new', 'CONTAINS EQUAL_TO NOT_EQUAL_TO'],
    ['Boolean', 'EQUAL_TO NOT_EQUAL_TO'],
    ['List', 'CONTAINS'],
    ['Map', 'CONTAINS'],
    ['Struct', ''],
    ['ByteArray', ''],
  ])('a %s is filtered by: %s', (type, operators) => {
    const { filterOperators } = toEntityField('it', { type }, undefined).supportedFieldTypeDetails?.v1 ?? {};
    expect(filterOperators?.join(' ')).toBe(operators);
  });
});
