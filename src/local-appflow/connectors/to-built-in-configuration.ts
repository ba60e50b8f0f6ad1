import type { ConnectorConfiguration, ConnectorDetail } from '../wire.ts';
import { schedulingFrequencies } from './appflow-values.ts';
import { abilitiesOfBuiltIn } from './built-in-abilities.ts';
import { type BuiltInConnector, builtInConnectors } from './built-in-connectors.ts';

/** The line DescribeConnectors and ListConnectors show of one of AWS's own connectors. */
export function toBuiltInDetail(connectorType: string, connector: BuiltInConnector): ConnectorDetail {
  return {
    connectorDescription: connector.description,
    connectorName: connector.name,
    connectorOwner: 'AWS',
    connectorVersion: '1.0',
    applicationType: connectorType,
    connectorType,
    connectorModes: connector.modes,
    supportedDataTransferTypes: dataTransferTypes(connectorType),
  };
}

/** What DescribeConnector answers for one of AWS's own connectors. It lists no API versions, so that no reset needs one. */
export function toBuiltInConfiguration(connectorType: string, connector: BuiltInConnector): ConnectorConfiguration {
  const isSource = connector.modes.includes('SOURCE');
  const isDestination = connector.modes.includes('DESTINATION');
  return {
    canUseAsSource: isSource,
    canUseAsDestination: isDestination,
    ...(isSource && { supportedDestinationConnectors: destinations() }),
    ...(isSource && { supportedSchedulingFrequencies: frequencies(connector.triggers) }),
    isPrivateLinkEnabled: connector.isPrivateLinkEnabled,
    isPrivateLinkEndpointUrlRequired: connector.isPrivateLinkEndpointUrlRequired,
    ...(isSource && { supportedTriggerTypes: connector.triggers }),
    connectorType,
    connectorDescription: connector.description,
    connectorOwner: 'AWS',
    connectorName: connector.name,
    connectorVersion: '1.0',
    connectorModes: connector.modes,
    ...abilitiesOfBuiltIn(connectorType, { isSource }),
    ...(isDestination && { supportedWriteOperations: connector.writeOperations }),
    supportedDataTransferTypes: dataTransferTypes(connectorType),
  };
}

/** Where a source can send records: to every destination. */
function destinations(): readonly string[] {
  const found = [...builtInConnectors].filter(([, { modes }]) => modes.includes('DESTINATION'));
  return [...found.map(([type]) => type), 'CustomConnector'];
}

function frequencies(triggers: readonly string[]): readonly string[] {
  return triggers.includes('Scheduled') ? schedulingFrequencies : [];
}

function dataTransferTypes(connectorType: string): readonly string[] {
  return connectorType === 'S3' ? ['RECORD', 'FILE'] : ['RECORD'];
}
