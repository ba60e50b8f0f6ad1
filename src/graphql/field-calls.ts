/** A list that answers everyone who asks within one operation. */
export type Directory = 'connectors' | 'profiles';

/** What one object is read from, once, however many of its fields need it. */
export type ObjectRead = 'configuration' | 'details' | 'list';

/** What a field may have to ask AppFlow for when nothing is cached. */
export interface FieldCalls {
  readonly directories?: readonly Directory[];
  /** Directories it asks for only where this argument is given. */
  readonly directoriesWith?: { readonly argument: string; readonly directories: readonly Directory[] };
  /** Of the object that has the field. */
  readonly reads?: readonly ObjectRead[];
  /** Of the object that the field answers, whatever is selected of it. */
  readonly readsOfResult?: readonly ObjectRead[];
  /** What is known of the object that the field answers without asking, because the page that it is on was made of it. */
  readonly known?: readonly ObjectRead[];
  /** Calls that nothing else shares. */
  readonly calls?: number;
}

/** Calls by directory: connectors take DescribeConnectors and ListConnectors. Further pages of AppFlow's are not foreseen. */
export const directoryCalls = { connectors: 2, profiles: 1 } as const satisfies Record<Directory, number>;

const impliedType: FieldCalls['directoriesWith'] = { argument: 'connectorType', directories: ['profiles'] };

/** Every field that asks AppFlow for something, as its resolver does. The others cost nothing; `_entities` goes by its representations. */
export const fieldCalls: Readonly<Record<string, FieldCalls>> = {
  'Query.connector': { directories: ['connectors'] },
  'Query.connectors': { directories: ['connectors'] },
  'Query.connectorProfile': { directories: ['profiles'] },
  'Query.connectorProfiles': { directories: ['profiles'] },
  'Query.connectorEntities': { directoriesWith: impliedType, calls: 1 },
  'Query.connectorEntity': { directoriesWith: impliedType, readsOfResult: ['details'] },

  'Mutation.resetConnectorMetadataCache': { calls: 1 },
  'ResetConnectorMetadataCachePayload.profile': { directories: ['profiles'] },
  'ResetConnectorMetadataCachePayload.entities': { directories: ['profiles'], calls: 1 },
  'ResetConnectorMetadataCachePayload.entity': { directories: ['profiles'], readsOfResult: ['details'] },

  'Connector.arn': { reads: ['configuration'] },
  'Connector.logoUrl': { reads: ['configuration'] },
  'Connector.supportedApiVersions': { reads: ['configuration'] },
  'Connector.canUseAsSource': { reads: ['configuration'] },
  'Connector.canUseAsDestination': { reads: ['configuration'] },
  'Connector.supportedTriggerTypes': { reads: ['configuration'] },
  'Connector.supportedWriteOperations': { reads: ['configuration'] },
  'Connector.resetRequirements': { reads: ['configuration'] },
  'Connector.profiles': { directories: ['profiles'] },
  'Connector.entities': { calls: 1 },

  'ConnectorProfile.connector': { directories: ['connectors'] },
  'ConnectorProfile.entities': { calls: 1 },
  'ConnectorProfile.entity': { readsOfResult: ['details'] },

  'ConnectorEntityConnection.nodes': { known: ['list'] },
  'ConnectorEntityEdge.node': { known: ['list'] },
  'ConnectorEntity.label': { reads: ['list'] },
  'ConnectorEntity.group': { reads: ['list'] },
  'ConnectorEntity.hasNestedEntities': { reads: ['list'] },
  'ConnectorEntity.connectorType': { directories: ['profiles'] },
  'ConnectorEntity.profile': { directories: ['profiles'] },
  'ConnectorEntity.entities': { reads: ['list'], calls: 1 },
  'ConnectorEntity.fields': { reads: ['details'] },
  'ConnectorEntity.fingerprint': { reads: ['details'] },
  'ConnectorEntity.freshness': { reads: ['details'] },
};
