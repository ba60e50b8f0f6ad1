import type { ConnectorConfiguration } from '../wire.ts';
import type { CatalogBuiltIn, CatalogCustomConnector } from './catalog-schema.ts';

type Written = Pick<
  CatalogBuiltIn & CatalogCustomConnector,
  'authenticationConfig' | 'runtimeSettings' | 'operators' | 'dataTransferApis'
>;

/**
 * A connector's configuration with what its catalogue says of signing in and of how it is asked, which is AppFlow's usual where the
 * catalogue is silent. What is false or empty there is left out.
 *
 * @param metadata Under AppFlow's key of the connector.
 */
export function withStatedSettings(
  usual: ConnectorConfiguration,
  written: Written,
  metadata?: ConnectorConfiguration['connectorMetadata'] | false,
): ConnectorConfiguration {
  const stated = {
    authenticationConfig: written.authenticationConfig,
    connectorRuntimeSettings: written.runtimeSettings,
    supportedOperators: written.operators,
    supportedDataTransferApis: written.dataTransferApis?.map(({ name, type }) => ({ Name: name, Type: type })),
    connectorMetadata: metadata,
  } satisfies { readonly [M in keyof ConnectorConfiguration]?: ConnectorConfiguration[M] | false | undefined };
  const said = Object.entries(stated).filter(([, value]) => value !== undefined);
  const absent = said.filter(([, value]) => isNothing(value)).map(([name]) => name);
  const all = Object.entries({ ...usual, ...Object.fromEntries(said) });
  return Object.fromEntries(all.filter(([name]) => !absent.includes(name))) as unknown as ConnectorConfiguration;
}

function isNothing(value: unknown): boolean {
  return value === false || (Array.isArray(value) && value.length === 0);
}
