import {
  type AuthenticationConfig,
  type AuthParameter,
  type ConnectorConfiguration,
  type ConnectorRuntimeSetting,
  DataTransferApiType,
  OAuth2CustomPropType,
  type OAuth2Defaults,
  OAuth2GrantType,
  Operators,
  SalesforceDataTransferApi,
} from '@aws-sdk/client-appflow';
import { carriedWords } from './carried-words.ts';
import { type CatalogLimit, fits } from './catalog-limits.ts';
import type { CatalogMap } from './catalog-value.ts';
import type { Lose } from './to-catalog-field.ts';

const operators: ReadonlySet<string> = new Set(Object.values(Operators));
const grantTypes: ReadonlySet<string> = new Set(Object.values(OAuth2GrantType));
const salesforceApis: ReadonlySet<string> = new Set(Object.values(SalesforceDataTransferApi));
const apiTypes: ReadonlySet<string> = new Set(Object.values(DataTransferApiType));
const propertyTypes: ReadonlySet<string> = new Set(Object.values(OAuth2CustomPropType));
const scopes: ReadonlySet<string> = new Set(['CONNECTOR_PROFILE', 'SOURCE', 'DESTINATION', 'SOURCE_AND_DESTINATION']);

/**
 * What a connector says of signing in and of how it is asked. Where AppFlow says nothing but local AppFlow would, the catalogue has
 * false or an empty list, which both mean nothing. It describes how to sign in and holds nobody's credentials.
 */
export function toCatalogSettings(configuration: ConnectorConfiguration, custom: boolean, lose: Lose): CatalogMap {
  const { authenticationConfig, connectorRuntimeSettings, supportedDataTransferApis } = configuration;
  const usualApis = custom ? undefined : [];
  const apis = supportedDataTransferApis?.flatMap(({ Name: name, Type: type }) => {
    if (name && type && fits(name, 'dataTransferApi') && apiTypes.has(type)) return [{ name, type }];
    lose('a data transfer API that has no name and type of those the catalogue knows');
    return [];
  });
  return {
    authenticationConfig: authenticationConfig ? toAuthentication(authenticationConfig, lose) : false,
    runtimeSettings: connectorRuntimeSettings?.flatMap(setting => toSetting(setting, lose)),
    operators: carriedWords(configuration.supportedOperators ?? [], operators, lose),
    dataTransferApis: apis ?? usualApis,
    ...toMetadata(configuration, custom, lose),
  };
}

function toAuthentication(config: AuthenticationConfig, lose: Lose): CatalogMap {
  const { oAuth2Defaults, customAuthConfigs } = config;
  return {
    isBasicAuthSupported: config.isBasicAuthSupported || undefined,
    isApiKeyAuthSupported: config.isApiKeyAuthSupported || undefined,
    isOAuth2Supported: config.isOAuth2Supported || undefined,
    isCustomAuthSupported: config.isCustomAuthSupported || undefined,
    oAuth2Defaults: oAuth2Defaults && toOAuth2Defaults(oAuth2Defaults, lose),
    customAuthConfigs: customAuthConfigs?.flatMap(({ customAuthenticationType, authParameters }) => {
      const type = carriedText(customAuthenticationType, 'settingType', lose);
      if (type === undefined) lose('a custom authentication without a type');
      const parameters = authParameters?.flatMap(parameter => toParameter(parameter, lose));
      return type === undefined ? [] : [{ customAuthenticationType: type, authParameters: parameters }];
    }),
  };
}

function toOAuth2Defaults(defaults: OAuth2Defaults, lose: Lose): CatalogMap {
  return {
    oauthScopes: carriedTexts(defaults.oauthScopes, 'oAuthScope', lose),
    tokenUrls: carriedTexts(defaults.tokenUrls, 'oAuthUrl', lose),
    authCodeUrls: carriedTexts(defaults.authCodeUrls, 'oAuthUrl', lose),
    oauth2GrantTypesSupported: carriedWords(defaults.oauth2GrantTypesSupported, grantTypes, lose),
    oauth2CustomProperties: defaults.oauth2CustomProperties?.flatMap(({ type, ...parameter }) =>
      toParameter(parameter, lose).map(carried => ({ ...carried, type: carriedWord(type, propertyTypes, lose) })),
    ),
  };
}

function toParameter(parameter: AuthParameter, lose: Lose): CatalogMap[] {
  return toNamed(parameter, lose).map(named => ({
    ...named,
    isSensitiveField: parameter.isSensitiveField || undefined,
    connectorSuppliedValues: carriedTexts(parameter.connectorSuppliedValues, 'suppliedValue', lose),
  }));
}

function toSetting(setting: ConnectorRuntimeSetting, lose: Lose): CatalogMap[] {
  return toNamed(setting, lose).map(named => ({
    ...named,
    dataType: carriedText(setting.dataType, 'settingType', lose),
    scope: carriedWord(setting.scope, scopes, lose),
    connectorSuppliedValueOptions: carriedTexts(setting.connectorSuppliedValueOptions, 'suppliedValue', lose),
  }));
}

type Named = Pick<AuthParameter, 'key' | 'isRequired' | 'label' | 'description'>;

/** None for one without a key: a catalogue wants one. */
function toNamed({ key, isRequired, label, description }: Named, lose: Lose): CatalogMap[] {
  const carriedKey = carriedText(key, 'settingKey', lose);
  if (carriedKey === undefined) lose('a parameter or setting without a key');
  const named = {
    key: carriedKey,
    isRequired: isRequired || undefined,
    label: carriedText(label, 'settingLabel', lose),
    description: carriedText(description, 'settingDescription', lose),
  };
  return carriedKey === undefined ? [] : [named];
}

/** AppFlow has them under a key of the connector, which follows from its type. No custom connector has any. */
function toMetadata({ connectorMetadata }: ConnectorConfiguration, custom: boolean, lose: Lose): CatalogMap {
  const [found] = Object.values(connectorMetadata ?? {}).filter(metadata => metadata !== undefined);
  if (custom) {
    if (found) lose('connectorMetadata');
    return {};
  }
  if (!found) return { metadata: false };
  const { oAuthScopes, dataTransferApis, oauth2GrantTypesSupported, supportedRegions, ...strange } = found;
  for (const name of Object.keys(strange)) lose(`${name} of its metadata`);
  const metadata = {
    oAuthScopes: carriedTexts(oAuthScopes, 'oAuthScope', lose),
    dataTransferApis: carriedWords(dataTransferApis, salesforceApis, lose),
    oauth2GrantTypesSupported: carriedWords(oauth2GrantTypesSupported, grantTypes, lose),
    supportedRegions: carriedTexts(supportedRegions, 'region', lose),
  };
  return { metadata };
}

function carriedText(text: string | undefined, limit: CatalogLimit, lose: Lose): string | undefined {
  if (text === undefined || fits(text, limit)) return text;
  lose(`${limit}, which is outside AppFlow's own limits`);
  return undefined;
}

function carriedTexts(texts: readonly string[] | undefined, limit: CatalogLimit, lose: Lose) {
  return texts?.filter(text => carriedText(text, limit, lose) !== undefined);
}

function carriedWord(word: string | undefined, known: ReadonlySet<string>, lose: Lose): string | undefined {
  return word === undefined ? undefined : carriedWords([word], known, lose)?.[0];
}
