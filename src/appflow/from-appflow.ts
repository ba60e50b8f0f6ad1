/** AppFlow's shapes to the domain's. Everything optional in the SDK's types can be missing for real, so nothing here trusts it. */
import type * as sdk from '@aws-sdk/client-appflow';
import { toConnectorType } from '../metadata/connector-type.ts';
import type {
  ConnectionMode,
  Connector,
  ConnectorConfiguration,
  ConnectorProfile,
  CustomProperty,
  DestinationFieldProperties,
  EntityField,
  ListedEntity,
  NumericRange,
  SourceFieldProperties,
} from '../metadata/model.ts';

/**
 * Every connector once, sorted by type and label: those AppFlow describes, and those only listed because they are registered in the
 * account. One that is known only by its line in a list has no configuration yet.
 */
export function toConnectors(
  described: readonly sdk.DescribeConnectorsResponse[],
  registered: readonly sdk.ListConnectorsResponse[],
): Connector[] {
  const configurations = described.flatMap(({ connectorConfigurations = {} }) =>
    Object.entries(connectorConfigurations),
  );
  const details = [...described, ...registered].flatMap(({ connectors = [] }) => connectors);
  const connectors = new Map<string, Connector>();
  for (const detail of details) {
    const connector = toConnector(detail);
    connectors.set(identityOf(connector), connector);
  }
  for (const [connectorType, configuration] of configurations) {
    const configured = toConnector({ connectorType: connectorType as sdk.ConnectorType }, configuration);
    const listed = connectors.get(identityOf(configured));
    connectors.set(
      identityOf(configured),
      listed ? { ...listed, configuration: configured.configuration } : configured,
    );
  }
  return [...connectors.values()].sort((a, b) => compare(identityOf(a), identityOf(b)));
}

function identityOf({ rawType, label }: Connector): string {
  return JSON.stringify([rawType, label ?? '']);
}

function toConnector(detail: sdk.ConnectorDetail, configuration?: sdk.ConnectorConfiguration): Connector {
  const shown = { ...configuration, ...detail };
  const rawType = shown.connectorType ?? 'UNKNOWN';
  return {
    type: toConnectorType(rawType),
    rawType,
    label: shown.connectorLabel ?? null,
    name: shown.connectorName ?? null,
    description: shown.connectorDescription ?? null,
    owner: shown.connectorOwner ?? null,
    version: shown.connectorVersion ?? null,
    modes: shown.connectorModes ?? [],
    configuration: configuration ? toConnectorConfiguration(configuration) : null,
  };
}

/** What a connector can do, from its full description. */
export function toConnectorConfiguration(configuration: sdk.ConnectorConfiguration): ConnectorConfiguration {
  return {
    arn: configuration.connectorArn ?? null,
    logoUrl: configuration.logoURL ?? null,
    supportedApiVersions: configuration.supportedApiVersions ?? [],
    canUseAsSource: configuration.canUseAsSource ?? null,
    canUseAsDestination: configuration.canUseAsDestination ?? null,
    supportedTriggerTypes: configuration.supportedTriggerTypes ?? [],
    supportedWriteOperations: configuration.supportedWriteOperations ?? [],
  };
}

/** Leaves out `credentialsArn` and the profile's properties on purpose: they are nobody's business here. */
export function toConnectorProfile(profile: sdk.ConnectorProfile): ConnectorProfile {
  const rawConnectorType = profile.connectorType ?? 'UNKNOWN';
  return {
    arn: profile.connectorProfileArn ?? '',
    name: profile.connectorProfileName ?? '',
    connectorType: toConnectorType(rawConnectorType),
    rawConnectorType,
    connectorLabel: profile.connectorLabel ?? null,
    connectionMode: toConnectionMode(profile.connectionMode),
    rawConnectionMode: profile.connectionMode ?? null,
    createdAt: profile.createdAt ?? null,
    lastUpdatedAt: profile.lastUpdatedAt ?? null,
  };
}

