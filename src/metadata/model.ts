/**
 * The nouns of connector metadata, in AppFlow's own terms. Readonly, plain and serialisable: resolvers hand them out as they are.
 *
 * `null` means that AppFlow said nothing; an empty list means that it said "none".
 */
import type { ConnectorType } from './connector-type.ts';

/** An application AppFlow can talk to: one of AWS's own or a custom connector registered in the account. */
export interface Connector {
  readonly type: ConnectorType;
  /** AppFlow's exact value, also when `type` is `UNKNOWN`. */
  readonly rawType: string;
  /** Tells custom connectors apart; `null` for AWS's own. */
  readonly label: string | null;
  readonly name: string | null;
  readonly description: string | null;
  readonly owner: string | null;
  readonly version: string | null;
  /** `SOURCE`, `DESTINATION`. */
  readonly modes: readonly string[];
  /** `null` when AppFlow's list did not include it, as for registered custom connectors: ask `describeConnector`. */
  readonly configuration: ConnectorConfiguration | null;
}

/** What a connector can do. */
export interface ConnectorConfiguration {
  readonly arn: string | null;
  readonly logoUrl: string | null;
  readonly supportedApiVersions: readonly string[];
  readonly canUseAsSource: boolean | null;
  readonly canUseAsDestination: boolean | null;
  readonly supportedTriggerTypes: readonly string[];
  readonly supportedWriteOperations: readonly string[];
}

/** A named connection to one application. Deliberately without `credentialsArn` and profile properties. */
export interface ConnectorProfile {
  readonly arn: string;
  readonly name: string;
  readonly connectorType: ConnectorType;
  readonly rawConnectorType: string;
  readonly connectorLabel: string | null;
  readonly connectionMode: ConnectionMode | null;
  readonly rawConnectionMode: string | null;
  readonly createdAt: Date | null;
  readonly lastUpdatedAt: Date | null;
}

export type ConnectionMode = 'Public' | 'Private' | 'UNKNOWN';

/** One line of an entity list: an object, a table or a group of them in the source application. */
export interface ListedEntity {
  readonly name: string;
  readonly label: string | null;
  /** The key of AppFlow's `connectorEntityMap` under which it was listed. */
  readonly group: string;
  readonly hasNestedEntities: boolean;
}

/** A field of an entity, flattened from AppFlow's `ConnectorEntityField`. */
export interface EntityField {
  readonly identifier: string;
  readonly parentIdentifier: string | null;
  readonly label: string | null;
  readonly description: string | null;
  /** A free string: AppFlow has no closed set of field types. */
  readonly fieldType: string | null;
  readonly isPrimaryKey: boolean;
  readonly isDeprecated: boolean;
  readonly defaultValue: string | null;
  readonly filterOperators: readonly string[];
  readonly supportedValues: readonly string[];
  readonly valueRegexPattern: string | null;
  readonly supportedDateFormat: string | null;
  readonly fieldValueRange: NumericRange | null;
  readonly fieldLengthRange: NumericRange | null;
  readonly sourceProperties: SourceFieldProperties | null;
  readonly destinationProperties: DestinationFieldProperties | null;
  readonly customProperties: readonly CustomProperty[];
}

export interface NumericRange {
  readonly minimum: number | null;
  readonly maximum: number | null;
}

export interface SourceFieldProperties {
  readonly isRetrievable: boolean;
  readonly isQueryable: boolean;
  readonly isTimestampFieldForIncrementalQueries: boolean;
}

export interface DestinationFieldProperties {
  readonly isCreatable: boolean;
  readonly isNullable: boolean;
  readonly isUpsertable: boolean;
  readonly isUpdatable: boolean;
  readonly isDefaultedOnCreate: boolean;
  readonly supportedWriteOperations: readonly string[];
}

export interface CustomProperty {
  readonly key: string;
  readonly value: string;
}

/** When something was read, and how old it can be. Wall-clock instants, for people; nothing is decided by them. */
export interface MetadataFreshness {
  /** Start of the read at AppFlow. */
  readonly fetchedAt: Date;
  /** From then on the gateway reads again; equal to `fetchedAt` when nothing keeps it. */
  readonly expiresAt: Date;
  /** Nothing that happened in the source application before this instant is missing: it counts AppFlow's own caching too. */
  readonly completeAsOf: Date;
  /** AppFlow failed when this was to be read again: it is the last answer, past its time. */
  readonly isStale: boolean;
}

/** All entities under one parent (every page of AppFlow's list), sorted by name and group. */
export interface EntityList {
  readonly entities: readonly ListedEntity[];
  readonly freshness: MetadataFreshness;
}

/** The fields of one entity, in AppFlow's order. */
export interface EntityDetails {
  readonly fields: readonly EntityField[];
  readonly freshness: MetadataFreshness;
}
