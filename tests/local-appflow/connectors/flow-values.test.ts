import * as sdk from '@aws-sdk/client-appflow';
import { describe, expect, it } from 'vitest';
import * as values from '../../../src/local-appflow/connectors/flow-values.ts';

describe('the closed sets of flows', () => {
  it.each([
    [values.flowStatuses, sdk.FlowStatus],
    [values.executionStatuses, sdk.ExecutionStatus],
    [values.dataPullModes, sdk.DataPullMode],
    [values.taskTypes, sdk.TaskType],
    [values.taskPropertyNames, sdk.OperatorPropertiesKeys],
    [values.inputFileTypes, sdk.S3InputFileType],
    [values.outputFileTypes, sdk.FileType],
    [values.prefixTypes, sdk.PrefixType],
    [values.prefixFormats, sdk.PrefixFormat],
    [values.pathPrefixes, sdk.PathPrefix],
    [values.aggregationTypes, sdk.AggregationType],
    [values.salesforceTransferApis, sdk.SalesforceDataTransferApi],
    [values.customTransferApiTypes, sdk.DataTransferApiType],
  ])('are those of the API model: %j', (ours, modelled) => {
    expect([...ours].toSorted()).toEqual(Object.values(modelled).toSorted());
  });
});
