import { ListFlowsCommand, type ListFlowsCommandInput } from '@aws-sdk/client-appflow';
import type { Conformance } from '../wire-case.ts';

const bothFlows = {
  status: 200,
  body: '{"flows":[{"flowArn":"arn:aws:appflow:eu-west-1:123456789012:flow/nightly","description":"All that was booked","flowName":"nightly","flowStatus":"Suspended","sourceConnectorType":"CustomConnector","sourceConnectorLabel":"Ledger","destinationConnectorType":"S3","triggerType":"Scheduled","createdAt":1769904000,"lastUpdatedAt":1769904001,"createdBy":"bookkeeper","lastUpdatedBy":"auditor","tags":{"team":"books"},"lastRunExecutionDetails":{"mostRecentExecutionMessage":"No such field.","mostRecentExecutionTime":1769997604.5,"mostRecentExecutionStatus":"Error"}},{"flowArn":"arn:aws:appflow:eu-west-1:123456789012:flow/accounts","flowName":"accounts","flowStatus":"Active","sourceConnectorType":"Salesforce","destinationConnectorType":"Zendesk","triggerType":"OnDemand","createdAt":1767225600,"lastUpdatedAt":1767225600,"createdBy":"local-appflow","lastUpdatedBy":"local-appflow"}]}',
};

export const listFlows: Conformance = {
  name: 'ListFlows',
  path: '/list-flows',
  send: (client, input) => client.send(new ListFlowsCommand(input as ListFlowsCommandInput)),
  successes: [
    { what: 'the flows, without entities and tasks', request: { input: {} }, answer: bothFlows },
    { what: 'a page that holds them all', request: { input: { maxResults: 2 } }, answer: bothFlows },
    {
      what: 'explicit nulls and unknown members',
      request: { body: '{"maxResults":null,"nextToken":null,"flowName":7}' },
      answer: bothFlows,
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
      what: 'less than no room for a page',
      request: { input: { maxResults: -1 } },
      answer: {
        status: 400,
        error: 'ValidationException',
        body: '{"message":"1 validation error detected: Value \'-1\' at \'maxResults\' failed to satisfy constraint: Member must have value greater than or equal to 1"}',
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
      what: 'a token nobody answered',
      request: { input: { nextToken: 'nightly' } },
      answer: {
        status: 400,
        error: 'ValidationException',
        body: '{"message":"nextToken must be one this operation answered for the same arguments within the last 15 minutes."}',
      },
    },
    {
      what: 'a page size that is a truth',
      request: { body: '{"maxResults":true}' },
      answer: {
        status: 400,
        error: 'SerializationException',
        body: '{"message":"maxResults must be a whole JSON number of 32 bits, got a boolean."}',
      },
    },
    {
      what: 'a token in a map',
      request: { body: '{"nextToken":{"nextToken":"x"}}' },
      answer: {
        status: 400,
        error: 'SerializationException',
        body: '{"message":"nextToken must be a JSON string, got an object."}',
      },
    },
    {
      what: 'two breaches, named in the order of the model',
      request: { input: { nextToken: '', maxResults: 0 } },
      answer: {
        status: 400,
        error: 'ValidationException',
        body: "{\"message\":\"2 validation errors detected: Value '0' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 1; Value '' at 'nextToken' failed to satisfy constraint: Member must satisfy regular expression pattern: \\\\S+\"}",
      },
    },
  ],
};
