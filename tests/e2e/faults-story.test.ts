import { describe, expect, it } from 'vitest';
import { DescribeEntityDocument, ResetDetailsDocument } from '../../src/explorer/generated/graphql.ts';
import { type GatewayClient, runGateway, writeCatalog } from '../support/run-gateway.ts';

/** One profile for each story that is told at the same time. */
const profileNames = Array.from({ length: 10 }, (_, index) => `salesforce-${index}`);
const salesforce = '{ connector: Salesforce, entities: { Account: { fields: { Id: id } } } }';
const catalog = `profiles:\n${profileNames.map(name => `  ${name}: ${salesforce}\n`).join('')}`;

interface Story {
  /** What AppFlow does. */
  readonly appflow: string;
  readonly rule: object;
  /** What the gateway says of it. */
  readonly extensions: { readonly code: string; readonly retryable: boolean; readonly retryAfterMs?: number };
  /** Whether a reset was asked for, not a read. */
  readonly resets?: boolean;
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
].map(story => ({ ...story, resets: true, rule: { ...story.rule, operations: ['ResetConnectorMetadataCache'] } }));

describe('a gateway in front of an AppFlow that misbehaves', () => {
  it.each([
    ['as soon as it knows', readsThatFail, '20000'],
    ['at its deadline, promising nothing about resets', [...readsWithoutEnd, ...resetsThatFail], '600'],
  ])('says so %s, and works again afterwards', async (_, stories, timeoutMs) => {
    const { client, control } = await start(timeoutMs);
    await control('PUT', ...stories.map(({ rule }, index) => ({ ...rule, profiles: [nameAt(index)] })));
    await tellAll(stories, async (story, profile) => {
      const { appflow, extensions } = story;
      const path = [story.resets ? 'resetConnectorMetadataCache' : 'connectorEntity'];
      expect((await ask(client, story, profile)).errors, `AppFlow ${appflow}`).toMatchObject([{ path, extensions }]);
    });
    await control('DELETE');
    await tellAll(stories, async (story, profile) => {
      expect(await ask(client, story, profile)).toEqual({ errors: undefined, fields: ['Id'] });
    });
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

/** Tells stories side by side, each about a profile of its own: most of the time of one goes by in the pauses between attempts. */
async function tellAll(
  stories: readonly Story[],
  tell: (story: Story, profile: string) => Promise<void>,
): Promise<void> {
  await Promise.all(stories.map((story, index) => tell(story, nameAt(index))));
}

/** What came of a read, or of a reset that reads again. */
async function ask(client: GatewayClient, { resets }: Story, profile: string) {
  if (resets) {
    const { data, errors } = await client.send(ResetDetailsDocument, { profile });
    return { errors, fields: namesOf(data?.resetConnectorMetadataCache?.entity) };
  }
  const { data, errors } = await client.send(DescribeEntityDocument, { profile });
  return { errors, fields: namesOf(data?.connectorEntity) };
}

function nameAt(index: number): string {
  const name = profileNames[index];
  if (name === undefined) throw new Error(`expected at most ${profileNames.length} stories, got one more`);
  return name;
}

async function fieldsOf(client: GatewayClient): Promise<string[] | undefined> {
  const { connectorEntity } = await client.ask(DescribeEntityDocument, { profile: nameAt(0) });
  return namesOf(connectorEntity);
}

type Entity = { readonly fields?: readonly { readonly identifier: string }[] | null } | null | undefined;

function namesOf(entity: Entity): string[] | undefined {
  return entity?.fields?.map(({ identifier }) => identifier);
}
