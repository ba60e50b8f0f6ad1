import { DescribeConnectorCommand, type DescribeConnectorCommandInput } from '@aws-sdk/client-appflow';
import type { Conformance } from '../wire-case.ts';

export const describeConnector: Conformance = {
  name: 'DescribeConnector',
  path: '/describe-connector',
  send: (client, input) => client.send(new DescribeConnectorCommand(input as DescribeConnectorCommandInput)),
  successes: [
    {
      what: 'a custom connector',
      request: { input: { connectorType: 'CustomConnector', connectorLabel: 'Ledger' } },
      answer: {
        status: 200,
        body: '{"connectorConfiguration":{"connectorDescription":"The general ledger","connectorName":"Ledger","connectorOwner":"Books Ltd","connectorVersion":"2.1","connectorType":"CustomConnector","connectorLabel":"Ledger","registeredAt":1767225600,"registeredBy":"books","connectorProvisioningType":"LAMBDA","connectorModes":["SOURCE"],"supportedDataTransferTypes":["RECORD"],"canUseAsSource":true,"canUseAsDestination":false,"supportedDestinationConnectors":["S3","CustomConnector","Salesforce"],"supportedSchedulingFrequencies":["DAILY"],"isPrivateLinkEnabled":false,"isPrivateLinkEndpointUrlRequired":false,"supportedTriggerTypes":["OnDemand"],"connectorArn":"arn:aws:appflow:eu-west-1:123456789012:connector/Ledger","authenticationConfig":{"isBasicAuthSupported":false,"isApiKeyAuthSupported":true,"isOAuth2Supported":false,"isCustomAuthSupported":false},"supportedApiVersions":["v1","v2"],"supportedOperators":["PROJECTION","LESS_THAN","GREATER_THAN","CONTAINS","BETWEEN","LESS_THAN_OR_EQUAL_TO","GREATER_THAN_OR_EQUAL_TO","EQUAL_TO","NOT_EQUAL_TO","ADDITION","MULTIPLICATION","DIVISION","SUBTRACTION","MASK_ALL","MASK_FIRST_N","MASK_LAST_N","VALIDATE_NON_NULL","VALIDATE_NON_ZERO","VALIDATE_NON_NEGATIVE","VALIDATE_NUMERIC","NO_OP"],"connectorProvisioningConfig":{"lambda":{"lambdaArn":"arn:aws:lambda:eu-west-1:123456789012:function:ledger"}}}}',
      },
    },
  ],
  errors: [
    {
      what: 'no type',
      request: { input: {} },
      answer: {
        status: 400,
        error: 'ValidationException',
        body: '{"message":"1 validation error detected: Value null at \'connectorType\' failed to satisfy constraint: Member must not be null"}',
      },
    },
    {
      what: 'a label that is not registered',
      request: { input: { connectorType: 'CustomConnector', connectorLabel: 'Nothing' } },
      answer: {
        status: 404,
        error: 'ResourceNotFoundException',
        body: '{"message":"Connector:Nothing is not registered."}',
      },
    },
    {
      what: 'a registry that fails unforeseen',
      world: 'broken',
      request: { input: { connectorType: 'Salesforce' } },
      answer: { status: 500, error: 'InternalServerException', body: '{"message":"An internal error occurred."}' },
    },
  ],
  malformed: [
    {
      what: 'no type',
      request: { input: { connectorLabel: 'Ledger' } },
      answer: {
        status: 400,
        error: 'ValidationException',
        body: '{"message":"1 validation error detected: Value null at \'connectorType\' failed to satisfy constraint: Member must not be null"}',
      },
    },
    {
      what: 'a type that is null',
      request: { body: '{"connectorType":null}' },
      answer: {
        status: 400,
        error: 'ValidationException',
        body: '{"message":"1 validation error detected: Value null at \'connectorType\' failed to satisfy constraint: Member must not be null"}',
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
      what: 'a label too short for its pattern',
      request: { input: { connectorType: 'CustomConnector', connectorLabel: 'L' } },
      answer: {
        status: 400,
        error: 'ValidationException',
        body: '{"message":"1 validation error detected: Value \'L\' at \'connectorLabel\' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9][\\\\w!@#.-]+"}',
      },
    },
    {
      what: 'all wrong',
      request: { input: { connectorType: '', connectorLabel: '' } },
      answer: {
        status: 400,
        error: 'ValidationException',
        body: "{\"message\":\"2 validation errors detected: Value '' at 'connectorType' failed to satisfy constraint: Member must satisfy enum value set: [Salesforce, Singular, Slack, Redshift, S3, Marketo, Googleanalytics, Zendesk, Servicenow, Datadog, Trendmicro, Snowflake, Dynatrace, Infornexus, Amplitude, Veeva, EventBridge, LookoutMetrics, Upsolver, Honeycode, CustomerProfiles, SAPOData, CustomConnector, Pardot]; Value '' at 'connectorLabel' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9][\\\\w!@#.-]+\"}",
      },
    },
    {
      what: 'a custom connector without its label',
      request: { input: { connectorType: 'CustomConnector' } },
      answer: {
        status: 400,
        error: 'ValidationException',
        body: '{"message":"connectorLabel is required when connectorType is CustomConnector."}',
      },
    },
    {
      what: 'a type in a list',
      request: { body: '{"connectorType":["Salesforce"]}' },
      answer: {
        status: 400,
        error: 'SerializationException',
        body: '{"message":"connectorType must be a JSON string, got an array."}',
      },
    },
    {
      what: 'a label that is a truth',
      request: { body: '{"connectorType":"S3","connectorLabel":true}' },
      answer: {
        status: 400,
        error: 'SerializationException',
        body: '{"message":"connectorLabel must be a JSON string, got a boolean."}',
      },
    },
  ],
};
