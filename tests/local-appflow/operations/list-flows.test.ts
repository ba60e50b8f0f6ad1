import { ListFlowsCommand, ValidationException } from '@aws-sdk/client-appflow';
import { describe, expect, it } from 'vitest';
import type { Catalog } from '../../../src/local-appflow/connectors/catalog-schema.ts';
import { registerAround } from '../../support/arbitrary-flows.ts';
import { type StartedLocalAppflow, startLocalAppflow } from '../../support/start-local-appflow.ts';

describe('ListFlows', () => {
  it('shows a line of each flow: its connectors, but no entity and no task', async () => {
    const { client } = await startWith({
      trips: {
        description: 'Every trip.',
        source: { profile: 'my-CustomConnector', entity: 'Trip' },
        destinations: [{ connector: 'S3', bucket: 'lake' }],
        trigger: { schedule: 'rate(1days)' },
        tags: { team: 'fleet' },
        lastRun: { status: 'Error', time: '2026-03-01T00:00:00Z', message: 'No such field.' },
        createdAt: '2026-02-01T00:00:00Z',
        createdBy: 'someone',
      },
    });
    const { flows, nextToken } = await client.send(new ListFlowsCommand({}));
    expect(flows).toEqual([
      {
        flowArn: 'arn:aws:appflow:eu-west-1:123456789012:flow/trips',
        description: 'Every trip.',
        flowName: 'trips',
        flowStatus: 'Active',
        sourceConnectorType: 'CustomConnector',
        sourceConnectorLabel: 'Fleet',
        destinationConnectorType: 'S3',
        triggerType: 'Scheduled',
        createdAt: new Date('2026-02-01T00:00:00Z'),
        lastUpdatedAt: new Date('2026-02-01T00:00:00Z'),
        createdBy: 'someone',
        lastUpdatedBy: 'someone',
        tags: { team: 'fleet' },
        lastRunExecutionDetails: {
          mostRecentExecutionMessage: 'No such field.',
          mostRecentExecutionTime: new Date('2026-03-01T00:00:00Z'),
          mostRecentExecutionStatus: 'Error',
        },
      },
    ]);
    expect(nextToken).toBeUndefined();
  });

  it('gives twenty a page unless asked otherwise, and every one once', async () => {
    const names = Array.from({ length: 45 }, (_, index) => `flow-${index}`);
    const source = { connector: 'S3', bucket: 'lake' };
    const started = await startWith(Object.fromEntries(names.map(name => [name, { source }])));
    expect((await walk(started)).map(page => page.length)).toEqual([20, 20, 5]);
    const pages = await walk(started, 30);
    expect(pages.map(page => page.length)).toEqual([30, 15]);
    expect(pages.flat()).toEqual(names);
  });

  it('has an empty list where there is no flow', async () => {
    const { post } = await startLocalAppflow();
    expect(await (await post('/list-flows', '')).text()).toBe('{"flows":[]}');
  });

  it('refuses page sizes beyond 1 to 100, and tokens of other lists', async () => {
    const { client } = await startLocalAppflow();
    for (const input of [{ maxResults: 0 }, { maxResults: 101 }, { nextToken: 'other' }]) {
      await expect(client.send(new ListFlowsCommand(input))).rejects.toBeInstanceOf(ValidationException);
    }
  });
});

async function startWith(flows: Catalog['flows']): Promise<StartedLocalAppflow> {
  const started = await startLocalAppflow();
  for (const flow of registerAround(flows)) started.registry.addFlow(flow);
  return started;
}

async function walk({ client }: StartedLocalAppflow, maxResults?: number): Promise<(string | undefined)[][]> {
  const pages: (string | undefined)[][] = [];
  let nextToken: string | undefined;
  do {
    const page = await client.send(new ListFlowsCommand({ maxResults, nextToken }));
    pages.push((page.flows ?? []).map(({ flowName }) => flowName));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return pages;
}
