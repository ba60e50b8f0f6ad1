import { DescribeConnectorProfilesCommand, type DescribeConnectorProfilesCommandInput } from '@aws-sdk/client-appflow';
import type { Conformance } from '../wire-case.ts';

export const describeConnectorProfiles: Conformance = {
  name: 'DescribeConnectorProfiles',
  path: '/describe-connector-profiles',
  send: (client, input) =>
    client.send(new DescribeConnectorProfilesCommand(input as DescribeConnectorProfilesCommandInput)),
  successes: [
    {
      what: 'a profile, and none for a name that does not exist',
      request: { input: { connectorProfileNames: ['books', 'nobody'] } },
      answer: {
        status: 200,
        body: '{"connectorProfileDetails":[{"connectorProfileArn":"arn:aws:appflow:eu-west-1:123456789012:connectorprofile/books","connectorProfileName":"books","connectionMode":"Public","credentialsArn":"arn:aws:secretsmanager:eu-west-1:123456789012:secret:books","createdAt":1767225600,"lastUpdatedAt":1767225601.5,"connectorType":"CustomConnector","connectorLabel":"Ledger"}]}',
      },
    },
    {
      what: 'nothing of a type without profiles',
      request: { input: { connectorType: 'Slack' } },
      answer: { status: 200, body: '{"connectorProfileDetails":[]}' },
    },
  ],
  errors: [
    {
      what: 'a value that breaks its pattern',
      request: { input: { nextToken: 'a b' } },
      answer: {
        status: 400,
        error: 'ValidationException',
        body: '{"message":"1 validation error detected: Value \'a b\' at \'nextToken\' failed to satisfy constraint: Member must satisfy regular expression pattern: \\\\S+"}',
      },
    },
    {
      what: 'a registry that fails unforeseen',
      world: 'broken',
      request: { input: {} },
      answer: { status: 500, error: 'InternalServerException', body: '{"message":"An internal error occurred."}' },
    },
  ],
  malformed: [
    {
      what: 'no room for a page',
      request: { input: { maxResults: 0 } },
      answer: {
        status: 400,
        error: 'ValidationException',
        body: '{"message":"1 validation error detected: Value \'0\' at \'maxResults\' failed to satisfy constraint: Member must have value greater than or equal to 1"}',
      },
    },
    {
      what: 'a page too large',
      request: { input: { maxResults: 101 } },
      answer: {
        status: 400,
        error: 'ValidationException',
        body: '{"message":"1 validation error detected: Value \'101\' at \'maxResults\' failed to satisfy constraint: Member must have value less than or equal to 100"}',
      },
    },
    {
      what: 'an empty token',
      request: { input: { nextToken: '' } },
      answer: {
        status: 400,
        error: 'ValidationException',
        body: '{"message":"1 validation error detected: Value \'\' at \'nextToken\' failed to satisfy constraint: Member must satisfy regular expression pattern: \\\\S+"}',
      },
    },
    {
      what: 'a token nobody answered',
      request: { input: { nextToken: 'x' } },
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
      request: { input: { nextToken: ' ', maxResults: 0 } },
      answer: {
        status: 400,
        error: 'ValidationException',
        body: "{\"message\":\"2 validation errors detected: Value '0' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 1; Value ' ' at 'nextToken' failed to satisfy constraint: Member must satisfy regular expression pattern: \\\\S+\"}",
      },
    },
    {
      what: 'names with a space',
      request: { input: { connectorProfileNames: ['books', 'my sales'] } },
      answer: {
        status: 400,
        error: 'ValidationException',
        body: '{"message":"1 validation error detected: Value \'[books, my sales]\' at \'connectorProfileNames\' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 256, Member must satisfy regular expression pattern: [\\\\w/!@#+=.-]+]"}',
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
      what: 'a name not in a list',
      request: { body: '{"connectorProfileNames":"books"}' },
      answer: {
        status: 400,
        error: 'SerializationException',
        body: '{"message":"connectorProfileNames must be a JSON array of strings, got a string."}',
      },
    },
    {
      what: 'a name in a list in a list',
      request: { body: '{"connectorProfileNames":[["books"]]}' },
      answer: {
        status: 400,
        error: 'SerializationException',
        body: '{"message":"connectorProfileNames must be a JSON array of strings, got other elements."}',
      },
    },
    {
      what: 'a label that is an object',
      request: { body: '{"connectorLabel":{}}' },
      answer: {
        status: 400,
        error: 'SerializationException',
        body: '{"message":"connectorLabel must be a JSON string, got an object."}',
      },
    },
  ],
};
