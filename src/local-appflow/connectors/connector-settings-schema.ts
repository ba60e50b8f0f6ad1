import { z } from 'zod';
import { dataTransferApiTypes, oAuth2GrantTypes, operators, salesforceTransferApis } from './appflow-values.ts';
import { expected } from './expected.ts';
import { outputLimits } from './output-limits.ts';
import { limitedText, mapOf, oneOf, orFalse, scalarText } from './schema-parts.ts';

const flag = z.boolean(expected('true or false')).default(false);

/** What a parameter of an authentication and one of OAuth 2 have in common. */
const parameter = {
  key: limitedText(outputLimits.settingKey),
  isRequired: flag,
  label: limitedText(outputLimits.label).optional(),
  description: limitedText(outputLimits.description).optional(),
  isSensitiveField: flag,
  connectorSuppliedValues: listOf('supplied values', scalarText(outputLimits.suppliedValue)),
};

/** Member for member as AppFlow shows it; a flag that is left out is false. */
const authenticationConfig = mapOf('a map describing the authentication', {
  isBasicAuthSupported: flag,
  isApiKeyAuthSupported: flag,
  isOAuth2Supported: flag,
  isCustomAuthSupported: flag,
  oAuth2Defaults: mapOf('a map with the defaults of OAuth 2', {
    oauthScopes: listOf('scopes', limitedText(outputLimits.oAuthScope)),
    tokenUrls: listOf('URLs', limitedText(outputLimits.oAuthUrl)),
    authCodeUrls: listOf('URLs', limitedText(outputLimits.oAuthUrl)),
    oauth2GrantTypesSupported: listOf('grant types', oneOf(oAuth2GrantTypes)),
    oauth2CustomProperties: listOf(
      'custom properties',
      mapOf('a map describing a property', { ...parameter, type: oneOf(['TOKEN_URL', 'AUTH_URL']).optional() }),
    ),
  }).optional(),
  customAuthConfigs: listOf(
    'custom authentications',
    mapOf('a map describing an authentication', {
      customAuthenticationType: limitedText(outputLimits.settingType),
      authParameters: listOf('parameters', mapOf('a map describing a parameter', parameter)),
    }),
  ),
});

/** Member for member as AppFlow shows them. */
const runtimeSettings = listOf(
  'settings',
  mapOf('a map describing a setting', {
    key: limitedText(outputLimits.settingKey),
    dataType: limitedText(outputLimits.settingType).optional(),
    isRequired: flag,
    label: limitedText(outputLimits.label).optional(),
    description: limitedText(outputLimits.description).optional(),
    scope: oneOf(['CONNECTOR_PROFILE', 'SOURCE', 'DESTINATION', 'SOURCE_AND_DESTINATION']).optional(),
    connectorSuppliedValueOptions: listOf('supplied values', scalarText(outputLimits.suppliedValue)),
  }),
);

/**
 * What AWS's own connectors and custom ones say alike of signing in and of how they are asked. False and an empty list: AppFlow
 * says nothing of it.
 */
export const settingsMembers = {
  authenticationConfig: orFalse(authenticationConfig).optional(),
  runtimeSettings,
  operators: listOf('operators', oneOf(operators)),
  dataTransferApis: listOf(
    'APIs',
    mapOf('a map with name and type', {
      name: limitedText(outputLimits.dataTransferApi),
      type: oneOf(dataTransferApiTypes),
    }),
  ),
};

/** What AppFlow says of a few of AWS's own connectors, member for member, under no key of the connector's; false: nothing. */
export const metadataSchema = orFalse(
  mapOf('a map with metadata of the connector', {
    oAuthScopes: listOf('scopes', limitedText(outputLimits.oAuthScope)),
    dataTransferApis: listOf('APIs', oneOf(salesforceTransferApis)),
    oauth2GrantTypesSupported: listOf('grant types', oneOf(oAuth2GrantTypes)),
    supportedRegions: listOf('regions', limitedText(outputLimits.region)),
  }),
);

function listOf<T extends z.core.SomeType>(what: string, element: T) {
  return z.array(element, expected(`a list of ${what}`)).optional();
}
