import { DescribeConnectorsCommand, paginateDescribeConnectors } from '@aws-sdk/client-appflow';
import { describe, expect, it } from 'vitest';
import { startLocalAppflow } from '../../support/start-local-appflow.ts';

describe('DescribeConnectors', () => {
  it("gives a line for every connector, and the configurations of AWS's own by type", async () => {
    const { client, registry } = await startLocalAppflow();
    registry.addConnector('Salesforce');
    registry.addConnector('S3');
    registry.addCustomConnector('Acme');
    const { connectors, connectorConfigurations } = await client.send(new DescribeConnectorsCommand({}));
    expect(connectors?.map(({ connectorName }) => connectorName)).toEqual(['Salesforce', 'S3', 'Acme']);
    expect(Object.keys(connectorConfigurations ?? {})).toEqual(['Salesforce', 'S3']);
    expect(connectorConfigurations).toMatchObject({ S3: { connectorType: 'S3', canUseAsDestination: false } });
  });

  it('filters by types; none is no filter', async () => {
    const { client, registry } = await startLocalAppflow();
    registry.addConnector('Salesforce');
    registry.addConnector('S3');
    registry.addCustomConnector('Acme');
    const named = async (connectorTypes: ('S3' | 'CustomConnector' | 'Slack')[]) => {
      const { connectors } = await client.send(new DescribeConnectorsCommand({ connectorTypes }));
      return connectors?.map(({ connectorName }) => connectorName);
    };
    expect(await named(['S3', 'CustomConnector'])).toEqual(['S3', 'Acme']);
    expect(await named(['Slack'])).toEqual([]);
    expect(await named([])).toEqual(['Salesforce', 'S3', 'Acme']);
  });

  it("is walked by the SDK's own paginator", async () => {
    const { client, registry } = await startLocalAppflow();
    for (let index = 0; index < 47; index += 1) registry.addCustomConnector(`Custom${index}`);
    const sizes: (number | undefined)[] = [];
    for await (const page of paginateDescribeConnectors({ client }, {})) sizes.push(page.connectors?.length);
    expect(sizes).toEqual([20, 20, 7]);
  });

  it('refuses a token that belongs to other types', async () => {
    const { client, registry } = await startLocalAppflow();
    registry.addConnector('Salesforce');
    registry.addConnector('S3');
    const { nextToken } = await client.send(new DescribeConnectorsCommand({ maxResults: 1 }));
    const stranger = client.send(new DescribeConnectorsCommand({ maxResults: 1, nextToken, connectorTypes: ['S3'] }));
    await expect(stranger).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('names a type that does not exist', async () => {
    const { post } = await startLocalAppflow();
    const answer = await post('/describe-connectors', '{"connectorTypes":["S3","Nosuch"]}');
    expect(await answer.json()).toEqual({
      message: expect.stringContaining(
        "Value '[S3, Nosuch]' at 'connectorTypes' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [Salesforce,",
      ),
    });
  });
});
