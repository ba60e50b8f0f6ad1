import { describe, expect, it } from 'vitest';
import { parsePrometheusText, type Samples } from '../support/prometheus-text.ts';
import { type GatewayClient, post, runGateway } from '../support/run-gateway.ts';
import { startTokenIssuer } from '../support/token-issuer.ts';

const fields = `query Fields($name: String!) {
  connectorEntity(connectorProfileName: "my-salesforce", name: $name) { fields { identifier } } }`;
const profiles = '{ connectorProfiles(first: 1) { nodes { name } } }';
const reset = `mutation { resetConnectorMetadataCache(input: { connectorProfileName: "my-salesforce" }) { scope } }`;

describe('what a gateway does is counted', () => {
  it('exactly: a cold query, a warm one, a reset, and one that is forbidden', async () => {
    const { send, scrape } = await startSeen();
    const before = await scrape();

    await send('read', { query: profiles });
    expect(difference(before, await scrape())).toMatchObject({
      ...operation('query', 'OK', 1),
      ...requests('/graphql', 'POST', 200, 1),
      ...calls('DescribeConnectorProfiles', 'OK', 1),
      appflow_gateway_cache_hits_total: 0,
      appflow_gateway_cache_misses_total: 1,
      appflow_gateway_cache_entries: 1,
    });

    const cold = await scrape();
    await send('read', { query: profiles });
    expect(difference(cold, await scrape())).toMatchObject({
      ...operation('query', 'OK', 1),
      ...requests('/graphql', 'POST', 200, 1),
      ...calls('DescribeConnectorProfiles', 'OK', 0),
      appflow_gateway_cache_hits_total: 1,
      appflow_gateway_cache_misses_total: 0,
    });

    const unreset = await scrape();
    await send('read appflow:reset', { query: reset });
    await send('read', { query: reset });
    expect(difference(unreset, await scrape())).toMatchObject({
      ...operation('mutation', 'OK', 1),
      ...operation('mutation', 'FORBIDDEN', 1),
      ...calls('ResetConnectorMetadataCache', 'OK', 1),
      'appflow_gateway_resets_total{scope="ENTITY_NAMES",outcome="OK"}': 1,
      'appflow_gateway_resets_total{scope="ENTITY_NAMES",outcome="FORBIDDEN"}': 1,
      appflow_gateway_reset_duration_seconds_count: 1,
    });
  });

  it('also what is no operation at all', async () => {
    const { send, scrape } = await startSeen();
    const before = await scrape();
    await send('read', { query: '{' });
    await send('read', { query: '{ nothingOfTheKind }' });
    expect(difference(before, await scrape())).toMatchObject({
      ...operation('unknown', 'GRAPHQL_PARSE_FAILED', 1),
      ...operation('unknown', 'GRAPHQL_VALIDATION_FAILED', 1),
    });
  });

  it('for operators only, where authentication is configured', async () => {
    const { client, token } = await startSeen();
    const ask = (headers: Record<string, string>) => fetch(`${client.gateway.url}/metrics`, { headers });
    expect((await ask({})).status).toBe(401);
    const reader = await ask({ authorization: `Bearer ${await token({ scope: 'appflow:read' })}` });
    expect(reader.status).toBe(403);
    expect(await reader.json()).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
    const operator = await ask({ authorization: `Bearer ${await token({ scope: 'appflow:operate' })}` });
    expect(operator.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(operator.headers.get('cache-control')).toBe('no-store');
  });

  it('for anyone, on a port of its own and not on the other', async () => {
    const issuer = await startTokenIssuer();
    const { lines, gateway } = await runGateway({ ...guardedBy(issuer), METRICS_PORT: '0' });
    expect((await fetch(`${gateway.url}/metrics`)).status).toBe(404);
    const served = parsed(lines).find(({ msg }) => msg === 'metrics are served');
    expect(parsePrometheusText(await (await fetch(String(served?.['url']))).text()).size).toBeGreaterThan(20);
    const graphql = new URL('/graphql', String(served?.['url']));
    expect((await fetch(graphql)).status).toBe(404);
  });
});

describe('what a gateway does is told', () => {
  it('an operation in one line: whose, which, what it cost, and what came from where', async () => {
    const { client, send } = await startSeen();
    const ask = { query: fields, variables: { name: 'Account' } };
    await send('read', ask, { 'x-request-id': 'cold' });
    await send('read', ask, { 'x-request-id': 'warm' });
    const told = parsed(client.lines).filter(({ msg }) => msg === 'operation answered');
    const same = {
      level: 'debug',
      caller: 'ada',
      name: 'Fields',
      type: 'query',
      hash: expect.stringMatching(/^[0-9a-f]{16}$/),
      cost: expect.any(Number),
      joined: 0,
      unkept: 0,
      errorCodes: [],
      durationMs: expect.any(Number),
    };
    expect(told).toMatchObject([
      { ...same, requestId: 'cold', upstreamCalls: expect.any(Number), misses: expect.any(Number) },
      { ...same, requestId: 'warm', upstreamCalls: 0, misses: 0 },
    ]);
    expect(told[0]?.['hash']).toBe(told[1]?.['hash']);
    expect(told[0]?.['upstreamCalls']).toBeGreaterThan(0);
    expect(told[1]?.['hits']).toBeGreaterThan(0);
  });

  it('a reset in one line, whatever became of it', async () => {
    const { client, send } = await startSeen({ LOG_LEVEL: 'info' });
    await send('read appflow:reset', { query: reset }, { 'x-request-id': 'done' });
    await send('read', { query: reset }, { 'x-request-id': 'forbidden' });
    await send('appflow:reset', { query: reset.replace('my-salesforce', 'nobody') }, { 'x-request-id': 'unfound' });
    const told = parsed(client.lines).filter(({ msg }) => String(msg).startsWith('metadata reset'));
    const line = { level: 'info', caller: 'ada', scope: 'ENTITY_NAMES' };
    const coordinates = { connectorProfileName: 'my-salesforce' };
    expect(told).toMatchObject([
      { ...line, requestId: 'done', outcome: 'OK', coordinates },
      { ...line, requestId: 'forbidden', outcome: 'FORBIDDEN', coordinates, durationMs: null },
      { ...line, requestId: 'unfound', outcome: 'NOT_FOUND', coordinates: { connectorProfileName: 'nobody' } },
    ]);
  });
});

type Issuer = Awaited<ReturnType<typeof startTokenIssuer>>;

function guardedBy({ issuer, audience, jwks }: Issuer) {
  return { JWT_ISSUER: issuer, JWT_AUDIENCE: audience, JWT_JWKS: jwks, GRAPHIQL: 'false' };
}

/** A gateway that asks for tokens, whose every line a test can read. */
async function startSeen(environment: Readonly<Record<string, string>> = {}) {
  const issuer = await startTokenIssuer();
  const client: GatewayClient = await runGateway({ ...guardedBy(issuer), LOG_LEVEL: 'debug', ...environment });
  const bearer = async (scope: string) => ({ authorization: `Bearer ${await issuer.sign({ scope })}` });
  return {
    client,
    token: issuer.sign,
    send: async (scope: string, body: object, headers: Readonly<Record<string, string>> = {}) =>
      post(client.gateway.url, body, { ...(await bearer(scope.replace(/^read/, 'appflow:read'))), ...headers }),
    scrape: async () => {
      const response = await fetch(`${client.gateway.url}/metrics`, { headers: await bearer('appflow:operate') });
      return parsePrometheusText(await response.text());
    },
  };
}

function parsed(lines: readonly string[]): Record<string, unknown>[] {
  return lines.map(line => JSON.parse(line));
}

function difference(before: Samples, after: Samples): Record<string, number> {
  return Object.fromEntries([...after].map(([name, value]) => [name, value - (before.get(name) ?? 0)]));
}

function operation(type: string, outcome: string, count: number) {
  return { [`appflow_gateway_graphql_operations_total{type="${type}",outcome="${outcome}"}`]: count };
}

function requests(path: string, method: string, status: number, count: number) {
  return {
    [`appflow_gateway_http_requests_total{path="${path}",method="${method}",status="${status}"}`]: count,
    [`appflow_gateway_http_request_duration_seconds_count{path="${path}"}`]: count,
  };
}

function calls(name: string, code: string, count: number) {
  return {
    [`appflow_gateway_upstream_calls_total{operation="${name}",code="${code}"}`]: count,
    [`appflow_gateway_upstream_call_duration_seconds_count{operation="${name}"}`]: count,
  };
}
