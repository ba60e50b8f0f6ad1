import {
  type ConnectorConfiguration,
  ConnectorType,
  ScheduleFrequencyType,
  SupportedDataTransferType,
  TriggerType,
  WriteOperationType,
} from '@aws-sdk/client-appflow';
import { carriedWords } from './carried-words.ts';
import { type CatalogLimit, fits } from './catalog-limits.ts';
import type { CatalogMap } from './catalog-value.ts';
import type { Lose } from './to-catalog-field.ts';
import { toCatalogSettings } from './to-catalog-settings.ts';

const writeOperationTypes: ReadonlySet<string> = new Set(Object.values(WriteOperationType));
const connectorTypes: ReadonlySet<string> = new Set(Object.values(ConnectorType));
const frequencies: ReadonlySet<string> = new Set(Object.values(ScheduleFrequencyType));
const dataTransferTypes: ReadonlySet<string> = new Set(Object.values(SupportedDataTransferType));
const triggerTypes: ReadonlySet<string> = new Set(Object.values(TriggerType));

/** A connector as it stands in a catalogue: one of AWS's own under `connectors`, another under `customConnectors`. */
export function toCatalogConnector(configuration: ConnectorConfiguration, lose: Lose): CatalogMap {
  const carried = (name: string, value: string | undefined, limit: CatalogLimit) => {
    if (!value) return undefined;
    if (fits(value, limit)) return value;
    lose(`${name}, which is outside AppFlow's own limits`);
    return undefined;
  };
  // An empty text: AppFlow says nothing, and local AppFlow is not to say its usual words instead.
  const carriedOrNone: Carried = (name, value, limit) => (value ? carried(name, value, limit) : '');
  return {
    name: carriedOrNone('connectorName', configuration.connectorName, 'connectorText'),
    description: carriedOrNone('connectorDescription', configuration.connectorDescription, 'connectorDescription'),
    owner: carriedOrNone('connectorOwner', configuration.connectorOwner, 'connectorText'),
    version: carriedOrNone('connectorVersion', configuration.connectorVersion, 'connectorVersion'),
    ...toAbilities(configuration, lose),
    ...toPrivateLink(configuration),
    ...(isCustom(configuration) && toRegistration(configuration, carried)),
    ...toCatalogSettings(configuration, isCustom(configuration), lose),
  };
}

/** Whether a connector is registered in the account, not one of AWS's own. */
export function isCustom({ connectorType, connectorLabel }: ConnectorConfiguration): boolean {
  return connectorType === 'CustomConnector' || connectorLabel !== undefined;
}

/** What the connector can write; `undefined` for one that is no destination. */
export function writeOperationsOf(configuration: ConnectorConfiguration): readonly string[] | undefined {
  if (!configuration.canUseAsDestination) return undefined;
  return carriedWords(configuration.supportedWriteOperations, writeOperationTypes, () => undefined) ?? [];
}

/** What a source can do is stated of sources only, and the same with destinations. An absent list is written as an empty one. */
function toAbilities(configuration: ConnectorConfiguration, lose: Lose): CatalogMap {
  const { canUseAsSource = false, canUseAsDestination = false } = configuration;
  const list = (words: readonly string[] | undefined, known: ReadonlySet<string>) => carriedWords(words, known, lose);
  return {
    apiVersions: apiVersionsOf(configuration),
    modes: toModes(configuration, lose),
    triggers: list(configuration.supportedTriggerTypes ?? ifOnly(canUseAsSource), triggerTypes),
    schedulingFrequencies: list(configuration.supportedSchedulingFrequencies ?? ifOnly(canUseAsSource), frequencies),
    destinations: list(configuration.supportedDestinationConnectors ?? ifOnly(canUseAsSource), connectorTypes),
    writeOperations: list(configuration.supportedWriteOperations ?? ifOnly(canUseAsDestination), writeOperationTypes),
    dataTransferTypes: list(configuration.supportedDataTransferTypes, dataTransferTypes),
  };
}

function apiVersionsOf({ supportedApiVersions = [] }: ConnectorConfiguration): readonly string[] | undefined {
  return supportedApiVersions.length > 0 ? supportedApiVersions : undefined;
}

function ifOnly(condition: boolean): readonly string[] | undefined {
  return condition ? [] : undefined;
}

/** AWS's own connectors may leave connectorModes out; the two flags they always have. */
function toModes(configuration: ConnectorConfiguration, lose: Lose): readonly string[] {
  const { canUseAsSource, canUseAsDestination, connectorModes } = configuration;
  const able = [...(canUseAsSource ? ['SOURCE'] : []), ...(canUseAsDestination ? ['DESTINATION'] : [])];
  const modes = connectorModes ?? able;
  if (able.length === modes.length && able.every(mode => modes.includes(mode))) return modes;
  lose('connectorModes other than canUseAsSource and canUseAsDestination say');
  return able;
}

function toPrivateLink(configuration: ConnectorConfiguration): CatalogMap {
  if (isCustom(configuration)) return {};
  const { isPrivateLinkEnabled = false, isPrivateLinkEndpointUrlRequired = false } = configuration;
  return { privateLink: isPrivateLinkEnabled, privateLinkUrlRequired: isPrivateLinkEndpointUrlRequired };
}

type Carried = (name: string, value: string | undefined, limit: CatalogLimit) => string | undefined;

function toRegistration(configuration: ConnectorConfiguration, carried: Carried): CatalogMap {
  const { connectorProvisioningConfig, registeredAt } = configuration;
  return {
    arn: carried('connectorArn', configuration.connectorArn, 'arn'),
    lambdaArn: carried('lambdaArn', connectorProvisioningConfig?.lambda?.lambdaArn, 'arn'),
    logoUrl: carried('logoURL', configuration.logoURL, 'logoUrl'),
    registeredAt: registeredAt?.toISOString(),
    registeredBy: carried('registeredBy', configuration.registeredBy, 'registeredBy'),
  };
}
