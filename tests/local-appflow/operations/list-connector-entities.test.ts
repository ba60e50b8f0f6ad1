import {
  ConnectorAuthenticationException,
  ConnectorServerException,
  ListConnectorEntitiesCommand,
  type ListConnectorEntitiesCommandInput,
  ResourceNotFoundException,
} from '@aws-sdk/client-appflow';
import { describe, expect, it } from 'vitest';
import { SourceApplicationError } from '../../../src/local-appflow/connectors/source-application.ts';
import { FakeApplication } from '../../support/fake-registry.ts';
import { type StartedLocalAppflow, startLocalAppflow } from '../../support/start-local-appflow.ts';

const sales = { connectorProfileName: 'sales' };

describe('ListConnectorEntities', () => {
  it('lists by group, false written out, and nested ones by their parent', async () => {
    const { client, application } = await withSales();
    application
      .setEntities('', { Standard: ['Account'], Custom: ['Visit__c'] })
      .setEntities('Account', { Nested: ['Note'] });
    expect((await client.send(new ListConnectorEntitiesCommand(sales))).connectorEntityMap).toEqual({
      Standard: [{ name: 'Account', label: 'Account', hasNestedEntities: false }],
      Custom: [{ name: 'Visit__c', label: 'Visit__c', hasNestedEntities: false }],
    });
    expect(await namesOf(client, { ...sales, entitiesPath: 'Account' })).toEqual(['Note']);
  });

  it('answers from the cache whatever happens in the application, for an hour', async () => {
    const { client, application, clock } = await withSales();
    application.setEntities('', { Objects: ['Account'] });
    await namesOf(client, sales);
    application.setEntities('', { Objects: ['Account', 'Added'] });
    expect(await namesOf(client, sales)).toEqual(['Account']);
    expect(await namesOf(client, { ...sales, connectorType: 'Salesforce', entitiesPath: '' })).toEqual(['Account']);
    clock.advance(3_600_000);
    expect(await namesOf(client, sales)).toEqual(['Account', 'Added']);
    expect(application.calls).toHaveLength(2);
  });

  it('lists a connector without profiles by its type', async () => {
    const { client, registry } = await startLocalAppflow();
    registry.addConnector('S3', { application: new FakeApplication().setEntities('', { Objects: ['bucket'] }) });
    expect(await namesOf(client, { connectorType: 'S3' })).toEqual(['bucket']);
  });

  it('gives 1000 a page unless asked otherwise, across groups', async () => {
    const { client, application } = await withSales();
    application.setEntities('', { A: numbered('a', 700), B: numbered('b', 700), C: numbered('c', 700) });
    const pages = await walk(client, sales);
    expect(pages.map(page => Object.entries(page).map(([group, names]) => [group, names.length]))).toEqual([
      [
        ['A', 700],
        ['B', 300],
      ],
      [
        ['B', 400],
        ['C', 600],
      ],
      [['C', 100]],
    ]);
    expect(pages.flatMap(page => Object.values(page).flat())).toEqual([
      ...numbered('a', 700),
      ...numbered('b', 700),
      ...numbered('c', 700),
    ]);
    expect(application.calls).toHaveLength(1);
  });

  it('gives 10,000 entities at once, or one by one hundred, for a single call to the application', async () => {
    const { client, application } = await withSales();
    application.setEntities('', { Objects: numbered('e', 10_000) });
    expect(await namesOf(client, { ...sales, maxResults: 10_000 })).toHaveLength(10_000);
    expect((await walk(client, { ...sales, maxResults: 100 })).length).toBe(100);
    expect(application.calls).toHaveLength(1);
  });

  it('never mixes two states in one walk, though the list expires or the profile changes on the way', async () => {
    const { client, application, clock, registry } = await withSales();
    application.setEntities('', { Objects: ['A', 'B', 'C'] });
    clock.advance(1);
    const { nextToken } = await client.send(new ListConnectorEntitiesCommand({ ...sales, maxResults: 1 }));
    application.setEntities('', { Objects: ['X', 'Y', 'Z'] });
    const rest = { ...sales, maxResults: 2, nextToken };
    expect(await namesOf(client, rest)).toEqual(['B', 'C']);
    registry.removeProfile('sales');
    await expect(client.send(new ListConnectorEntitiesCommand(rest))).rejects.toBeInstanceOf(ResourceNotFoundException);
  });

  it('refuses the token of another parent', async () => {
    const { client, application } = await withSales();
    application.setEntities('', { Objects: ['A', 'B'] });
    const { nextToken } = await client.send(new ListConnectorEntitiesCommand({ ...sales, maxResults: 1 }));
    const stranger = new ListConnectorEntitiesCommand({ ...sales, entitiesPath: 'A', nextToken });
    await expect(client.send(stranger)).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('tells an application that is away from one that refuses, and from a parent that does not exist', async () => {
    const { client, application } = await withSales();
    const list = () => client.send(new ListConnectorEntitiesCommand({ ...sales, entitiesPath: 'Nothing' }));
    application.failNext(new SourceApplicationError('ECONNREFUSED'));
    await expect(list()).rejects.toEqual(
      expect.objectContaining({ message: 'Error while communicating to connector: ECONNREFUSED' }),
    );
    application.failNext(new SourceApplicationError('away'));
    await expect(list()).rejects.toBeInstanceOf(ConnectorServerException);
    application.failNext(new SourceApplicationError('no', { refusedCredentials: true }));
    await expect(list()).rejects.toBeInstanceOf(ConnectorAuthenticationException);
    await expect(list()).rejects.toBeInstanceOf(ResourceNotFoundException);
  });

  it.each([
    [{ connectorProfileName: '' }, "Value '' at 'connectorProfileName'"],
    [{ ...sales, apiVersion: 'v 1' }, "Value 'v 1' at 'apiVersion'"],
    [{ ...sales, entitiesPath: 'a:b' }, "Value 'a:b' at 'entitiesPath'"],
    [{ ...sales, maxResults: 10_001 }, "Value '10001' at 'maxResults'"],
    [{ ...sales, nextToken: '' }, "Value '' at 'nextToken'"],
    [{ ...sales, nextToken: 'invented' }, 'nextToken must be one this operation answered'],
    [{}, 'connectorProfileName is required unless'],
  ])('refuses %j', async (input, message) => {
    const { client } = await withSales();
    await expect(client.send(new ListConnectorEntitiesCommand(input))).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(message),
      $metadata: { httpStatusCode: 400, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    });
  });
});

async function withSales() {
  const started = await startLocalAppflow();
  const application = new FakeApplication();
  started.registry.addProfile('sales', application);
  return { ...started, application };
}

type Client = StartedLocalAppflow['client'];

async function namesOf(client: Client, input: ListConnectorEntitiesCommandInput): Promise<(string | undefined)[]> {
  const { connectorEntityMap = {} } = await client.send(new ListConnectorEntitiesCommand(input));
  return Object.values(connectorEntityMap).flatMap(entities => entities.map(({ name }) => name));
}

async function walk(client: Client, input: ListConnectorEntitiesCommandInput): Promise<Record<string, unknown[]>[]> {
  const pages: Record<string, unknown[]>[] = [];
  let nextToken: string | undefined;
  do {
    const page = await client.send(new ListConnectorEntitiesCommand({ ...input, nextToken }));
    const groups = Object.entries(page.connectorEntityMap ?? {});
    pages.push(Object.fromEntries(groups.map(([group, entities]) => [group, entities.map(({ name }) => name)])));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return pages;
}

function numbered(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index}`);
}
