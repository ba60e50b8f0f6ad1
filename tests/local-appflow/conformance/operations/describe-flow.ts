import { DescribeFlowCommand, type DescribeFlowCommandInput } from '@aws-sdk/client-appflow';
import type { Conformance } from '../wire-case.ts';

export const describeFlow: Conformance = {
  name: 'DescribeFlow',
  path: '/describe-flow',
  send: (client, input) => client.send(new DescribeFlowCommand(input as DescribeFlowCommandInput)),
  successes: [
    {
      what: 'a scheduled flow of a custom connector, with its last run',
      request: { input: { flowName: 'nightly' } },
      answer: {
        status: 200,
        body: '{"flowArn":"arn:aws:appflow:eu-west-1:123456789012:flow/nightly","description":"All that was booked","flowName":"nightly","flowStatus":"Suspended","sourceFlowConfig":{"connectorType":"CustomConnector","apiVersion":"v1","connectorProfileName":"books","sourceConnectorProperties":{"CustomConnector":{"entityName":"Entry"}},"incrementalPullConfig":{"datetimeTypeFieldName":"BookedAt"}},"destinationFlowConfigList":[{"connectorType":"S3","destinationConnectorProperties":{"S3":{"bucketName":"lake","bucketPrefix":"books","s3OutputFormatConfig":{"fileType":"PARQUET","prefixConfig":{}}}}}],"lastRunExecutionDetails":{"mostRecentExecutionMessage":"No such field.","mostRecentExecutionTime":1769997604.5,"mostRecentExecutionStatus":"Error"},"triggerConfig":{"triggerType":"Scheduled","triggerProperties":{"Scheduled":{"scheduleExpression":"rate(1days)","dataPullMode":"Incremental","scheduleStartTime":1769911200,"timezone":"UTC"}}},"tasks":[{"sourceFields":[],"connectorOperator":{"CustomConnector":"NO_OP"},"taskType":"Map_all","taskProperties":{"EXCLUDE_SOURCE_FIELDS_LIST":"[]"}}],"createdAt":1769904000,"lastUpdatedAt":1769904001,"createdBy":"bookkeeper","lastUpdatedBy":"auditor","tags":{"team":"books"},"schemaVersion":3}',
      },
    },
    {
      what: 'a flow between two profiles, as it is when little is said of it',
      request: { input: { flowName: 'accounts' } },
      answer: {
        status: 200,
        body: '{"flowArn":"arn:aws:appflow:eu-west-1:123456789012:flow/accounts","flowName":"accounts","flowStatus":"Active","sourceFlowConfig":{"connectorType":"Salesforce","connectorProfileName":"sales","sourceConnectorProperties":{"Salesforce":{"object":"Account","enableDynamicFieldUpdate":false,"includeDeletedRecords":false}}},"destinationFlowConfigList":[{"connectorType":"Zendesk","connectorProfileName":"helpdesk","destinationConnectorProperties":{"Zendesk":{"object":"organizations","idFieldNames":["external_id"],"writeOperationType":"UPSERT"}}}],"triggerConfig":{"triggerType":"OnDemand"},"tasks":[{"sourceFields":["Id"],"connectorOperator":{"Salesforce":"PROJECTION"},"taskType":"Filter"},{"sourceFields":["Id"],"connectorOperator":{"Salesforce":"NO_OP"},"destinationField":"external_id","taskType":"Map"}],"createdAt":1767225600,"lastUpdatedAt":1767225600,"createdBy":"local-appflow","lastUpdatedBy":"local-appflow"}',
      },
    },
  ],
  errors: [
    {
      what: 'a flow that does not exist',
      request: { input: { flowName: 'nobody' } },
      answer: {
        status: 404,
        error: 'ResourceNotFoundException',
        body: '{"message":"Flow with name nobody does not exist."}',
      },
    },
    {
      what: 'a registry that fails unforeseen',
      world: 'broken',
      request: { input: { flowName: 'nightly' } },
      answer: { status: 500, error: 'InternalServerException', body: '{"message":"An internal error occurred."}' },
    },
  ],
  // The model gives this operation no ValidationException; its constraints it has all the same.
  malformed: [
    {
      what: 'no name',
      request: { input: {} },
      answer: {
        status: 400,
        error: 'ValidationException',
        body: '{"message":"1 validation error detected: Value null at \'flowName\' failed to satisfy constraint: Member must not be null"}',
      },
    },
    {
      what: 'a name that is null',
      request: { body: '{"flowName":null}' },
      answer: {
        status: 400,
        error: 'ValidationException',
        body: '{"message":"1 validation error detected: Value null at \'flowName\' failed to satisfy constraint: Member must not be null"}',
      },
    },
    {
      what: 'a name too short for its pattern',
      request: { input: { flowName: 'n' } },
      answer: {
        status: 400,
        error: 'ValidationException',
        body: '{"message":"1 validation error detected: Value \'n\' at \'flowName\' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9][\\\\w!@#.-]+"}',
      },
    },
    {
      what: 'an ARN for a name',
      request: { input: { flowName: 'arn:aws:appflow:eu-west-1:123456789012:flow/nightly' } },
      answer: {
        status: 400,
        error: 'ValidationException',
        body: '{"message":"1 validation error detected: Value \'arn:aws:appflow:eu-west-1:123456789012:flow/nightly\' at \'flowName\' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9][\\\\w!@#.-]+"}',
      },
    },
    {
      what: 'a name in a list',
      request: { body: '{"flowName":["nightly"]}' },
      answer: {
        status: 400,
        error: 'SerializationException',
        body: '{"message":"flowName must be a JSON string, got an array."}',
      },
    },
    {
      what: 'a name that is a number',
      request: { body: '{"flowName":7}' },
      answer: {
        status: 400,
        error: 'SerializationException',
        body: '{"message":"flowName must be a JSON string, got the number 7."}',
      },
    },
  ],
};
