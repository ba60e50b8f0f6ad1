/** From a connector's own configuration, in the shapes of AWS's connector SDK, to what AppFlow's API says about a connector. */
import type {
  AuthenticationConfig,
  AuthParameter,
  ConnectorConfiguration,
  ConnectorDetail,
  ConnectorRuntimeSetting,
} from '../wire.ts';
import {
  connectorModes,
  dataTransferTypes,
  operators,
  schedulingFrequencies,
  writeOperations,
} from './appflow-values.ts';
import type { SdkConfiguration, SdkParameter } from './connector-protocol.ts';
import { knownOf } from './from-connector.ts';
import { fitDescription, fitLabel } from './output-limits.ts';

const triggerTypes: Readonly<Record<string, string>> = { SCHEDULED: 'Scheduled', EVENT: 'Event', ONDEMAND: 'OnDemand' };

/** The part of a connector's line in lists that the connector itself knows; empty where it is silent. */
export function toDetail(answer: SdkConfiguration): Partial<ConnectorDetail> {
  const modes = knownOf(answer.connectorModes ?? [], connectorModes);
  const transfers = knownOf(answer.supportedDataTransferTypes ?? [], dataTransferTypes);
  return {
    ...(answer.connectorName && { connectorName: answer.connectorName }),
    ...(answer.connectorOwner && { connectorOwner: answer.connectorOwner }),
    ...(answer.connectorVersion && { connectorVersion: answer.connectorVersion }),
    ...(modes.length > 0 && { connectorModes: modes }),
    ...(transfers.length > 0 && { supportedDataTransferTypes: transfers }),
  };
}

/** The part of a connector's configuration that the connector itself knows; empty where it is silent. */
export function toConfiguration(answer: SdkConfiguration): Partial<ConnectorConfiguration> {
  const detail = toDetail(answer);
  const { connectorModes: modes } = detail;
  const { supportedApiVersions: versions, logoURL, authenticationConfig, connectorRuntimeSetting } = answer;
  return {
    ...detail,
    ...(modes && { canUseAsSource: modes.includes('SOURCE'), canUseAsDestination: modes.includes('DESTINATION') }),
    ...(versions && { supportedApiVersions: versions }),
    ...toOperations(answer),
    ...(authenticationConfig && { authenticationConfig: toAuthentication(authenticationConfig) }),
    ...(connectorRuntimeSetting && { connectorRuntimeSettings: connectorRuntimeSetting.map(toRuntimeSetting) }),
    ...(logoURL && { logoURL }),
  };
}

function toOperations(answer: SdkConfiguration): Partial<ConnectorConfiguration> {
  const { operatorsSupported, triggerFrequenciesSupported, supportedTriggerTypes, supportedWriteOperations } = answer;
  return {
    ...(operatorsSupported && { supportedOperators: knownOf(operatorsSupported, operators) }),
    ...(triggerFrequenciesSupported && {
      supportedSchedulingFrequencies: knownOf(triggerFrequenciesSupported, schedulingFrequencies),
    }),
    ...(supportedTriggerTypes && { supportedTriggerTypes: supportedTriggerTypes.flatMap(toTriggerType) }),
    ...(supportedWriteOperations && {
      supportedWriteOperations: knownOf(supportedWriteOperations, writeOperations),
    }),
  };
}

function toTriggerType(written: string): string[] {
  const type = Object.hasOwn(triggerTypes, written) ? triggerTypes[written] : undefined;
  return type === undefined ? [] : [type];
}

function toAuthentication(written: NonNullable<SdkConfiguration['authenticationConfig']>): AuthenticationConfig {
  const { oAuth2Defaults, customAuthConfig } = written;
  return {
    isBasicAuthSupported: written.isBasicAuthSupported ?? false,
    isApiKeyAuthSupported: written.isApiKeyAuthSupported ?? false,
    isOAuth2Supported: written.isOAuth2Supported ?? false,
    isCustomAuthSupported: written.isCustomAuthSupported ?? false,
    ...(oAuth2Defaults && { oAuth2Defaults: toOAuth2Defaults(oAuth2Defaults) }),
    ...(customAuthConfig && {
      customAuthConfigs: customAuthConfig.map(({ authenticationType, authParameters }) => ({
        ...(authenticationType && { customAuthenticationType: authenticationType }),
        authParameters: (authParameters ?? []).map(toAuthParameter),
      })),
    }),
  };
}

type OAuth2Defaults = NonNullable<NonNullable<SdkConfiguration['authenticationConfig']>['oAuth2Defaults']>;

function toOAuth2Defaults(written: OAuth2Defaults): NonNullable<AuthenticationConfig['oAuth2Defaults']> {
  const { oAuth2CustomProperties } = written;
  return {
    oauthScopes: written.oAuthScopes ?? [],
    tokenUrls: written.tokenURL ?? [],
    authCodeUrls: written.authURL ?? [],
    oauth2GrantTypesSupported: written.oAuth2GrantTypesSupported ?? [],
    ...(oAuth2CustomProperties && {
      oauth2CustomProperties: oAuth2CustomProperties.map(({ type, ...parameter }) => ({
        ...toAuthParameter(parameter),
        ...(type && { type }),
      })),
    }),
  };
}

function toAuthParameter(written: SdkParameter): AuthParameter {
  const { connectorSuppliedValues } = written;
  return {
    ...toNamed(written),
    isSensitiveField: written.sensitiveField ?? false,
    ...(connectorSuppliedValues && { connectorSuppliedValues }),
  };
}

type SdkRuntimeSetting = NonNullable<SdkConfiguration['connectorRuntimeSetting']>[number];

function toRuntimeSetting(written: SdkRuntimeSetting): ConnectorRuntimeSetting {
  const { dataType, scope, connectorSuppliedValueOptions } = written;
  return {
    ...toNamed(written),
    ...(dataType && { dataType }),
    ...(scope && { scope }),
    ...(connectorSuppliedValueOptions && { connectorSuppliedValueOptions }),
  };
}

function toNamed({
  key,
  required,
  label,
  description,
}: Pick<SdkParameter, 'key' | 'required' | 'label' | 'description'>) {
  return {
    ...(key && { key }),
    isRequired: required ?? false,
    ...(label && { label: fitLabel(label) }),
    ...(description && { description: fitDescription(description) }),
  };
}
