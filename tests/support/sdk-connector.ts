import type { LambdaEvent, LambdaHandler } from './stub-lambda.ts';

/** What a connector's application holds; a test may change it. */
export interface SdkApplication {
  /** Names by parent, `""` being the top level; a name that is a parent itself has nested entities. */
  entities: Readonly<Record<string, readonly string[]>>;
  /** Fields by entity. */
  fields: Readonly<Record<string, readonly object[]>>;
  /** Entities a page; default all. */
  pageSize?: number;
  cacheControl?: object | null;
  /** Members of the configuration that differ from the usual ones. */
  configuration?: object;
}

const absent = { errorDetails: null, nextToken: null, cacheControl: null };

/**
 * A connector as one built with AWS's SDK answers: explicit nulls for what is absent, `isSuccess` in every answer, and an error of
 * the function for what it does not understand.
 */
export function createSdkConnector(application: SdkApplication): LambdaHandler {
  return event => {
    requireContext(event);
    if (event['type'] === 'ListEntitiesRequest') return listEntities(application, event);
    if (event['type'] === 'DescribeEntityRequest') return describeEntity(application, event);
    if (event['type'] === 'DescribeConnectorConfigurationRequest') return configurationOf(application);
    throw new Error('Exception while processing the request');
  };
}

/** A field as the SDK writes one of which only name and type are given. */
export function aSdkField(fieldName: string, given: object = {}): object {
  return {
    fieldName,
    dataType: 'String',
    dataTypeLabel: 'text',
    label: null,
    description: null,
    isPrimaryKey: false,
    defaultValue: null,
    isDeprecated: false,
    constraints: null,
    readProperties: null,
    writeProperties: null,
    filterOperators: ['CONTAINS', 'EQUAL_TO', 'NOT_EQUAL_TO'],
    customProperties: null,
    ...given,
  };
}

/** An answer that says the operation failed. */
export function aRefusal(errorCode: string, errorMessage: string, retryAfterSeconds: number | null = null): object {
  return {
    isSuccess: false,
    errorDetails: { errorCode, errorMessage, retryAfterSeconds },
    entities: null,
    entityDefinition: null,
    nextToken: null,
    cacheControl: null,
  };
}

/** The Python SDK does not get along with explicit nulls, without a version, or with credentials of an unsaid kind. */
function requireContext(event: LambdaEvent): void {
  if (Object.values(event).includes(null)) throw new Error('null');
  if (event['type'] === 'DescribeConnectorConfigurationRequest') return;
  const { apiVersion, credentials } = event['connectorContext'] as Readonly<Record<string, object>>;
  if (typeof apiVersion !== 'string') throw new Error('ConnectorContext is missing required parameters');
  if (credentials && !('authenticationType' in credentials)) throw new Error('None');
}

function listEntities(application: SdkApplication, event: LambdaEvent): object {
  const path = String(event['entitiesPath'] ?? '');
  const names = application.entities[path];
  if (!names) return aRefusal('ResourceNotFoundError', `no ${path}`);
  const start = Number(event['nextToken'] ?? 0);
  const end = start + (application.pageSize ?? names.length);
  return {
    ...absent,
    isSuccess: true,
    entities: names.slice(start, end).map(name => toEntity(application, name)),
    nextToken: end < names.length ? String(end) : null,
    cacheControl: application.cacheControl ?? null,
  };
}

function describeEntity(application: SdkApplication, event: LambdaEvent): object {
  const name = String(event['entityIdentifier']);
  const fields = application.fields[name];
  if (!fields) return aRefusal('ResourceNotFoundError', `no ${name}`);
  const entityDefinition = { entity: toEntity(application, name), fields, customProperties: { a: 'b' } };
  return { ...absent, isSuccess: true, entityDefinition, cacheControl: application.cacheControl ?? null };
}

function toEntity({ entities }: SdkApplication, name: string): object {
  const label = `${name} label`;
  return { entityIdentifier: name, hasNestedEntities: name in entities, isWritable: null, label, description: null };
}

function configurationOf({ configuration }: SdkApplication): object {
  return {
    isSuccess: true,
    errorDetails: null,
    connectorOwner: 'ACME',
    connectorName: 'Ledger',
    connectorVersion: '3.1',
    connectorModes: ['SOURCE'],
    authenticationConfig: {
      isBasicAuthSupported: null,
      isApiKeyAuthSupported: true,
      isOAuth2Supported: true,
      isCustomAuthSupported: null,
      oAuth2Defaults: {
        tokenURL: ['https://acme.example/token'],
        authURL: ['https://acme.example/auth'],
        oAuth2GrantTypesSupported: ['CLIENT_CREDENTIALS'],
        oAuthScopes: null,
      },
      customAuthConfig: null,
    },
    supportedApiVersions: ['v1', 'v2'],
    connectorRuntimeSetting: [
      {
        key: 'tenant',
        dataType: 'String',
        required: true,
        label: 'Tenant',
        description: 'Which tenant',
        scope: 'CONNECTOR_PROFILE',
        connectorSuppliedValueOptions: null,
      },
    ],
    logoURL: null,
    operatorsSupported: ['EQUAL_TO', 'SOMETHING_NEWER'],
    triggerFrequenciesSupported: ['DAILY'],
    supportedTriggerTypes: ['SCHEDULED', 'ONDEMAND'],
    supportedWriteOperations: [],
    ...configuration,
  };
}
