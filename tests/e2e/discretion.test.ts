import fc from 'fast-check';
import { expect, it } from 'vitest';
import { startOtlpReceiver } from '../support/otlp-receiver.ts';
import { runGateway } from '../support/run-gateway.ts';

/** What a client may send with a secret in it; whether it makes sense does not matter. */
const requests: Readonly<Record<string, (secret: string) => { readonly query?: string } & RequestInit>> = {
  'a variable': secret => posted({ query: entities, variables: { profile: secret } }),
  'a variable of another type': secret => posted({ query: firstOf, variables: { first: secret } }),
  'a variable nobody declared': secret => posted({ query: '{ __typename }', variables: { [secret]: secret } }),
  'a variable of a reset that is refused': secret => posted({ query: reset, variables: { profile: `${secret} !` } }),
  'an id': secret => posted({ query: node, variables: { id: secret } }),
  'the variables of a GET': secret => ({
    method: 'GET',
    query: `?query=${encodeURIComponent(entities)}&variables=${encodeURIComponent(JSON.stringify({ profile: secret }))}`,
  }),
  'a token': secret => posted({ query: '{ __typename }' }, { authorization: `Bearer ${secret}` }),
  'a cookie': secret => posted({ query: '{ __typename }' }, { cookie: `session=${secret}` }),
  'a router secret': secret => posted({ query: '{ __typename }' }, { 'router-authorization': secret }),
  'a traceparent': secret => posted({ query: '{ __typename }' }, { traceparent: secret }),
  'a body that is no JSON': secret => ({ ...posted({}), body: `{"query":"${secret}` }),
  extensions: secret => posted({ query: '{ __typename }', extensions: { secret } }),
};

const entities = 'query List($profile: String!) { connectorEntities(connectorProfileName: $profile) { totalCount } }';
const firstOf = 'query First($first: Int) { connectorProfiles(first: $first) { nodes { name } } }';
const node = 'query Id($id: ID!) { connectorProfile(id: $id) { name } }';
const reset = `mutation Reset($profile: String!) {
  resetConnectorMetadataCache(input: { connectorProfileName: $profile }) { scope } }`;

it('no line of the log, no label of a metric and no span ever holds what a variable or a header held', async () => {
  const receiver = await startOtlpReceiver();
  const client = await runGateway({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint, LOG_LEVEL: 'trace' });
  const { url } = client.gateway;
  const sent: (readonly [string, string])[] = [];
  const secrets = fc.stringMatching(/^[a-z0-9]{16,40}$/);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...Object.keys(requests)), secrets, async (kind, secret) => {
      const { query = '', ...init } = requests[kind]?.(secret) ?? {};
      const response = await fetch(`${url}/graphql${query}`, init);
      await response.arrayBuffer();
      sent.push([kind, secret]);
    }),
    { numRuns: 100 },
  );
  const metrics = await (await fetch(`${url}/metrics`)).text();
  await client.gateway.close();
  expect(receiver.spans.length).toBeGreaterThan(100);
  // A program of its own, for development, that says what it refuses.
  const lines = client.lines.filter(line => !line.includes('"msg":"local AppFlow'));
  const seen = [metrics, ...receiver.bodies, ...lines].join('\n');
  expect(sent.filter(([, secret]) => seen.includes(secret))).toEqual([]);
});

function posted(body: object, headers: Readonly<Record<string, string>> = {}): RequestInit {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
}
