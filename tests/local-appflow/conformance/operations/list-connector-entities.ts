import { ListConnectorEntitiesCommand, type ListConnectorEntitiesCommandInput } from '@aws-sdk/client-appflow';
import type { Conformance } from '../wire-case.ts';

export const listConnectorEntities: Conformance = {
  name: 'ListConnectorEntities',
  path: '/list-connector-entities',
  send: (client, input) => client.send(new ListConnectorEntitiesCommand(input as ListConnectorEntitiesCommandInput)),
  successes: [
    {
      what: 'the top level, by group',
      request: { input: { connectorProfileName: 'sales' } },
      answer: {
        status: 200,
        body: '{"connectorEntityMap":{"Standard":[{"name":"Account","label":"Accounts","hasNestedEntities":true}],"Custom":[{"name":"Visit__c","label":"Visit__c","hasNestedEntities":false}]}}',
      },
    },
    {
      what: 'below a parent',
      request: { input: { connectorProfileName: 'sales', entitiesPath: 'Account' } },
      answer: {
        status: 200,
        body: '{"connectorEntityMap":{"Objects":[{"name":"Note","label":"Note","hasNestedEntities":false}]}}',
      },
    },
    {
      what: 'a custom connector’s',
      request: {
        input: { connectorProfileName: 'books', connectorType: 'CustomConnector', apiVersion: 'v1', maxResults: 10000 },
      },
      answer: {
        status: 200,
        body: '{"connectorEntityMap":{"Objects":[{"name":"Entry","label":"Entry","hasNestedEntities":false}]}}',
      },
    },
    {
      what: 'nothing of a connector without entities',
      request: { input: { connectorType: 'S3' } },
      answer: { status: 200, body: '{"connectorEntityMap":{}}' },
    },
  ],
  errors: [
    {
      what: 'a value that breaks its pattern',
      request: { input: { connectorProfileName: 'sales', nextToken: 'a b' } },
      answer: {
        status: 400,
        error: 'ValidationException',
        body: '{"message":"1 validation error detected: Value \'a b\' at \'nextToken\' failed to satisfy constraint: Member must satisfy regular expression pattern: \\\\S+"}',
      },
    },
    {
      what: 'a profile that does not exist',
      request: { input: { connectorProfileName: 'nobody' } },
      answer: {
        status: 404,
        error: 'ResourceNotFoundException',
        body: '{"message":"Connector Profile with name nobody does not exist."}',
      },
    },
    {
      what: 'a parent that does not exist',
      request: { input: { connectorProfileName: 'sales', entitiesPath: 'Nothing' } },
      answer: { status: 404, error: 'ResourceNotFoundException', body: '{"message":"Entity Nothing does not exist."}' },
    },
    {
      what: 'an application that refuses the credentials',
      request: { input: { connectorProfileName: 'refusing' } },
      answer: {
        status: 401,
        error: 'ConnectorAuthenticationException',
        body: '{"message":"Error while communicating to connector: invalid client"}',
      },
    },
    {
      what: 'an application that fails',
      request: { input: { connectorProfileName: 'failing' } },
      answer: {
        status: 400,
        error: 'ConnectorServerException',
        body: '{"message":"Error while communicating to connector: connection refused"}',
      },
    },
    {
      what: 'a registry that fails unforeseen',
      world: 'broken',
      request: { input: { connectorProfileName: 'sales' } },
      answer: { status: 500, error: 'InternalServerException', body: '{"message":"An internal error occurred."}' },
    },
  ],
  malformed: [
    {
      what: 'no room for a page',
      request: { input: { maxResults: 0, connectorProfileName: 'sales' } },
      answer: {
        status: 400,
        error: 'ValidationException',
        body: '{"message":"1 validation error detected: Value \'0\' at \'maxResults\' failed to satisfy constraint: Member must have value greater than or equal to 1"}',
      },
    },
    {
      what: 'a page too large',
      request: { input: { maxResults: 10001, connectorProfileName: 'sales' } },
      answer: {
        status: 400,
        error: 'ValidationException',
        body: '{"message":"1 validation error detected: Value \'10001\' at \'maxResults\' failed to satisfy constraint: Member must have value less than or equal to 10000"}',
      },
    },
    {
      what: 'an empty token',
      request: { input: { nextToken: '', connectorProfileName: 'sales' } },
      answer: {
        status: 400,
        error: 'ValidationException',
        body: '{"message":"1 validation error detected: Value \'\' at \'nextToken\' failed to satisfy constraint: Member must satisfy regular expression pattern: \\\\S+"}',
      },
    },
    {
      what: 'a token nobody answered',
      request: { input: { nextToken: 'x', connectorProfileName: 'sales' } },
      answer: {
        status: 400,
        error: 'ValidationException',
        body: '{"message":"nextToken must be one this operation answered for the same arguments within the last 15 minutes."}',
      },
    },
    {
      what: 'a page size as text',
      request: { body: '{"maxResults":"10"}' },
      answer: {
        status: 400,
        error: 'SerializationException',
        body: '{"message":"maxResults must be a whole JSON number of 32 bits, got a string."}',
      },
    },
    {
      what: 'a page size that is not whole',
      request: { body: '{"maxResults":1.5}' },
      answer: {
        status: 400,
        error: 'SerializationException',
        body: '{"message":"maxResults must be a whole JSON number of 32 bits, got the number 1.5."}',
      },
    },
    {
      what: 'a page size of more than 32 bits',
      request: { body: '{"maxResults":2147483648}' },
      answer: {
        status: 400,
        error: 'SerializationException',
        body: '{"message":"maxResults must be a whole JSON number of 32 bits, got the number 2147483648."}',
      },
    },
    {
      what: 'a token that is a number',
      request: { body: '{"nextToken":5}' },
      answer: {
        status: 400,
        error: 'SerializationException',
        body: '{"message":"nextToken must be a JSON string, got the number 5."}',
      },
    },
    {
      what: 'two breaches, named in the order of the model',
      request: { input: { nextToken: ' ', maxResults: 0, connectorProfileName: 'sales' } },
      answer: {
        status: 400,
        error: 'ValidationException',
        body: "{\"message\":\"2 validation errors detected: Value '0' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 1; Value ' ' at 'nextToken' failed to satisfy constraint: Member must satisfy regular expression pattern: \\\\S+\"}",
      },
    },
    {
      what: 'a profile with a space',
      request: { input: { connectorProfileName: 'my sales' } },
      answer: {
        status: 400,
        error: 'ValidationException',
        body: '{"message":"1 validation error detected: Value \'my sales\' at \'connectorProfileName\' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\\\w/!@#+=.-]+"}',
      },
    },
    {
      what: 'a type that does not exist',
      request: { input: { connectorType: 'Sales Force' } },
      answer: {
        status: 400,
        error: 'ValidationException',
        body: '{"message":"1 validation error detected: Value \'Sales Force\' at \'connectorType\' failed to satisfy constraint: Member must satisfy enum value set: [Salesforce, Singular, Slack, Redshift, S3, Marketo, Googleanalytics, Zendesk, Servicenow, Datadog, Trendmicro, Snowflake, Dynatrace, Infornexus, Amplitude, Veeva, EventBridge, LookoutMetrics, Upsolver, Honeycode, CustomerProfiles, SAPOData, CustomConnector, Pardot]"}',
      },
    },
    {
      what: 'neither profile nor type',
      request: { input: {} },
      answer: {
        status: 400,
        error: 'ValidationException',
        body: '{"message":"connectorProfileName is required unless connectorType is one of CustomerProfiles, EventBridge, LookoutMetrics, S3, Upsolver."}',
      },
    },
    {
      what: 'a version with a space',
      request: { input: { connectorProfileName: 'books', apiVersion: 'v 1' } },
      answer: {
        status: 400,
        error: 'ValidationException',
        body: '{"message":"1 validation error detected: Value \'v 1\' at \'apiVersion\' failed to satisfy constraint: Member must satisfy regular expression pattern: \\\\S+"}',
      },
    },
    {
      what: 'a version the connector does not have',
      request: { input: { connectorProfileName: 'books', apiVersion: 'v3' } },
      answer: {
        status: 400,
        error: 'ValidationException',
        body: '{"message":"apiVersion must be one the connector supports, v1 or v2, got v3."}',
      },
    },
    {
      what: 'a type that is not the profile’s',
      request: { input: { connectorProfileName: 'books', connectorType: 'Slack' } },
      answer: {
        status: 400,
        error: 'ValidationException',
        body: '{"message":"connectorType must be the profile\'s own, CustomConnector, or left out, got Slack."}',
      },
    },
    {
      what: 'a path with a colon',
      request: { input: { connectorProfileName: 'sales', entitiesPath: 'a:b' } },
      answer: {
        status: 400,
        error: 'ValidationException',
        body: '{"message":"1 validation error detected: Value \'a:b\' at \'entitiesPath\' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\\\s\\\\w/!@#+=,.-]*"}',
      },
    },
  ],
};
