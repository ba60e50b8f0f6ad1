import type { ServerResponse } from 'node:http';
import { DescribeConnectorEntityCommand, ListConnectorEntitiesCommand } from '@aws-sdk/client-appflow';
import { describe, expect, it, vi } from 'vitest';
import { aRefusal, aSdkField, createSdkConnector, type SdkApplication } from '../../support/sdk-connector.ts';
import { ledgerCatalog, startLambdaAppflow } from '../../support/start-lambda-appflow.ts';
import { type LambdaEvent, type LambdaHandler, startStubLambda } from '../../support/stub-lambda.ts';

const application: SdkApplication = {
  entities: { '': ['Invoice', 'Sales'], Sales: ['Order'] },
  fields: { Invoice: [aSdkField('Id', { isPrimaryKey: true }), aSdkField('Amount')] },
};
const secretArn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:ledger';

describe('a custom connector', () => {
  it('lists its entities under Objects, and what is nested in one', async () => {
    const { client } = await start(createSdkConnector(application));
    expect((await list(client)).connectorEntityMap).toEqual({
      Objects: [
        { name: 'Invoice', label: 'Invoice label', hasNestedEntities: false },
        { name: 'Sales', label: 'Sales label', hasNestedEntities: true },
      ],
    });
    expect((await list(client, { entitiesPath: 'Sales' })).connectorEntityMap).toEqual({
      Objects: [{ name: 'Order', label: 'Order label', hasNestedEntities: false }],
    });
  });

  it('describes the fields of an entity', async () => {
    const { client } = await start(createSdkConnector(application));
    const { connectorEntityFields } = await describeEntity(client, 'Invoice');
    expect(connectorEntityFields?.map(({ identifier, isPrimaryKey }) => [identifier, isPrimaryKey])).toEqual([
      ['Id', true],
      ['Amount', false],
    ]);
  });

  it("is asked in AppFlow's own request objects, its profile's secret and settings with them", async () => {
    const { client, calls } = await start(createSdkConnector(application), {
      profile: `credentials: { secretArn: "${secretArn}", authenticationType: ApiKey }, properties: { tenant: acme }, runtimeSettings: { pageLimit: 7 }`,
    });
    await list(client, { apiVersion: 'v1' });
    await list(client, { apiVersion: 'v1', entitiesPath: 'Sales' });
    await describeEntity(client, 'Invoice', { apiVersion: 'v1' });
    const connectorContext = {
      apiVersion: 'v1',
      connectorRuntimeSettings: { tenant: 'acme', pageLimit: '7' },
      credentials: { secretArn, authenticationType: 'ApiKey' },
    };
    expect(calls()).toEqual([
      { type: 'ListEntitiesRequest', connectorContext, maxResult: 1000 },
      { type: 'ListEntitiesRequest', connectorContext, maxResult: 1000, entitiesPath: 'Sales' },
      { type: 'DescribeEntityRequest', connectorContext, entityIdentifier: 'Invoice' },
    ]);
  });

  it('is asked for the newest version it knows when the caller names none', async () => {
    const { client, calls } = await start(createSdkConnector(application));
    await list(client);
    expect(calls()[0]).toMatchObject({ connectorContext: { apiVersion: 'v2', connectorRuntimeSettings: {} } });
    expect(calls()[0]?.['connectorContext']).not.toHaveProperty('credentials');
  });

  it('is asked page after page until the end', async () => {
    const names = Array.from({ length: 25 }, (_, index) => `Entity${index}`);
    const { client, calls } = await start(createSdkConnector({ entities: { '': names }, fields: {}, pageSize: 10 }));
    const { connectorEntityMap, nextToken } = await list(client);
    expect(connectorEntityMap?.['Objects']?.map(({ name }) => name)).toEqual(names);
    expect(nextToken).toBeUndefined();
    expect(calls().map(event => event['nextToken'])).toEqual([undefined, '10', '20']);
  });

  it('may answer null where it has nothing', async () => {
    const nothing = {
      isSuccess: true,
      errorDetails: null,
      entities: null,
      nextToken: '',
      cacheControl: null,
      extra: 1,
    };
    const { client } = await start(() => nothing);
    expect((await list(client)).connectorEntityMap).toEqual({});
  });

  it.each([
    ['an hour, when it says nothing', null, 3600],
    ['as long as it says', { timeToLive: 2, timeToLiveUnit: 'HOURS' }, 7200],
    ['in seconds, when it names no unit', { timeToLive: 900, timeToLiveUnit: null }, 900],
    ['ten minutes at least', { timeToLive: 15, timeToLiveUnit: 'SECONDS' }, 600],
    ['ten minutes, when less than nothing is said', { timeToLive: -5, timeToLiveUnit: 'DAYS' }, 600],
  ])('has its answers kept for %s', async (_, cacheControl, seconds) => {
    const { client, calls, clock } = await start(createSdkConnector({ ...application, cacheControl }));
    const ask = async () => {
      await list(client, { apiVersion: 'v1' });
      await describeEntity(client, 'Invoice', { apiVersion: 'v1' });
    };
    await ask();
    clock.advance(seconds * 1000 - 1);
    await ask();
    expect(calls()).toHaveLength(2);
    clock.advance(1);
    await ask();
    expect(calls()).toHaveLength(4);
  });

  it('has the time its catalogue states, when it sends none', async () => {
    const { client, calls, clock } = await start(createSdkConnector(application), { connector: 'cacheControl: 700' });
    await list(client, { apiVersion: 'v1' });
    clock.advance(700_000);
    await list(client, { apiVersion: 'v1' });
    expect(calls()).toHaveLength(2);
  });

  it('is invoked once at a time, however many ask', async () => {
    const { client, calls, lambda } = await start(createSdkConnector(application));
    const asked = ['Invoice', 'Sales', 'Order', 'Quote', 'Credit'].map(name =>
      describeEntity(client, name, { apiVersion: 'v1' }).catch(({ name }) => name),
    );
    await Promise.all([...asked, list(client, { apiVersion: 'v1' })]);
    expect(calls()).toHaveLength(6);
    expect(lambda.turnedAway).toBe(0);
  });

  it('leaves out what AppFlow could not name, and says so in the log once', async () => {
    const spaced = { entities: { '': ['Invoice', 'a b'] }, fields: { Invoice: [aSdkField('Id'), aSdkField('x y')] } };
    const { client, clock, lines } = await start(createSdkConnector(spaced));
    for (const _ of [1, 2]) {
      expect((await list(client)).connectorEntityMap?.['Objects']).toHaveLength(1);
      expect((await describeEntity(client, 'Invoice')).connectorEntityFields).toHaveLength(1);
      clock.advance(3_600_000);
    }
    const leftOut = lines.filter(({ msg }) => String(msg).endsWith('is left out'));
    expect(leftOut.map(({ connector, entity, field }) => [connector, entity ?? field])).toEqual([
      ['Ledger', 'a b'],
      ['Ledger', 'x y'],
    ]);
  });
});

