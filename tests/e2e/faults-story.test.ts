import { describe, expect, it } from 'vitest';
import { DescribeEntityDocument, ResetDetailsDocument } from '../../src/explorer/generated/graphql.ts';
import { type GatewayClient, post, runGateway, writeCatalog } from '../support/run-gateway.ts';

const catalog =
  'profiles: { my-salesforce: { connector: Salesforce, entities: { Account: { fields: { Id: id } } } } }\n';

interface Story {
  /** What AppFlow does. */
  readonly appflow: string;
  readonly rule: object;
  /** What the gateway says of it. */
  readonly extensions: { readonly code: string; readonly retryable: boolean; readonly retryAfterMs?: number };
}

const readsThatFail: readonly Story[] = [
  {
    appflow: 'throttles',
    rule: { fault: 'error', name: 'ThrottlingException' },
    extensions: { code: 'UPSTREAM_THROTTLED', retryable: true },
  },
  {
    appflow: 'fails',
    rule: { fault: 'error', name: 'InternalServerException' },
    extensions: { code: 'UPSTREAM_UNAVAILABLE', retryable: true },
  },
  {
    appflow: 'cannot sign in at the application',
    rule: { fault: 'error', name: 'ConnectorAuthenticationException' },
    extensions: { code: 'CONNECTOR_AUTHENTICATION_FAILED', retryable: false },
  },
  {
    appflow: 'takes the gateway’s credentials for expired',
    rule: { fault: 'error', name: 'ExpiredTokenException' },
    extensions: { code: 'UPSTREAM_ACCESS_DENIED', retryable: false },
  },
  {
    appflow: 'cuts its answer',
    rule: { fault: 'truncated-body' },
    extensions: { code: 'UPSTREAM_UNAVAILABLE', retryable: true },
  },
  {
    appflow: 'answers HTML',
    rule: { fault: 'malformed-body' },
    extensions: { code: 'UPSTREAM_UNAVAILABLE', retryable: true },
  },
  {
    appflow: 'answers what is no answer',
    rule: { fault: 'malformed-body', body: '{"status":"ok"}', operations: ['DescribeConnectorEntity'] },
    extensions: { code: 'UPSTREAM_UNAVAILABLE', retryable: true },
  },
  {
    appflow: 'resets connections',
    rule: { fault: 'connection-reset' },
    extensions: { code: 'UPSTREAM_UNAVAILABLE', retryable: true },
  },
];

const readsWithoutEnd: readonly Story[] = [
  { appflow: 'never answers', rule: { fault: 'hang' } },
  { appflow: 'is slow', rule: { fault: 'latency', ms: 60_000 } },
  { appflow: 'never ends its answer', rule: { fault: 'slow-body', pieceBytes: 1, pauseMs: 60_000 } },
].map(story => ({ ...story, extensions: { code: 'UPSTREAM_TIMEOUT', retryable: true } }));

const resetsThatFail: readonly Story[] = [
  {
    appflow: 'is in conflict',
    rule: { fault: 'error', name: 'ConflictException' },
    extensions: { code: 'CONFLICT', retryable: true },
  },
  {
    appflow: 'resets and says nothing',
    rule: { fault: 'hang', takesEffect: true },
    extensions: { code: 'UPSTREAM_RESET_UNCERTAIN', retryable: true },
  },
  {
    appflow: 'loses the connection',
    rule: { fault: 'connection-reset' },
    extensions: { code: 'UPSTREAM_RESET_UNCERTAIN', retryable: true },
  },
];

describe('a gateway in front of an AppFlow that misbehaves', () => {
  it.each([
    ['as soon as it knows', readsThatFail, '20000'],
    ['at its deadline', readsWithoutEnd, '400'],
  ])('says so %s, and works again afterwards', async (_, stories, timeoutMs) => {
    const { client, control } = await start(timeoutMs);
    for (const { appflow, rule, extensions } of stories) {
      await control('PUT', rule);
      const { errors } = await client.send(DescribeEntityDocument);
      expect(errors, `AppFlow ${appflow}`).toMatchObject([{ path: ['connectorEntity'], extensions }]);
      await control('DELETE');
      expect(await fieldsOf(client)).toEqual(['Id']);
      await forget(client);
    }
  });

  it('promises nothing about a reset, and resets again when it can', async () => {
    const { client, control } = await start('400');
    for (const { appflow, rule, extensions } of resetsThatFail) {
      await control('PUT', { ...rule, operations: ['ResetConnectorMetadataCache'] });
      const { errors } = await client.send(ResetDetailsDocument);
      expect(errors, `AppFlow ${appflow}`).toMatchObject([{ extensions }]);
      await control('DELETE');
      const { resetConnectorMetadataCache: reset } = await client.ask(ResetDetailsDocument);
      expect(reset?.entity?.fields?.map(({ identifier }) => identifier)).toEqual(['Id']);
    }
  });

  it('gets over what passes, and answers from memory meanwhile', async () => {
    const { client, control } = await start('20000');
    const once = { times: 1, operations: ['DescribeConnectorEntity'] };
    await control(
      'PUT',
      { fault: 'connection-reset', ...once },
      { fault: 'error', name: 'ServiceUnavailableException', ...once },
    );
    expect(await fieldsOf(client)).toEqual(['Id']);
    await control('PUT', { fault: 'connection-reset' });
    expect(await fieldsOf(client)).toEqual(['Id']);
  });
});

async function start(timeoutMs: string) {
  const client = await runGateway({
    LOCAL_APPFLOW_CATALOG: await writeCatalog(catalog),
    LOCAL_APPFLOW_FAULTS: 'true',
    UPSTREAM_TIMEOUT_MS: timeoutMs,
  });
  const control = async (method: string, ...rules: object[]) => {
    const body = { headers: { 'content-type': 'application/json' }, body: JSON.stringify({ rules }) };
    const url = `${client.gateway.localAppflow?.url}/_faults`;
    const response = await fetch(url, { method, ...(method === 'PUT' && body) });
    expect(await response.json()).toMatchObject({ struck: rules.map(() => 0) });
  };
  return { client, control };
}

/** Resets without reading anything again, unlike the example operation. */
async function forget({ gateway }: GatewayClient): Promise<void> {
  const input = '{ connectorProfileName: "my-salesforce", connectorEntityName: "Account" }';
  await post(gateway.url, { query: `mutation { resetConnectorMetadataCache(input: ${input}) { scope } }` });
}

async function fieldsOf(client: GatewayClient): Promise<string[] | undefined> {
  const { connectorEntity } = await client.ask(DescribeEntityDocument);
  return connectorEntity?.fields?.map(({ identifier }) => identifier);
}
