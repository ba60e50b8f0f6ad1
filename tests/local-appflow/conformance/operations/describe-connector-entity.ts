import { DescribeConnectorEntityCommand, type DescribeConnectorEntityCommandInput } from '@aws-sdk/client-appflow';
import type { Conformance } from '../wire-case.ts';

export const describeConnectorEntity: Conformance = {
  name: 'DescribeConnectorEntity',
  path: '/describe-connector-entity',
  send: (client, input) =>
    client.send(new DescribeConnectorEntityCommand(input as DescribeConnectorEntityCommandInput)),
  successes: [
    {
      what: 'the fields',
      request: { input: { connectorProfileName: 'sales', connectorEntityName: 'Account' } },
      answer: {
        status: 200,
        body: '{"connectorEntityFields":[{"identifier":"Id","label":"Account ID","isPrimaryKey":true,"isDeprecated":false,"supportedFieldTypeDetails":{"v1":{"fieldType":"id","filterOperators":["EQUAL_TO"],"supportedValues":[]}},"sourceProperties":{"isRetrievable":true,"isQueryable":true,"isTimestampFieldForIncrementalQueries":false},"destinationProperties":{"isCreatable":false,"isNullable":false,"isUpsertable":false,"isUpdatable":false,"isDefaultedOnCreate":true}}]}',
      },
    },
    {
      what: 'an entity without fields',
      request: { input: { connectorProfileName: 'sales', connectorEntityName: 'Note' } },
      answer: { status: 200, body: '{"connectorEntityFields":[]}' },
    },
  ],
  errors: [
    {
      what: 'no entity',
      request: { input: { connectorProfileName: 'sales' } },
      answer: {
        status: 400,
        error: 'ValidationException',
        body: '{"message":"1 validation error detected: Value null at \'connectorEntityName\' failed to satisfy constraint: Member must not be null"}',
      },
    },
    {
      what: 'a profile that does not exist',
      request: { input: { connectorEntityName: 'Account', connectorProfileName: 'nobody' } },
      answer: {
        status: 404,
        error: 'ResourceNotFoundException',
        body: '{"message":"Connector Profile with name nobody does not exist."}',
      },
    },
    {
      what: 'an entity that does not exist',
      request: { input: { connectorProfileName: 'sales', connectorEntityName: 'Nothing' } },
      answer: { status: 404, error: 'ResourceNotFoundException', body: '{"message":"Entity Nothing does not exist."}' },
    },
    {
      what: 'an application that refuses the credentials',
      request: { input: { connectorEntityName: 'Account', connectorProfileName: 'refusing' } },
      answer: {
        status: 401,
        error: 'ConnectorAuthenticationException',
        body: '{"message":"Error while communicating to connector: invalid client"}',
      },
    },
    {
      what: 'an application that fails',
      request: { input: { connectorEntityName: 'Account', connectorProfileName: 'failing' } },
      answer: {
        status: 400,
        error: 'ConnectorServerException',
        body: '{"message":"Error while communicating to connector: connection refused"}',
      },
    },
    {
      what: 'a registry that fails unforeseen',
      world: 'broken',
      request: { input: { connectorEntityName: 'Account', connectorProfileName: 'sales' } },
      answer: { status: 500, error: 'InternalServerException', body: '{"message":"An internal error occurred."}' },
    },
  ],
  malformed: [
    {
      what: 'a profile with a space',
      request: { input: { connectorProfileName: 'my sales', connectorEntityName: 'Account' } },
      answer: {
        status: 400,
        error: 'ValidationException',
        body: '{"message":"1 validation error detected: Value \'my sales\' at \'connectorProfileName\' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\\\w/!@#+=.-]+"}',
      },
    },
    {
      what: 'a type that does not exist',
      request: { input: { connectorType: 'Sales Force', connectorEntityName: 'Account' } },
      answer: {
        status: 400,
        error: 'ValidationException',
        body: '{"message":"1 validation error detected: Value \'Sales Force\' at \'connectorType\' failed to satisfy constraint: Member must satisfy enum value set: [Salesforce, Singular, Slack, Redshift, S3, Marketo, Googleanalytics, Zendesk, Servicenow, Datadog, Trendmicro, Snowflake, Dynatrace, Infornexus, Amplitude, Veeva, EventBridge, LookoutMetrics, Upsolver, Honeycode, CustomerProfiles, SAPOData, CustomConnector, Pardot]"}',
      },
    },
    {
      what: 'neither profile nor type',
      request: { input: { connectorEntityName: 'Account' } },
      answer: {
        status: 400,
        error: 'ValidationException',
        body: '{"message":"connectorProfileName is required unless connectorType is one of CustomerProfiles, EventBridge, LookoutMetrics, S3, Upsolver."}',
      },
    },
    {
      what: 'a version with a space',
      request: { input: { connectorProfileName: 'books', apiVersion: 'v 1', connectorEntityName: 'Account' } },
      answer: {
        status: 400,
        error: 'ValidationException',
        body: '{"message":"1 validation error detected: Value \'v 1\' at \'apiVersion\' failed to satisfy constraint: Member must satisfy regular expression pattern: \\\\S+"}',
      },
    },
    {
      what: 'a version the connector does not have',
      request: { input: { connectorProfileName: 'books', apiVersion: 'v3', connectorEntityName: 'Account' } },
      answer: {
        status: 400,
        error: 'ValidationException',
        body: '{"message":"apiVersion must be one the connector supports, v1 or v2, got v3."}',
      },
    },
    {
      what: 'a type that is not the profile’s',
      request: { input: { connectorProfileName: 'books', connectorType: 'Slack', connectorEntityName: 'Account' } },
      answer: {
        status: 400,
        error: 'ValidationException',
        body: '{"message":"connectorType must be the profile\'s own, CustomConnector, or left out, got Slack."}',
      },
    },
    {
      what: 'a name with a space',
      request: { input: { connectorProfileName: 'sales', connectorEntityName: 'my account' } },
      answer: {
        status: 400,
        error: 'ValidationException',
        body: '{"message":"1 validation error detected: Value \'my account\' at \'connectorEntityName\' failed to satisfy constraint: Member must satisfy regular expression pattern: \\\\S+"}',
      },
    },
    {
      what: 'everything wrong',
      request: { input: { apiVersion: '', connectorProfileName: ' ', connectorType: 'x', connectorEntityName: '' } },
      answer: {
        status: 400,
        error: 'ValidationException',
        body: "{\"message\":\"4 validation errors detected: Value '' at 'connectorEntityName' failed to satisfy constraint: Member must satisfy regular expression pattern: \\\\S+; Value 'x' at 'connectorType' failed to satisfy constraint: Member must satisfy enum value set: [Salesforce, Singular, Slack, Redshift, S3, Marketo, Googleanalytics, Zendesk, Servicenow, Datadog, Trendmicro, Snowflake, Dynatrace, Infornexus, Amplitude, Veeva, EventBridge, LookoutMetrics, Upsolver, Honeycode, CustomerProfiles, SAPOData, CustomConnector, Pardot]; Value ' ' at 'connectorProfileName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\\\w/!@#+=.-]+; Value '' at 'apiVersion' failed to satisfy constraint: Member must satisfy regular expression pattern: \\\\S+\"}",
      },
    },
    {
      what: 'a name that is an object',
      request: { body: '{"connectorEntityName":{}}' },
      answer: {
        status: 400,
        error: 'SerializationException',
        body: '{"message":"connectorEntityName must be a JSON string, got an object."}',
      },
    },
  ],
};
