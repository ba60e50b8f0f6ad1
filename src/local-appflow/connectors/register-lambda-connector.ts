import type { AwsAccount } from './appflow-arns.ts';
import type { CatalogCustomConnector } from './catalog-schema.ts';
import { registerCustomConnector } from './custom-connector.ts';
import { toConfiguration, toDetail } from './from-connector-configuration.ts';
import type { LambdaConfiguration } from './lambda-configuration.ts';
import type { RegisteredConnector } from './registry.ts';

/**
 * Registers a custom connector that describes itself: what it answers stands before what its catalogue says, which stands in until
 * the first answer. It is asked at once, and nobody waits.
 */
export function registerLambdaConnector(
  label: string,
  written: CatalogCustomConnector,
  account: AwsAccount,
  configuration: LambdaConfiguration,
): RegisteredConnector {
  const { detail, configuration: described, ...named } = registerCustomConnector(label, written, account);
  // No versions rather than a default: as long as nobody has said which there are, none is refused.
  const fallback = { ...described, supportedApiVersions: written.apiVersions ?? [] };
  void configuration.refresh();
  return {
    ...named,
    get detail() {
      return { ...detail, ...(configuration.known && toDetail(configuration.known)) };
    },
    get configuration() {
      return { ...fallback, ...(configuration.known && toConfiguration(configuration.known)) };
    },
    refresh: () => configuration.refresh(),
  };
}
