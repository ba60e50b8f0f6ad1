import { z } from 'zod';
import { oAuth2GrantTypes } from './appflow-values.ts';
import { expected } from './expected.ts';
import { outputLimits } from './output-limits.ts';
import { limitedText, mapOf, oneOf, scalarText } from './schema-parts.ts';

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

/** How users of a custom connector sign in, member for member as AppFlow shows it; a flag that is left out is false. */
export const authenticationConfigSchema = mapOf('a map describing the authentication', {
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

/** The settings a custom connector takes, member for member as AppFlow shows them. */
export const runtimeSettingsSchema = listOf(
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

function listOf<T extends z.core.SomeType>(what: string, element: T) {
  return z.array(element, expected(`a list of ${what}`)).optional();
}
