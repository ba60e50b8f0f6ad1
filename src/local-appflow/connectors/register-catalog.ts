import type { ConnectorConfiguration, ConnectorProfile } from '../wire.ts';
import { type AwsAccount, credentialsArn, profileArn } from './appflow-arns.ts';
import {
  type BuiltInConnector,
  type BuiltInProfile,
  builtInConnectors,
  needsNoProfile,
} from './built-in-connectors.ts';
import { createCatalogApplication } from './catalog-application.ts';
import type { WriteAbility } from './catalog-field.ts';
import type {
  Catalog,
  CatalogBuiltIn,
  CatalogCustomConnector,
  CatalogEntities,
  CatalogProfile,
} from './catalog-schema.ts';
import {
  defaultApiVersions,
  defaultCreatedAt,
  modesOf,
  registerCustomConnector,
  toEpochSeconds,
  writeOperationsOf,
} from './custom-connector.ts';
import type { LambdaConnectors } from './lambda-connectors.ts';
import { registerBuiltIn } from './register-built-in.ts';
import { registerLambdaConnector } from './register-lambda-connector.ts';
import type { RegisteredConnector, RegisteredProfile } from './registry.ts';
import type { SourceApplication } from './source-application.ts';

/** Connectors and profiles, each with the application behind it. */
export interface Registration {
  readonly connectors: readonly RegisteredConnector[];
  readonly profiles: readonly RegisteredProfile[];
}

/**
 * Registers everything in a catalogue, beside all of AWS's own connectors: those exist whatever a catalogue says.
 *
 * @param lambdas Where custom connectors with an `invocationUrl` are called.
 */
export function registerCatalog(catalog: Catalog, account: AwsAccount, lambdas: LambdaConnectors): Registration {
  return {
    connectors: [
      ...[...builtInConnectors].map(([type, connector]) => registerOwn(type, connector, catalog.connectors[type])),
      ...Object.entries(catalog.customConnectors).map(([label, custom]) =>
        registerCustom(label, custom, account, lambdas),
      ),
    ],
    profiles: Object.entries(catalog.profiles).map(([name, profile]) =>
      registerProfile(name, profile, catalog, account, lambdas),
    ),
  };
}

function registerOwn(
  connectorType: string,
  connector: BuiltInConnector,
  written: CatalogBuiltIn = {},
): RegisteredConnector {
  const registered = registerBuiltIn(connectorType, connector, written);
  if (!needsNoProfile(connectorType)) return registered;
  const { entities, cacheControl } = written;
  const application = applicationOf(
    { entities, cacheControl, operators: undefined },
    abilityOf(registered.configuration),
  );
  return { ...registered, application };
}

function registerCustom(
  label: string,
  written: CatalogCustomConnector,
  account: AwsAccount,
  lambdas: LambdaConnectors,
): RegisteredConnector {
  const { invocationUrl } = written;
  if (invocationUrl === undefined) return registerCustomConnector(label, written, account);
  return registerLambdaConnector(label, written, account, lambdas.configurationOf(label, invocationUrl));
}

function applicationOf(
  { entities, cacheControl, operators }: Pick<CatalogProfile, 'entities' | 'cacheControl' | 'operators'>,
  ability: WriteAbility | undefined,
): SourceApplication {
  return createCatalogApplication({ entitiesOf: () => entities ?? {}, cacheControl, ability, operators });
}

function registerProfile(
  name: string,
  written: CatalogProfile,
  catalog: Catalog,
  account: AwsAccount,
  lambdas: LambdaConnectors,
): RegisteredProfile {
  const custom = Object.hasOwn(catalog.customConnectors, written.connector)
    ? catalog.customConnectors[written.connector]
    : undefined;
  return {
    profile: { ...toProfile(name, written, account), ...toKind(written, custom !== undefined) },
    application: custom ? customApplication(written, custom, lambdas) : builtInApplication(written, catalog),
  };
}

function toProfile(name: string, written: CatalogProfile, account: AwsAccount) {
  const createdAt = written.createdAt === undefined ? defaultCreatedAt : toEpochSeconds(written.createdAt);
  return {
    connectorProfileArn: written.arn ?? profileArn(account, name),
    connectorProfileName: name,
    connectionMode: written.connectionMode ?? 'Public',
    credentialsArn: written.credentialsArn ?? written.credentials?.secretArn ?? credentialsArn(account, name),
    createdAt,
    lastUpdatedAt: written.lastUpdatedAt === undefined ? createdAt : toEpochSeconds(written.lastUpdatedAt),
  } satisfies Partial<ConnectorProfile>;
}

type Kind = Pick<ConnectorProfile, 'connectorType' | 'connectorLabel' | 'connectorProfileProperties'>;

function toKind({ connector, properties }: CatalogProfile, isCustom: boolean): Kind {
  if (!isCustom) {
    const known = builtInConnectors.get(connector)?.profile;
    const all = known && properties && { [known.key]: { ...falseFlags(known), ...properties } };
    return { connectorType: connector, ...(all && { connectorProfileProperties: all }) };
  }
  const profileProperties = properties && mapValues(properties, String);
  return {
    connectorType: 'CustomConnector',
    connectorLabel: connector,
    ...(profileProperties && { connectorProfileProperties: { CustomConnector: { profileProperties } } }),
  };
}

/** AppFlow writes a flag that nobody set as false. */
function falseFlags({ properties }: BuiltInProfile): Record<string, false> {
  const flags = Object.entries(properties).filter(([, kind]) => kind === 'flag');
  return Object.fromEntries(flags.map(([name]) => [name, false]));
}

function builtInApplication(
  { connector, entities, cacheControl, operators }: CatalogProfile,
  catalog: Catalog,
): SourceApplication {
  const own = builtInConnectors.get(connector);
  const written = catalog.connectors[connector] ?? {};
  return applicationOf(
    { entities, cacheControl: cacheControl ?? written.cacheControl, operators },
    own && abilityOf(registerBuiltIn(connector, own, written).configuration),
  );
}

function customApplication(
  written: CatalogProfile,
  custom: CatalogCustomConnector,
  lambdas: LambdaConnectors,
): SourceApplication {
  const { connector, properties } = written;
  if (custom.invocationUrl !== undefined) {
    return lambdas.createApplication(connector, custom.invocationUrl, {
      credentials: written.credentials,
      runtimeSettings: { ...(properties && mapValues(properties, String)), ...written.runtimeSettings },
      cacheControl: written.cacheControl ?? custom.cacheControl,
    });
  }
  const apiVersions: readonly string[] = custom.apiVersions ?? defaultApiVersions;
  const ability = modesOf(custom).includes('DESTINATION') ? { writeOperations: writeOperationsOf(custom) } : undefined;
  return createCatalogApplication({
    entitiesOf: version => entitiesOf(written, apiVersions, version),
    cacheControl: written.cacheControl ?? custom.cacheControl,
    ability,
    operators: written.operators,
  });
}

/** The last API version listed is the newest, and what is answered when none is asked for. */
function entitiesOf(
  { entities = {}, versions }: CatalogProfile,
  apiVersions: readonly string[],
  version: string = apiVersions.at(-1) ?? '',
): CatalogEntities | undefined {
  if (!apiVersions.includes(version)) return undefined;
  return versions ? versions[version] : entities;
}

function abilityOf(connector: ConnectorConfiguration): WriteAbility | undefined {
  const { canUseAsDestination, supportedWriteOperations: writeOperations = [] } = connector;
  return canUseAsDestination ? { writeOperations } : undefined;
}

function mapValues(
  map: Readonly<Record<string, unknown>>,
  toValue: (value: unknown) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, toValue(value)]));
}
