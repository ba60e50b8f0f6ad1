import { ListConnectorsCommand, type ListConnectorsCommandInput } from '@aws-sdk/client-appflow';
import type { Conformance } from '../wire-case.ts';

export const listConnectors: Conformance = {
  name: 'ListConnectors',
  path: '/list-connectors',
  send: (client, input) => client.send(new ListConnectorsCommand(input as ListConnectorsCommandInput)),
  successes: [
    {
      what: 'the custom connectors',
      request: { input: {} },
      answer: {
        status: 200,
        body: '{"connectors":[{"connectorDescription":"The general ledger","connectorName":"Ledger","connectorOwner":"Books Ltd","connectorVersion":"2.1","applicationType":"CustomConnector","connectorType":"CustomConnector","connectorLabel":"Ledger","registeredAt":1767225600,"registeredBy":"books","connectorProvisioningType":"LAMBDA","connectorModes":["SOURCE"],"supportedDataTransferTypes":["RECORD"]}]}',
      },
    },
    {
      what: 'explicit nulls, unknown members and nesting',
      request: { body: '{"maxResults":null,"nextToken":null,"other":{"a":[{}]}}' },
      answer: {
        status: 200,
        body: '{"connectors":[{"connectorDescription":"The general ledger","connectorName":"Ledger","connectorOwner":"Books Ltd","connectorVersion":"2.1","applicationType":"CustomConnector","connectorType":"CustomConnector","connectorLabel":"Ledger","registeredAt":1767225600,"registeredBy":"books","connectorProvisioningType":"LAMBDA","connectorModes":["SOURCE"],"supportedDataTransferTypes":["RECORD"]}]}',
      },
    },
    {
      what: 'the last of two equal names',
      request: { body: '{"maxResults":0,"maxResults":1e1}' },
      answer: {
        status: 200,
        body: '{"connectors":[{"connectorDescription":"The general ledger","connectorName":"Ledger","connectorOwner":"Books Ltd","connectorVersion":"2.1","applicationType":"CustomConnector","connectorType":"CustomConnector","connectorLabel":"Ledger","registeredAt":1767225600,"registeredBy":"books","connectorProvisioningType":"LAMBDA","connectorModes":["SOURCE"],"supportedDataTransferTypes":["RECORD"]}]}',
      },
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
  ],
};
