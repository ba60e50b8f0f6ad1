/** The closed sets of AppFlow's API model that a catalogue may use (AWS: API model of 2020-08-23). */

export const operators = [
  'PROJECTION',
  'LESS_THAN',
  'GREATER_THAN',
  'CONTAINS',
  'BETWEEN',
  'LESS_THAN_OR_EQUAL_TO',
  'GREATER_THAN_OR_EQUAL_TO',
  'EQUAL_TO',
  'NOT_EQUAL_TO',
  'ADDITION',
  'MULTIPLICATION',
  'DIVISION',
  'SUBTRACTION',
  'MASK_ALL',
  'MASK_FIRST_N',
  'MASK_LAST_N',
  'VALIDATE_NON_NULL',
  'VALIDATE_NON_ZERO',
  'VALIDATE_NON_NEGATIVE',
  'VALIDATE_NUMERIC',
  'NO_OP',
] as const;

export const writeOperations = ['INSERT', 'UPSERT', 'UPDATE', 'DELETE'] as const;

export const triggerTypes = ['Scheduled', 'Event', 'OnDemand'] as const;

export const schedulingFrequencies = ['BYMINUTE', 'HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY', 'ONCE'] as const;

export const connectorModes = ['SOURCE', 'DESTINATION'] as const;

export const dataTransferTypes = ['RECORD', 'FILE'] as const;

export const connectionModes = ['Public', 'Private'] as const;

/** How a custom connector is told that it may sign in (AWS: connector SDK; the API itself spells them otherwise). */
export const authenticationTypes = ['BasicAuth', 'CustomAuth', 'OAuth2', 'ApiKey'] as const;

export const oAuth2GrantTypes = ['CLIENT_CREDENTIALS', 'AUTHORIZATION_CODE', 'JWT_BEARER'] as const;

export const dataTransferApiTypes = ['SYNC', 'ASYNC', 'AUTOMATIC'] as const;

export const salesforceTransferApis = ['AUTOMATIC', 'BULKV2', 'REST_SYNC'] as const;