function toConnectionMode(raw: string | undefined): ConnectionMode | null {
  if (raw === undefined) return null;
  return raw === 'Public' || raw === 'Private' ? raw : 'UNKNOWN';
}

/**
 * The entities of all pages, sorted by name and group: AppFlow's groups are a map, whose order nobody promises, and a cursor needs one that
 * every replica agrees on.
 */
export function toEntities(pages: readonly sdk.ListConnectorEntitiesResponse[]): ListedEntity[] {
  return pages
    .flatMap(({ connectorEntityMap }) => Object.entries(required('connectorEntityMap', connectorEntityMap)))
    .flatMap(([group, entities]) => entities.map(entity => toListedEntity(group, entity)))
    .sort((a, b) => compare(a.name, b.name) || compare(a.group, b.group));
}

function toListedEntity(group: string, entity: sdk.ConnectorEntity): ListedEntity {
  return {
    name: entity.name ?? '',
    label: entity.label ?? null,
    group,
    hasNestedEntities: entity.hasNestedEntities ?? false,
  };
}

/** By code unit, the same on every machine. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The fields of an entity, in AppFlow's order. */
export function toEntityFields({ connectorEntityFields }: sdk.DescribeConnectorEntityResponse): EntityField[] {
  return required('connectorEntityFields', connectorEntityFields).map(toEntityField);
}

/** What makes an answer an answer at all (AWS: required in the API model). Nobody else checks: the SDK takes any JSON for it. */
function required<T>(member: string, value: T | null | undefined): T {
  if (value === undefined || value === null) throw new TypeError(`expected ${member} in AppFlow's answer, got none`);
  return value;
}

/** A field, flattened: AppFlow nests its type under `supportedFieldTypeDetails.v1`. */
function toEntityField(field: sdk.ConnectorEntityField): EntityField {
  const type = field.supportedFieldTypeDetails?.v1;
  return {
    identifier: field.identifier ?? '',
    parentIdentifier: field.parentIdentifier ?? null,
    label: field.label ?? null,
    description: field.description ?? null,
    fieldType: type?.fieldType ?? null,
    isPrimaryKey: field.isPrimaryKey ?? false,
    isDeprecated: field.isDeprecated ?? false,
    defaultValue: field.defaultValue ?? null,
    filterOperators: type?.filterOperators ?? [],
    supportedValues: type?.supportedValues ?? [],
    valueRegexPattern: type?.valueRegexPattern ?? null,
    supportedDateFormat: type?.supportedDateFormat ?? null,
    fieldValueRange: toRange(type?.fieldValueRange),
    fieldLengthRange: toRange(type?.fieldLengthRange),
    sourceProperties: toSourceProperties(field.sourceProperties),
    destinationProperties: toDestinationProperties(field.destinationProperties),
    customProperties: toCustomProperties(field.customProperties),
  };
}

function toRange(range: sdk.Range | undefined): NumericRange | null {
  return range ? { minimum: range.minimum ?? null, maximum: range.maximum ?? null } : null;
}

function toSourceProperties(properties: sdk.SourceFieldProperties | undefined): SourceFieldProperties | null {
  if (!properties) return null;
  return {
    isRetrievable: properties.isRetrievable ?? false,
    isQueryable: properties.isQueryable ?? false,
    isTimestampFieldForIncrementalQueries: properties.isTimestampFieldForIncrementalQueries ?? false,
  };
}

function toDestinationProperties(
  properties: sdk.DestinationFieldProperties | undefined,
): DestinationFieldProperties | null {
  if (!properties) return null;
  return {
    isCreatable: properties.isCreatable ?? false,
    isNullable: properties.isNullable ?? false,
    isUpsertable: properties.isUpsertable ?? false,
    isUpdatable: properties.isUpdatable ?? false,
    isDefaultedOnCreate: properties.isDefaultedOnCreate ?? false,
    supportedWriteOperations: properties.supportedWriteOperations ?? [],
  };
}

function toCustomProperties(properties: Record<string, string> = {}): CustomProperty[] {
  return Object.entries(properties).map(([key, value]) => ({ key, value }));
}
