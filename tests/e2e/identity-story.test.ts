import { describe, expect, it } from 'vitest';
import { post, runGateway } from '../support/run-gateway.ts';
import { startTokenIssuer } from '../support/token-issuer.ts';

const read = '{ connectorProfiles(first: 1) { nodes { name } } }';
const reset = `mutation { resetConnectorMetadataCache(input: { connectorProfileName: "my-salesforce" }) {
  scope profile { connectorProfileName: name } } }`;
const operate = '{ connectorMetadataCache { hits } }';
const reference = `query ($arn: String!) { _entities(representations: [{ __typename: "ConnectorProfile", arn: $arn }]) { __typename } }`;

describe('a gateway that asks for tokens', () => {
  it.each([
    ['appflow:read', { read: 'OK', reset: 'FORBIDDEN', operate: 'FORBIDDEN', reference: 'OK' }],
    ['appflow:reset', { read: 'FORBIDDEN', reset: 'FORBIDDEN', operate: 'FORBIDDEN', reference: 'FORBIDDEN' }],
    ['appflow:operate', { read: 'FORBIDDEN', reset: 'FORBIDDEN', operate: 'OK', reference: 'FORBIDDEN' }],
    ['appflow:read appflow:reset', { read: 'OK', reset: 'OK', operate: 'FORBIDDEN', reference: 'OK' }],
    ['openid', { read: 'FORBIDDEN', reset: 'FORBIDDEN', operate: 'FORBIDDEN', reference: 'FORBIDDEN' }],
  ])('lets %s do what it says, and nothing else', async (scope, expected) => {
    const { url, token } = await startGuarded();
    const authorization = `Bearer ${await token({ scope })}`;
    const outcome = async (query: string) => {
      const arn = 'arn:aws:appflow:us-east-1:123456789012:connectorprofile/my-salesforce';
      const { errors } = await post(url, { query, variables: { arn } }, { authorization });
      return errors?.[0]?.extensions.code ?? 'OK';
    };
    expect({
      read: await outcome(read),
      reset: await outcome(reset),
      operate: await outcome(operate),
      reference: await outcome(reference),
    }).toEqual(expected);
  });

  it('resets for whoever may only reset, and shows nothing of the profile', async () => {
    const { url, token } = await startGuarded();
    const headers = { authorization: `Bearer ${await token({ scope: 'appflow:reset' })}` };
    const { data, errors } = await post<{ resetConnectorMetadataCache: object }>(url, { query: reset }, headers);
    expect(data?.resetConnectorMetadataCache).toEqual({ scope: 'ENTITY_NAMES', profile: null });
    expect(errors).toMatchObject([
      { path: ['resetConnectorMetadataCache', 'profile'], extensions: { code: 'FORBIDDEN' } },
    ]);
  });

  it('answers nobody without one, whatever is asked', async () => {
    const { url } = await startGuarded();
    for (const query of [read, reset, '{ __typename }', '{ __schema { description } }', '{ _service { sdl } }', '{']) {
      expect(await post(url, { query })).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    }
  });
});

async function startGuarded() {
  const issuer = await startTokenIssuer();
  const { gateway } = await runGateway({
    JWT_ISSUER: issuer.issuer,
    JWT_AUDIENCE: issuer.audience,
    JWT_JWKS: issuer.jwks,
    GRAPHIQL: 'false',
  });
  return { url: gateway.url, token: issuer.sign };
}