const unusable = 'Got error from connector. No valid response and error details found in the connector response.';
const server = 'ConnectorServerException';
const authentication = 'ConnectorAuthenticationException';

describe('a custom connector that fails', () => {
  const refusals: [unknown, string, string][] = [
    [aRefusal('InvalidCredentials', 'token expired'), authentication, 'InvalidCredentials: token expired'],
    [aRefusal('AccessDenied', 'not yours'), authentication, 'AccessDenied: not yours'],
    [aRefusal('RateLimitExceeded', 'slow down', 7), server, 'RateLimitExceeded: slow down (retry after 7 seconds)'],
    [aRefusal('ResourceNotFoundError', 'no secret'), server, 'ResourceNotFoundError: no secret'],
    ...['InvalidArgument', 'RequestTimeout', 'ServiceUnavailable', 'ClientError', 'ServerError', 'UnknownError'].map(
      (code): [unknown, string, string] => [aRefusal(code, 'so it is'), server, `${code}: so it is`],
    ),
    [aRefusal('PartialWriteFailure', 'x'.repeat(2000)), server, `PartialWriteFailure: ${'x'.repeat(999)}…`],
    [aRefusal('BrandNewCode', ''), server, 'BrandNewCode'],
    [{ isSuccess: false, errorDetails: null }, server, `${unusable} It failed without saying why.`],
    [{ isSuccess: false }, server, `${unusable} It failed without saying why.`],
    [
      { errorMessage: 'password=hunter2', errorType: 'RuntimeError', stackTrace: ['/var/task/x.py'] },
      server,
      `${unusable} The function ended with RuntimeError.`,
    ],
    [{}, server, `${unusable} The answer has no isSuccess.`],
    [null, server, `${unusable} The answer has no isSuccess.`],
    [[1], server, `${unusable} The answer has no isSuccess.`],
    [{ isSuccess: 'yes' }, server, `${unusable} The answer has no isSuccess.`],
    [
      { isSuccess: true, entities: {} },
      server,
      `${unusable} entities: Invalid input: expected array, received object.`,
    ],
    [
      { isSuccess: true, entities: [{ label: 'x' }] },
      server,
      `${unusable} entities.0.entityIdentifier: Invalid input: expected string, received undefined.`,
    ],
    [
      { isSuccess: true, entities: [], cacheControl: { timeToLive: 1, timeToLiveUnit: 'FORTNIGHTS' } },
      server,
      expect.stringMatching(/cacheControl\.timeToLiveUnit: Invalid option/) as unknown as string,
    ],
    [
      { isSuccess: true, entities: [], nextToken: 'again' },
      server,
      "The connector's list has no end: it gave the nextToken of an earlier page again.",
    ],
  ];

  it('by its answer is told what it means', async () => {
    const { client, lambda } = await start(createSdkConnector(application));
    for (const [answer, name, message] of refusals) {
      lambda.handler = () => answer;
      const failure = { name, message: toMessage(message) };
      await expect(list(client), `answering ${JSON.stringify(answer)}`).rejects.toMatchObject(failure);
    }
  });

  const accidents: [string, (response: ServerResponse) => void, string][] = [
    ['no JSON', sends(200, '{"isSuccess": tr'), `${unusable} The function did not answer with JSON.`],
    ['nothing', sends(200, ''), `${unusable} The function did not answer with JSON.`],
    [
      'a timeout in plain text',
      sends(200, 'Task timed out after 3.00 seconds'),
      'The function of the connector took too long: Task timed out after 3.00 seconds.',
    ],
    ['400 with a body', sends(400, '{}'), 'The function of the connector failed (HTTP status 400).'],
    ['500', sends(500, 'oops'), 'The function of the connector failed (HTTP status 500).'],
    ['502', sends(502, '{"errorMessage":"init"}'), 'The function of the connector failed (HTTP status 502).'],
    ['504', sends(504, ''), 'The function of the connector failed (HTTP status 504).'],
    ['a redirect', sends(302, ''), 'The function of the connector failed (HTTP status 302).'],
    [
      'more than 6 MB',
      sends(200, `{"x":"${'x'.repeat(6 * 1024 * 1024)}"}`),
      "The connector's answer is larger than 6 MB.",
    ],
    [
      'a cut connection',
      response => response.destroy(),
      'The function of the connector cannot be reached or broke off (ECONNRESET).',
    ],
    [
      'half an answer',
      response => {
        response.writeHead(200, { 'content-length': '100' }).write('{"isSuccess"', () => response.destroy());
      },
      'The function of the connector cannot be reached or broke off (ECONNRESET).',
    ],
    [
      'no HTTP',
      response => void response.socket?.end('hello\r\n\r\n'),
      'The function of the connector cannot be reached or broke off (HPE_INVALID_CONSTANT).',
    ],
  ];

  it('on the wire is a ConnectorServerException, and works again afterwards', async () => {
    const { client, clock, lambda } = await start(createSdkConnector(application));
    for (const [accident, misbehaviour, message] of accidents) {
      lambda.misbehaviour = misbehaviour;
      const failure = { name: 'ConnectorServerException', message: toMessage(message) };
      await expect(list(client), `list: ${accident}`).rejects.toMatchObject(failure);
      await expect(describeEntity(client, 'Invoice'), `describe: ${accident}`).rejects.toMatchObject(failure);
      lambda.misbehaviour = undefined;
      expect((await describeEntity(client, 'Invoice')).connectorEntityFields).toHaveLength(2);
      // So that the next one is asked for, too.
      clock.advance(3_600_000);
    }
  });

  it('by refusing connections is told so, and the rest of the catalogue works', async () => {
    const { client, lambda } = await start(createSdkConnector(application));
    await lambda.stop();
    const message = toMessage('The function of the connector cannot be reached or broke off (ECONNREFUSED).');
    await expect(list(client)).rejects.toMatchObject({ name: 'ConnectorServerException', message });
    const crm = await client.send(new ListConnectorEntitiesCommand({ connectorProfileName: 'crm' }));
    expect(crm.connectorEntityMap).toHaveProperty('Objects.0.name', 'Account');
  });

  it.each([
    ['without an answer', () => undefined],
    ['that drips', (response: ServerResponse) => void response.writeHead(200).write('{')],
  ])('by hanging %s is given up after ten seconds, and the next invocation has ten of its own', async (_, hang) => {
    const { client, clock, lambda, calls } = await start(createSdkConnector(application));
    lambda.misbehaviour = hang;
    const message = toMessage('The connector did not answer within 10 seconds.');
    const outcomes = ['Invoice', 'Order'].map(name =>
      expect(describeEntity(client, name, { apiVersion: 'v1' })).rejects.toMatchObject({ name: server, message }),
    );
    for (const count of [1, 2]) {
      await vi.waitFor(() => expect(calls()).toHaveLength(count), { interval: 5 });
      clock.advance(10_000);
    }
    await Promise.all(outcomes);
  });

  it('keeps nobody in its queue for more than a minute', async () => {
    const { registry, clock, lambda, calls } = await start(createSdkConnector(application));
    lambda.misbehaviour = () => undefined;
    const asked = Array.from({ length: 8 }, (_, index) => {
      const request = { connectorEntityName: `Entity${index}`, apiVersion: 'v1' };
      return registry
        .profiles()[0]
        ?.application.describeEntity(request)
        .catch(({ message }) => message);
    });
    for (let count = 1; count <= 6; count += 1) {
      await vi.waitFor(() => expect(calls()).toHaveLength(count), { interval: 5 });
      clock.advance(10_000);
    }
    expect((await Promise.all(asked)).slice(5)).toEqual([
      'The connector did not answer within 10 seconds.',
      'The connector took too long: its function had no time for this invocation.',
      'The connector took too long: its function had no time for this invocation.',
    ]);
    expect(calls()).toHaveLength(6);
  });

  it('because it does not know the entity or the path is told as not found', async () => {
    const { client } = await start(createSdkConnector(application));
    const failure = { name: 'ResourceNotFoundException', message: 'Entity Nothing does not exist.' };
    await expect(describeEntity(client, 'Nothing')).rejects.toMatchObject(failure);
    await expect(list(client, { entitiesPath: 'Nothing' })).rejects.toMatchObject(failure);
  });

  it('tells nobody its secret: not its caller, not the log', async () => {
    const { client, lines } = await start(() => ({
      errorMessage: 'hunter2',
      errorType: 'KeyError',
      stackTrace: ['hunter2'],
    }));
    const told = await list(client).catch(error => JSON.stringify(error) + error.message);
    expect(JSON.stringify(lines) + told).not.toContain('hunter2');
  });
});

