import {
  ConnectorServerException,
  DescribeConnectorEntityCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-appflow';
import { describe, expect, it } from 'vitest';
import { SourceApplicationError } from '../../../src/local-appflow/connectors/source-application.ts';
import { FakeApplication } from '../../support/fake-registry.ts';
import { startLocalAppflow } from '../../support/start-local-appflow.ts';

const account = { connectorProfileName: 'sales', connectorEntityName: 'Account' };

describe('DescribeConnectorEntity', () => {
  it('describes fields as the SDK reads them', async () => {
    const { client, application } = await withSales();
    application.setFields('Account', ['Id']);
    const { connectorEntityFields } = await client.send(new DescribeConnectorEntityCommand(account));
    expect(connectorEntityFields).toEqual([
      {
        identifier: 'Id',
        isPrimaryKey: false,
        isDeprecated: false,
        supportedFieldTypeDetails: { v1: { fieldType: 'String', filterOperators: ['EQUAL_TO'], supportedValues: [] } },
      },
    ]);
  });

  it('answers from the cache for an hour, or for as long as the connector says', async () => {
    const { client, application, clock } = await withSales();
    application.timeToLiveSeconds = 900;
    application.setFields('Account', ['Id']);
    const count = async () =>
      (await client.send(new DescribeConnectorEntityCommand(account))).connectorEntityFields?.length;
    await count();
    application.setFields('Account', ['Id', 'Added']);
    clock.advance(899_999);
    expect(await count()).toBe(1);
    clock.advance(1);
    expect(await count()).toBe(2);
  });

  it('keeps no refusal: what appears later is found at once', async () => {
    const { client, application } = await withSales();
    const unknown = client.send(new DescribeConnectorEntityCommand(account));
    await expect(unknown).rejects.toBeInstanceOf(ResourceNotFoundException);
    await expect(unknown).rejects.toThrow('Entity Account does not exist.');
    application.setFields('Account', ['Id']);
    application.failNext(new SourceApplicationError('away'));
    await expect(client.send(new DescribeConnectorEntityCommand(account))).rejects.toBeInstanceOf(
      ConnectorServerException,
    );
    expect((await client.send(new DescribeConnectorEntityCommand(account))).connectorEntityFields).toHaveLength(1);
  });

  it('gives 2,000 fields at once', async () => {
    const { client, application } = await withSales();
    application.setFields(
      'Account',
      Array.from({ length: 2000 }, (_, index) => `Field${index}__c`),
    );
    expect((await client.send(new DescribeConnectorEntityCommand(account))).connectorEntityFields).toHaveLength(2000);
  });

  it('names every breach at once, in the order of the model', async () => {
    const { post } = await startLocalAppflow();
    const answer = await post('/describe-connector-entity', '{"apiVersion":"","connectorType":"Nosuch"}');
    const { message } = (await answer.json()) as { message: string };
    expect(message).toMatch(
      /^3 validation errors detected: Value null at 'connectorEntityName' .*; Value 'Nosuch' at 'connectorType' .*; Value '' at 'apiVersion' /,
    );
  });
});

async function withSales() {
  const started = await startLocalAppflow();
  const application = new FakeApplication();
  started.registry.addProfile('sales', application);
  return { ...started, application };
}
