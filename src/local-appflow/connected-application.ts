import { builtInConnectors, needsNoProfile } from './connectors/built-in-connectors.ts';
import type { RegisteredConnector, RegisteredProfile, Registry } from './connectors/registry.ts';
import type { SourceApplication } from './connectors/source-application.ts';
import { AppflowError } from './errors.ts';

/** Requests name these by their type (AWS: ResetConnectorMetadataCache, whose page says Amazon Connect for CustomerProfiles). */
const profileless = [...builtInConnectors.keys()].filter(needsNoProfile);

/** What list, describe and reset say about whose metadata they mean. */
export interface ConnectionCoordinates {
  readonly connectorProfileName: string | undefined;
  readonly connectorType: string | undefined;
  readonly apiVersion: string | undefined;
}

/** An application as AppFlow is connected to it. */
export interface ConnectedApplication {
  /**
   * The same for every way to name the same connection: a redundant `connectorType` makes no difference, but a profile whose connector
   * the catalogue has changed is another one.
   */
  readonly owner: string;
  readonly application: SourceApplication;
  /** As requested, else the connector's last listed version; absent when the connector lists none. */
  readonly apiVersion: string | undefined;
  /** AWS asks a reset for `apiVersion` when the connector is a custom one or has several versions. */
  readonly resetNeedsApiVersion: boolean;
}

/**
 * Finds the application behind a request's coordinates: a profile, or the type of a connector that has none.
 *
 * Throws a ResourceNotFoundException for an unknown profile or connector, and a ValidationException for too few coordinates, for
 * a type that is not the profile's, and for a version that a connector with listed versions does not list.
 */
export function findConnectedApplication(registry: Registry, coordinates: ConnectionCoordinates): ConnectedApplication {
  const { connectorProfileName, connectorType } = coordinates;
  if (connectorProfileName !== undefined) return findByProfile(registry, connectorProfileName, coordinates);
  if (connectorType !== undefined && needsNoProfile(connectorType)) {
    return findByType(registry, connectorType, coordinates);
  }
  throw new AppflowError(
    'ValidationException',
    `connectorProfileName is required unless connectorType is one of ${profileless.join(', ')}.`,
  );
}

function findByProfile(registry: Registry, name: string, coordinates: ConnectionCoordinates): ConnectedApplication {
  const registered = registry.profiles().find(({ profile }) => profile.connectorProfileName === name);
  if (registered === undefined) {
    throw new AppflowError('ResourceNotFoundException', `Connector Profile with name ${name} does not exist.`);
  }
  const { profile, application } = registered;
  if (coordinates.connectorType !== undefined && coordinates.connectorType !== profile.connectorType) {
    throw new AppflowError(
      'ValidationException',
      `connectorType must be the profile's own, ${profile.connectorType}, or left out, got ${coordinates.connectorType}.`,
    );
  }
  const { connectorType, connectorLabel } = profile;
  const owner = ['profile', name, 'of', connectorType, ...(connectorLabel === undefined ? [] : [connectorLabel])].join(
    ' ',
  );
  const connection = { owner, application, connectorType };
  return withVersion(connection, connectorOf(registry, registered), coordinates.apiVersion);
}

function findByType(registry: Registry, type: string, coordinates: ConnectionCoordinates): ConnectedApplication {
  const connector = registry.connectors().find(({ connectorType }) => connectorType === type);
  if (connector?.application === undefined) {
    throw new AppflowError('ResourceNotFoundException', `Connector ${type} has no entities here.`);
  }
  const connection = { owner: `type ${type}`, application: connector.application, connectorType: type };
  return withVersion(connection, connector, coordinates.apiVersion);
}

function connectorOf(registry: Registry, { profile }: RegisteredProfile): RegisteredConnector | undefined {
  return registry
    .connectors()
    .find(
      ({ connectorType, connectorLabel }) =>
        connectorType === profile.connectorType && connectorLabel === profile.connectorLabel,
    );
}

interface Connection {
  readonly owner: string;
  readonly application: SourceApplication;
  readonly connectorType: string;
}

function withVersion(
  { owner, application, connectorType }: Connection,
  connector: RegisteredConnector | undefined,
  apiVersion: string | undefined,
): ConnectedApplication {
  const supported = connector?.configuration.supportedApiVersions ?? [];
  if (apiVersion !== undefined && supported.length > 0 && !supported.includes(apiVersion)) {
    throw new AppflowError(
      'ValidationException',
      `apiVersion must be one the connector supports, ${supported.join(' or ')}, got ${apiVersion}.`,
    );
  }
  return {
    owner,
    application,
    apiVersion: apiVersion ?? supported.at(-1),
    resetNeedsApiVersion: connectorType === 'CustomConnector' || supported.length > 1,
  };
}
