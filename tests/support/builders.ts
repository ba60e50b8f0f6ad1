/** Builders of domain objects: everything has a plausible default, a test names only what it is about. */
import { toConnectorType } from '../../src/metadata/connector-type.ts';
import type { Connector, ConnectorConfiguration, ConnectorProfile, EntityField } from '../../src/metadata/model.ts';
import type { FakeEntity } from './fake-source.ts';

export function aConnector(rawType: string, given: Partial<Connector> = {}): Connector {
  return {
    type: toConnectorType(rawType),
    rawType,
    label: null,
    name: rawType,
    description: null,
    owner: 'AWS',
    version: '1.0',
    modes: ['SOURCE'],
    configuration: aConfiguration(),
    ...given,
  };
}

export function aConfiguration(given: Partial<ConnectorConfiguration> = {}): ConnectorConfiguration {
  return {
    arn: null,
    logoUrl: null,
    supportedApiVersions: [],
    canUseAsSource: true,
    canUseAsDestination: false,
    supportedTriggerTypes: ['Scheduled', 'OnDemand'],
    supportedWriteOperations: [],
    ...given,
  };
}

export function aProfile(name: string, given: Partial<ConnectorProfile> = {}): ConnectorProfile {
  const rawConnectorType = given.rawConnectorType ?? 'Salesforce';
  return {
    arn: `arn:aws:appflow:eu-west-1:123456789012:connectorprofile/${name}`,
    name,
    connectorType: toConnectorType(rawConnectorType),
    rawConnectorType,
    connectorLabel: null,
    connectionMode: 'Public',
    rawConnectionMode: 'Public',
    createdAt: new Date('2026-01-01T00:00:00Z'),
    lastUpdatedAt: new Date('2026-01-02T00:00:00Z'),
    ...given,
  };
}

export function anEntity(name: string, given: Partial<FakeEntity> = {}): FakeEntity {
  const children = given.children ?? [];
  return {
    name,
    label: name,
    group: 'Objects',
    hasNestedEntities: children.length > 0,
    fields: [aField('Id', { isPrimaryKey: true })],
    ...given,
    children,
  };
}

export function aField(identifier: string, given: Partial<EntityField> = {}): EntityField {
  return {
    identifier,
    parentIdentifier: null,
    label: identifier,
    description: null,
    fieldType: 'string',
    isPrimaryKey: false,
    isDeprecated: false,
    defaultValue: null,
    filterOperators: ['EQUAL_TO'],
    supportedValues: [],
    valueRegexPattern: null,
    supportedDateFormat: null,
    fieldValueRange: null,
    fieldLengthRange: null,
    sourceProperties: { isRetrievable: true, isQueryable: true, isTimestampFieldForIncrementalQueries: false },
    destinationProperties: null,
    customProperties: [],
    ...given,
  };
}
