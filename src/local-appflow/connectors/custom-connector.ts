import type { ConnectorConfiguration, ConnectorDetail } from '../wire.ts';
import { type AwsAccount, connectorArn, connectorLambdaArn } from './appflow-arns.ts';
import { operators } from './appflow-values.ts';
import type { CatalogCustomConnector } from './catalog-schema.ts';
import type { RegisteredConnector } from './registry.ts';
import { withStatedSettings } from './stated-settings.ts';

/** When a registration or a profile says no date: the same on every start, so that restarting changes no answer. */
export const defaultCreatedAt = Date.parse('2026-01-01T00:00:00Z') / 1000;

/** How users sign in to a custom connector that does not say. */
const withApiKey = {
  isBasicAuthSupported: false,
  isApiKeyAuthSupported: true,
  isOAuth2Supported: false,
  isCustomAuthSupported: false,
};

/** API versions of a custom connector that states none. */
export const defaultApiVersions = ['v1'] as const;

/** Registers a custom connector as its owner described it, with AppFlow's usual values for what was left unsaid. */
export function registerCustomConnector(
  label: string,
  written: CatalogCustomConnector,
  account: AwsAccount,
): RegisteredConnector {
  const detail = toDetail(label, written);
  return {
    connectorType: 'CustomConnector',
    connectorLabel: label,
    detail,
    configuration: withStatedSettings(
      { ...withoutApplicationType(detail), ...toAbilities(label, written, account) },
      written,
    ),
  };
}

/** Seconds since the epoch of a date as a catalogue writes it. */
export function toEpochSeconds(instant: string): number {
  return Date.parse(instant) / 1000;
}

function toDetail(label: string, written: CatalogCustomConnector): ConnectorDetail {
  // An empty text: AppFlow says nothing.
  const { name = label, owner = 'Local AppFlow', version = '1.0' } = written;
  return {
    ...(written.description && { connectorDescription: written.description }),
    ...(name && { connectorName: name }),
    ...(owner && { connectorOwner: owner }),
    ...(version && { connectorVersion: version }),
    applicationType: 'CustomConnector',
    connectorType: 'CustomConnector',
    connectorLabel: label,
    registeredAt: written.registeredAt === undefined ? defaultCreatedAt : toEpochSeconds(written.registeredAt),
    registeredBy: written.registeredBy ?? 'local-appflow',
    connectorProvisioningType: 'LAMBDA',
    connectorModes: modesOf(written),
    supportedDataTransferTypes: written.dataTransferTypes ?? ['RECORD'],
  };
}

/** ConnectorConfiguration has every member of ConnectorDetail but this one. */
function withoutApplicationType({ applicationType: _, ...detail }: ConnectorDetail): Partial<ConnectorConfiguration> {
  return detail;
}

function toAbilities(label: string, written: CatalogCustomConnector, account: AwsAccount): ConnectorConfiguration {
  const modes = modesOf(written);
  const isDestination = modes.includes('DESTINATION');
  return {
    canUseAsSource: modes.includes('SOURCE'),
    canUseAsDestination: isDestination,
    supportedDestinationConnectors: written.destinations ?? ['S3', 'CustomConnector', 'Salesforce'],
    supportedSchedulingFrequencies: written.schedulingFrequencies ?? ['BYMINUTE', 'HOURLY', 'DAILY', 'WEEKLY', 'ONCE'],
    isPrivateLinkEnabled: false,
    isPrivateLinkEndpointUrlRequired: false,
    supportedTriggerTypes: written.triggers ?? ['Scheduled', 'OnDemand'],
    connectorArn: written.arn ?? connectorArn(account, label),
    authenticationConfig: withApiKey,
    supportedApiVersions: written.apiVersions ?? defaultApiVersions,
    supportedOperators: operators,
    ...(isDestination && { supportedWriteOperations: writeOperationsOf(written) }),
    connectorProvisioningConfig: { lambda: { lambdaArn: written.lambdaArn ?? connectorLambdaArn(account, label) } },
    ...(written.logoUrl && { logoURL: written.logoUrl }),
  };
}

/** `SOURCE`, `DESTINATION`: what the connector says, or both. */
export function modesOf({ modes }: CatalogCustomConnector): readonly string[] {
  return modes ?? ['SOURCE', 'DESTINATION'];
}

/** What the connector says it can write, or everything AppFlow knows but deletion. */
export function writeOperationsOf({ writeOperations }: CatalogCustomConnector): readonly string[] {
  return writeOperations ?? ['INSERT', 'UPSERT', 'UPDATE'];
}