/** Local AppFlow over a function, which has been asked for its configuration before the story begins. */
async function start(handler: LambdaHandler, written: { connector?: string; profile?: string } = {}) {
  const lambda = await startStubLambda(handler);
  const appflow = await startLambdaAppflow(ledgerCatalog(lambda.url, written));
  await Promise.all(appflow.registry.connectors().map(connector => connector.refresh?.()));
  const calls = (): LambdaEvent[] =>
    lambda.events.filter(({ type }) => type !== 'DescribeConnectorConfigurationRequest');
  return { ...appflow, lambda, calls };
}

type Client = Awaited<ReturnType<typeof startLambdaAppflow>>['client'];

function list(client: Client, given: { entitiesPath?: string; apiVersion?: string } = {}) {
  return client.send(new ListConnectorEntitiesCommand({ connectorProfileName: 'ledger', ...given }));
}

function describeEntity(client: Client, connectorEntityName: string, given: { apiVersion?: string } = {}) {
  return client.send(
    new DescribeConnectorEntityCommand({ connectorProfileName: 'ledger', connectorEntityName, ...given }),
  );
}

function sends(status: number, body: string): (response: ServerResponse) => void {
  return response => void response.writeHead(status).end(body);
}

function toMessage(message: unknown): unknown {
  return typeof message === 'string' ? `Error while communicating to connector: ${message}` : message;
}
