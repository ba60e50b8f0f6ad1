import { type ConnectorType, DescribeConnectorProfilesCommand } from '@aws-sdk/client-appflow';
import { describe, expect, it } from 'vitest';
import { FakeApplication } from '../../support/fake-registry.ts';
import { startLocalAppflow } from '../../support/start-local-appflow.ts';

describe('DescribeConnectorProfiles', () => {
  it('describes a profile with real dates', async () => {
    const { client } = await withProfiles();
    const asked = new DescribeConnectorProfilesCommand({ connectorProfileNames: ['sales'] });
    expect((await client.send(asked)).connectorProfileDetails).toEqual([
      {
        connectorProfileArn: 'arn:aws:appflow:eu-west-1:123456789012:connectorprofile/sales',
        connectorProfileName: 'sales',
        connectorType: 'Salesforce',
        connectionMode: 'Public',
        createdAt: new Date('2026-01-01T00:00:00Z'),
        lastUpdatedAt: new Date('2026-01-01T00:00:00.500Z'),
      },
    ]);
  });

  it.each([
    [{}, ['sales', 'desk', 'acme', 'other']],
    [{ connectorProfileNames: [] }, ['sales', 'desk', 'acme', 'other']],
    [{ connectorProfileNames: ['acme', 'nobody', 'sales'] }, ['sales', 'acme']],
    [{ connectorProfileNames: ['nobody'] }, []],
    [{ connectorType: 'CustomConnector' as ConnectorType }, ['acme', 'other']],
    [{ connectorType: 'CustomConnector' as ConnectorType, connectorLabel: 'Other' }, ['other']],
    [{ connectorProfileNames: ['sales'], connectorType: 'Zendesk' as ConnectorType }, []],
  ])('answers %j with %j', async (filter, names) => {
    const { client } = await withProfiles();
    const { connectorProfileDetails } = await client.send(new DescribeConnectorProfilesCommand(filter));
    expect(connectorProfileDetails?.map(({ connectorProfileName }) => connectorProfileName)).toEqual(names);
  });

  it('shows a new profile at once but not in the middle of a walk', async () => {
    const { client, registry } = await withProfiles();
    const { nextToken } = await client.send(new DescribeConnectorProfilesCommand({ maxResults: 3 }));
    registry.addProfile('late', new FakeApplication());
    const rest = await client.send(new DescribeConnectorProfilesCommand({ maxResults: 3, nextToken }));
    expect(rest.connectorProfileDetails).toHaveLength(1);
    expect((await client.send(new DescribeConnectorProfilesCommand({}))).connectorProfileDetails).toHaveLength(5);
  });

  it('refuses a hundred and one names', async () => {
    const { client } = await startLocalAppflow();
    const connectorProfileNames = Array.from({ length: 101 }, () => 'a');
    await expect(client.send(new DescribeConnectorProfilesCommand({ connectorProfileNames }))).rejects.toThrow(
      'Member must have length less than or equal to 100',
    );
  });
});

async function withProfiles() {
  const started = await startLocalAppflow();
  const application = new FakeApplication();
  started.registry.addProfile('sales', application);
  started.registry.addProfile('desk', application, { connectorType: 'Zendesk' });
  started.registry.addProfile('acme', application, { connectorType: 'CustomConnector', connectorLabel: 'Acme' });
  started.registry.addProfile('other', application, { connectorType: 'CustomConnector', connectorLabel: 'Other' });
  return started;
}
