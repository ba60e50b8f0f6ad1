import type { ConnectorConfiguration, ConnectorDetail } from '../wire.ts';
import { toConnectorMetadata } from './built-in-abilities.ts';
import { type BuiltInConnector, describeBuiltIn } from './built-in-connectors.ts';
import type { CatalogBuiltIn } from './catalog-schema.ts';
import { withStatedSettings } from './stated-settings.ts';
import { toBuiltInConfiguration, toBuiltInDetail } from './to-built-in-configuration.ts';

/** A catalogue's name of what it can say of a connector in AppFlow's line about it, and AppFlow's. */
const detailMembers = {
  name: 'connectorName',
  description: 'connectorDescription',
  owner: 'connectorOwner',
  version: 'connectorVersion',
  modes: 'connectorModes',
  dataTransferTypes: 'supportedDataTransferTypes',
} as const satisfies Partial<Record<keyof CatalogBuiltIn, keyof ConnectorDetail>>;

/** The same with its configuration. */
const configurationMembers = {
  ...detailMembers,
  apiVersions: 'supportedApiVersions',
  triggers: 'supportedTriggerTypes',
  schedulingFrequencies: 'supportedSchedulingFrequencies',
  destinations: 'supportedDestinationConnectors',
  writeOperations: 'supportedWriteOperations',
  privateLink: 'isPrivateLinkEnabled',
  privateLinkUrlRequired: 'isPrivateLinkEndpointUrlRequired',
} as const satisfies Partial<Record<keyof CatalogBuiltIn, keyof ConnectorConfiguration>>;

const ofSources = ['supportedTriggerTypes', 'supportedSchedulingFrequencies', 'supportedDestinationConnectors'];
const ofDestinations = ['supportedWriteOperations'];

/** One of AWS's own connectors as AppFlow shows it: as local AppFlow has it, but for what a catalogue says of it. */
export function registerBuiltIn(connectorType: string, own: BuiltInConnector, written: CatalogBuiltIn) {
  const connector = inModes(own, written.modes);
  const configuration = toBuiltInConfiguration(connectorType, connector);
  return {
    connectorType,
    detail: withoutEmptyTexts({ ...toBuiltInDetail(connectorType, connector), ...rename(written, detailMembers) }),
    configuration: withStatedSettings(
      withoutEmptyTexts({ ...withFittingLists(configuration), ...rename(written, configurationMembers) }),
      written,
      written.metadata && toConnectorMetadata(connectorType, written.metadata),
    ),
  };
}

/** What local AppFlow says of a connector has to fit the modes a catalogue gives it, its description too. */
function inModes(own: BuiltInConnector, modes: BuiltInConnector['modes'] = own.modes): BuiltInConnector {
  const same = modes.length === own.modes.length && own.modes.every(mode => modes.includes(mode));
  return same ? own : { ...own, modes, description: describeBuiltIn(own.name, own.purpose, modes) };
}

/** What a source can do goes when it is none, and is at least empty when it is one; the same with a destination. */
function withFittingLists(configuration: ConnectorConfiguration): ConnectorConfiguration {
  const { canUseAsSource, canUseAsDestination } = configuration;
  const idle = [...(canUseAsSource ? [] : ofSources), ...(canUseAsDestination ? [] : ofDestinations)];
  const due = [...(canUseAsSource ? ofSources : []), ...(canUseAsDestination ? ofDestinations : [])];
  const kept = Object.entries(configuration).filter(([name]) => !idle.includes(name));
  const lists = due.map(name => [name, []] as const);
  return Object.fromEntries([...lists, ...kept]) as unknown as ConnectorConfiguration;
}

function rename(written: CatalogBuiltIn, members: Partial<Record<keyof CatalogBuiltIn, string>>): object {
  const said = Object.entries(written).filter(([name, value]) => value !== undefined && Object.hasOwn(members, name));
  return Object.fromEntries(said.map(([name, value]) => [members[name as keyof CatalogBuiltIn], value]));
}

/** What a catalogue states as an empty text AppFlow leaves out. */
function withoutEmptyTexts<T extends object>(shown: T): T {
  return Object.fromEntries(Object.entries(shown).filter(([, value]) => value !== '')) as T;
}
