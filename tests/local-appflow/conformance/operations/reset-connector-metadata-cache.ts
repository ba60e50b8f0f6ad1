import {
  ResetConnectorMetadataCacheCommand,
  type ResetConnectorMetadataCacheCommandInput,
} from '@aws-sdk/client-appflow';
import type { Conformance } from '../wire-case.ts';

export const resetConnectorMetadataCache: Conformance = {
  name: 'ResetConnectorMetadataCache',
  path: '/reset-connector-metadata-cache',
  send: (client, input) =>
    client.send(new ResetConnectorMetadataCacheCommand(input as ResetConnectorMetadataCacheCommandInput)),
  successes: [
    { what: 'names', request: { input: { connectorProfileName: 'sales' } }, answer: { status: 200, body: '{}' } },
    {
      what: 'details of an entity, whether it exists or not',
      request: { input: { connectorProfileName: 'sales', connectorEntityName: 'Nothing' } },
      answer: { status: 200, body: '{}' },
    },
    {
      what: 'names below a parent of a custom connector',
      request: { input: { connectorProfileName: 'books', entitiesPath: 'Entry', apiVersion: 'v1' } },
      answer: { status: 200, body: '{}' },
    },
    {
      what: 'a connector without profiles',
      request: { input: { connectorType: 'S3' } },
      answer: { status: 200, body: '{}' },
    },
  ],
  errors: [
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
      what: 'a profile that does not exist',
      request: { input: { connectorProfileName: 'nobody' } },
      answer: {
        status: 404,
        error: 'ResourceNotFoundException',
        body: '{"message":"Connector Profile with name nobody does not exist."}',
      },
    },
    {
      what: 'a fault that says so',
      world: 'conflicting',
      request: { input: { connectorProfileName: 'sales' } },
      answer: { status: 409, error: 'ConflictException', body: '{"message":"The profile is being changed."}' },
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
      what: 'no version for a custom connector',
      request: { input: { connectorProfileName: 'books' } },
      answer: {
        status: 400,
        error: 'ValidationException',
        body: '{"message":"apiVersion is required for a custom connector and for one with several API versions."}',
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
      what: 'a path with a colon',
      request: { input: { connectorProfileName: 'sales', entitiesPath: 'a:b' } },
      answer: {
        status: 400,
        error: 'ValidationException',
        body: '{"message":"1 validation error detected: Value \'a:b\' at \'entitiesPath\' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\\\s\\\\w/!@#+=,.-]*"}',
      },
    },
    {
      what: 'a path that is a number',
      request: { body: '{"entitiesPath":0}' },
      answer: {
        status: 400,
        error: 'SerializationException',
        body: '{"message":"entitiesPath must be a JSON string, got the number 0."}',
      },
    },
  ],
};
