import { DescribeConnectorCommand, ResourceNotFoundException, ValidationException } from '@aws-sdk/client-appflow';
import { describe, expect, it } from 'vitest';
import { startLocalAppflow } from '../../support/start-local-appflow.ts';

describe('DescribeConnector', () => {
  it("describes AWS's own by type and a custom one by label", async () => {
    const { client, registry } = await startLocalAppflow();
    registry.addConnector('Salesforce', { configuration: { connectorOwner: 'AWS' } });
    registry.addCustomConnector('Acme', ['v1']);
    registry.addCustomConnector('Other', ['v2']);
    const own = await client.send(new DescribeConnectorCommand({ connectorType: 'Salesforce' }));
    expect(own.connectorConfiguration).toEqual({
      connectorType: 'Salesforce',
      connectorOwner: 'AWS',
      canUseAsSource: true,
      canUseAsDestination: false,
      isPrivateLinkEnabled: false,
      isPrivateLinkEndpointUrlRequired: false,
    });
    const custom = new DescribeConnectorCommand({ connectorType: 'CustomConnector', connectorLabel: 'Other' });
    expect((await client.send(custom)).connectorConfiguration).toMatchObject({ supportedApiVersions: ['v2'] });
  });

  it('knows no others', async () => {
    const { client, registry } = await startLocalAppflow();
    registry.addConnector('Salesforce');
    for (const [connectorType, connectorLabel, named] of [
      ['Zendesk', undefined, 'Zendesk'],
      ['CustomConnector', 'Acme', 'Acme'],
      ['Salesforce', 'Acme', 'Acme'],
    ] as const) {
      const asked = client.send(new DescribeConnectorCommand({ connectorType, connectorLabel }));
      await expect(asked).rejects.toThrow(`Connector:${named} is not registered.`);
      await expect(asked).rejects.toBeInstanceOf(ResourceNotFoundException);
    }
  });

  it('wants a type, and a label with CustomConnector', async () => {
    const { client } = await startLocalAppflow();
    const nothing = client.send(new DescribeConnectorCommand({ connectorType: undefined }));
    await expect(nothing).rejects.toThrow(
      "1 validation error detected: Value null at 'connectorType' failed to satisfy constraint: Member must not be null",
    );
    await expect(nothing).rejects.toBeInstanceOf(ValidationException);
    const unlabelled = client.send(new DescribeConnectorCommand({ connectorType: 'CustomConnector' }));
    await expect(unlabelled).rejects.toThrow('connectorLabel is required when connectorType is CustomConnector.');
  });
});
