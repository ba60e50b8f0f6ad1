import { DescribeFlowCommand, ResourceNotFoundException } from '@aws-sdk/client-appflow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Catalog } from '../../../src/local-appflow/connectors/catalog-schema.ts';
import { arbitraryFlows, registerAround } from '../../support/arbitrary-flows.ts';
import { type StartedLocalAppflow, startLocalAppflow } from '../../support/start-local-appflow.ts';

describe('DescribeFlow', () => {
  it('gives the AWS SDK every member of a flow', async () => {
    const { client, registry } = await startLocalAppflow();
    for (const flows of fc.sample(arbitraryFlows({ whole: true }), { numRuns: 10 })) {
      for (const flow of registerAround(flows)) {
        registry.addFlow(flow);
        const { $metadata: _, ...described } = await client.send(
          new DescribeFlowCommand({ flowName: flow.description.flowName }),
        );
        expect(described).toEqual(withDates(flow.description));
        registry.removeFlow(flow.description.flowName);
      }
    }
  });

  it('spells the keys as the model does, and dates as numbers', async () => {
    const started = await startWith({
      tickets: {
        source: { profile: 'my-Servicenow', entity: 'incident', incrementalField: 'sys_updated_on' },
        destinations: [{ connector: 'S3', bucket: 'lake', output: { fileType: 'JSON' } }],
        tasks: [{ type: 'Filter', sourceFields: ['number'], operator: 'PROJECTION' }],
        createdAt: '2026-02-01T00:00:00.500Z',
      },
    });
    const answer = await started.post('/describe-flow', '{"flowName":"tickets"}');
    expect([answer.status, await answer.json()]).toEqual([
      200,
      {
        flowArn: 'arn:aws:appflow:eu-west-1:123456789012:flow/tickets',
        flowName: 'tickets',
        flowStatus: 'Active',
        sourceFlowConfig: {
          connectorType: 'Servicenow',
          connectorProfileName: 'my-Servicenow',
          sourceConnectorProperties: { ServiceNow: { object: 'incident' } },
          incrementalPullConfig: { datetimeTypeFieldName: 'sys_updated_on' },
        },
        destinationFlowConfigList: [
          {
            connectorType: 'S3',
            destinationConnectorProperties: {
              S3: { bucketName: 'lake', s3OutputFormatConfig: { fileType: 'JSON', prefixConfig: {} } },
            },
          },
        ],
        triggerConfig: { triggerType: 'OnDemand' },
        tasks: [{ sourceFields: ['number'], connectorOperator: { ServiceNow: 'PROJECTION' }, taskType: 'Filter' }],
        createdAt: 1_769_904_000.5,
        lastUpdatedAt: 1_769_904_000.5,
        createdBy: 'local-appflow',
        lastUpdatedBy: 'local-appflow',
      },
    ]);
  });

  it('does not find a flow that does not exist', async () => {
    const { client } = await startLocalAppflow();
    const described = client.send(new DescribeFlowCommand({ flowName: 'nothing' }));
    await expect(described).rejects.toBeInstanceOf(ResourceNotFoundException);
    await expect(described).rejects.toThrow('Flow with name nothing does not exist.');
  });

  it.each([
    [undefined, "Value null at 'flowName' failed to satisfy constraint: Member must not be null"],
    ['x', "Value 'x' at 'flowName' failed to satisfy constraint: Member must satisfy regular expression pattern"],
    ['x'.repeat(257), 'Member must have length less than or equal to 256'],
  ])('refuses the name %s', async (flowName, message) => {
    const { client } = await startLocalAppflow();
    await expect(client.send(new DescribeFlowCommand({ flowName }))).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(message),
    });
  });
});

async function startWith(flows: Catalog['flows']): Promise<StartedLocalAppflow> {
  const started = await startLocalAppflow();
  for (const flow of registerAround(flows)) started.registry.addFlow(flow);
  return started;
}

/** The members the model has as timestamps, the way the SDK hands them out. */
const timestamps = new Set([
  'createdAt',
  'lastUpdatedAt',
  'mostRecentExecutionTime',
  'scheduleStartTime',
  'scheduleEndTime',
  'firstExecutionFrom',
]);

function withDates(answer: object): unknown {
  return JSON.parse(JSON.stringify(answer), (name, value) =>
    timestamps.has(name) ? new Date(Math.round(value * 1000)) : value,
  );
}
