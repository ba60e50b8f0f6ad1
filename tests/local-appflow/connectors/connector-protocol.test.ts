import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  configurationAnswer,
  describeEntityAnswer,
  listEntitiesAnswer,
  readConnectorAnswer,
} from '../../../src/local-appflow/connectors/connector-protocol.ts';
import { toConnectorRefusal } from '../../../src/local-appflow/connectors/connector-refusal.ts';
import {
  toDescribedField,
  toListedEntity,
  toTimeToLiveSeconds,
} from '../../../src/local-appflow/connectors/from-connector.ts';
import { toConfiguration } from '../../../src/local-appflow/connectors/from-connector-configuration.ts';
import { breachOf, outputLimits } from '../../../src/local-appflow/connectors/output-limits.ts';
import { SourceApplicationError } from '../../../src/local-appflow/connectors/source-application.ts';
import type { ConnectorEntityField } from '../../../src/local-appflow/wire.ts';
import { aSdkField, createSdkConnector } from '../../support/sdk-connector.ts';

const shapes = { listEntitiesAnswer, describeEntityAnswer, configurationAnswer };

describe('an answer of any kind', () => {
  it.each(Object.entries(shapes))('is read as %s, or refused in words', (_, shape) => {
    const answers = fc.oneof(fc.jsonValue(), withSuccess(fc.jsonValue()));
    fc.assert(
      fc.property(answers, answer => {
        expect(() => read(shape, answer)).not.toThrow();
      }),
    );
  });

  it('gives fields that AppFlow can carry', () => {
    const member = fc.oneof(fc.constant(null), fc.string(), fc.string({ unit: 'grapheme', maxLength: 2000 }));
    const given = fc.record({
      label: member,
      description: member,
      defaultValue: fc.oneof(member, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean()),
      filterOperators: fc.oneof(fc.constant(null), fc.array(fc.string())),
      customProperties: fc.oneof(fc.constant(null), fc.dictionary(fc.string(), fc.jsonValue())),
      constraints: fc.record({ allowedValues: fc.oneof(fc.constant(null), fc.array(fc.string())) }),
    });
    fc.assert(
      fc.property(given, members => {
        const answer = { isSuccess: true, entityDefinition: { fields: [aSdkField('It', members)] } };
        const found = readConnectorAnswer(describeEntityAnswer, answer).entityDefinition.fields.map(toDescribedField);
        expect(found.flatMap(breachesOf)).toEqual([]);
      }),
    );
  });
});

it('says of any function that ends with an error which type it was, and nothing else', () => {
  const ended = { errorMessage: 'secret', errorType: 'KeyError', stackTrace: ['secret'] };
  expect(read(listEntitiesAnswer, ended)).toMatch(/The function ended with KeyError\.$/);
});

it('translates what a whole connector answers', () => {
  const connector = createSdkConnector({ entities: { '': ['Invoice'] }, fields: {} });
  const connectorContext = { apiVersion: 'v1' };
  const { entities } = readConnectorAnswer(
    listEntitiesAnswer,
    connector({ type: 'ListEntitiesRequest', connectorContext }),
  );
  expect(entities?.map(toListedEntity)).toEqual([
    { name: 'Invoice', label: 'Invoice label', hasNestedEntities: false },
  ]);
  const described = connector({ type: 'DescribeConnectorConfigurationRequest' });
  expect(toConfiguration(readConnectorAnswer(configurationAnswer, described))).toMatchObject({
    connectorName: 'Ledger',
  });
});

it('takes a refusal without a word for one all the same', () => {
  expect(toConnectorRefusal(undefined)).toMatchObject({ refusedCredentials: false });
  expect(toConnectorRefusal({ errorMessage: 'no' }).message).toBe('no');
});

function withSuccess(values: fc.Arbitrary<unknown>): fc.Arbitrary<object> {
  const members = ['entities', 'nextToken', 'cacheControl', 'entityDefinition', 'supportedApiVersions', 'logoURL'];
  return fc.dictionary(fc.constantFrom(...members), values).map(given => ({ isSuccess: true, ...given }));
}

/** What becomes of an answer; throws for anything but an error in words. */
function read(shape: (typeof shapes)[keyof typeof shapes], answer: unknown): unknown {
  try {
    const found = readConnectorAnswer(shape, answer);
    if ('cacheControl' in found) toTimeToLiveSeconds(found.cacheControl);
    return found;
  } catch (error) {
    if (error instanceof SourceApplicationError) return error.message;
    throw error;
  }
}

function breachesOf(field: ConnectorEntityField): string[] {
  const { label = '', description = '', defaultValue = '', customProperties = {}, supportedFieldTypeDetails } = field;
  const checks = [
    breachOf(label, outputLimits.label),
    breachOf(description, outputLimits.description),
    breachOf(defaultValue, outputLimits.defaultValue),
    ...(supportedFieldTypeDetails?.v1.supportedValues ?? []).map(value => breachOf(value, outputLimits.supportedValue)),
    ...Object.entries(customProperties).flatMap(([key, value]) => [
      breachOf(key, outputLimits.customPropertyKey),
      breachOf(value, outputLimits.customPropertyValue),
    ]),
  ];
  return checks.filter(breach => breach !== undefined);
}
