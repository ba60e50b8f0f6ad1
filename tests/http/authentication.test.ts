import { writeFile } from 'node:fs/promises';
import { SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createHttpApp } from '../../src/http/app.ts';
import { callerOf, createAuthentication } from '../../src/http/authentication.ts';
import { mountGraphQL } from '../../src/http/graphql-route.ts';
import { createRouterCheck } from '../../src/http/router-secret.ts';
import { createTokenVerifier } from '../../src/http/token-verifier.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { createLogLines, type LogLines } from '../support/log-lines.ts';
import { temporaryFile } from '../support/temporary-file.ts';
import { startTokenIssuer, type TokenIssuer } from '../support/token-issuer.ts';

const minutes = 60_000;
const secrets = ['the-old-router-secret', 'the-new-router-secret'];

describe('with tokens', () => {
  it('a caller is who the token says, with those of its scopes that mean something here', async () => {
    const { issuer, ask } = await startWithTokens();
    const token = await issuer.sign({ sub: 'ada', scope: 'appflow:read openid appflow:reset' });
    expect(await ask({ authorization: `Bearer ${token}` })).toEqual({
      status: 200,
      body: { id: 'ada', scopes: ['appflow:read', 'appflow:reset'] },
    });
  });

  it.each([
    ['a list', ['appflow:read', 'profile']],
    ['a text', 'profile appflow:read'],
  ])('scopes may be in `scp`, as %s', async (_, scp) => {
    const { issuer, ask } = await startWithTokens();
    const { body } = await ask({ authorization: `Bearer ${await issuer.sign({ scp })}` });
    expect(body).toMatchObject({ scopes: ['appflow:read'] });
  });

  it.each<[string, RegExp, (issuer: TokenIssuer) => Promise<string>]>([
    ['nothing at all', /no token/, async () => ''],
    ['something else than a bearer token', /not a bearer token/, async () => 'Basic YWRhOmJ5cm9u'],
    ['a text that is no token', /Compact JWS/, async () => 'Bearer hello'],
    ['an expired token', /"exp"/, issuer => bearer(issuer, { exp: seconds() - 31 })],
    ['a token that is not valid yet', /"nbf"/, issuer => bearer(issuer, { nbf: seconds() + 31 })],
    ['one without an end', /"exp"/, issuer => bearer(issuer, { exp: undefined })],
    ['one without a subject', /"sub"/, issuer => bearer(issuer, { sub: undefined })],
    ['one for somebody else', /"aud"/, issuer => bearer(issuer, { aud: 'another-service' })],
    ['one of another issuer', /"iss"/, issuer => bearer(issuer, { iss: 'https://evil.example/' })],
    ['one without a signature', /Compact JWS|"alg"/, async issuer => `Bearer ${unsigned(issuer)}`],
    ['one signed with a text', /"alg"/, async issuer => `Bearer ${await signedWithText(issuer)}`],
    ['one whose claims were changed', /signature/, async issuer => tampered(await bearer(issuer, {}))],
    ['one signed with an unknown key', /no applicable key/, async issuer => bearerOfStranger(issuer)],
  ])('%s is refused without a reason, which the log has', async (_, reason, create) => {
    const { issuer, ask, lines } = await startWithTokens();
    const answer = await ask({ authorization: await create(issuer) });
    expect(answer).toEqual({
      status: 401,
      body: { errors: [{ message: 'Authentication is required.', extensions: { code: 'UNAUTHENTICATED' } }] },
    });
    const told = lines.find(({ msg }) => msg === 'request not authenticated');
    expect(told).toMatchObject({ reason: expect.stringMatching(reason), requestId: expect.any(String) });
  });

  it('keys are fetched once, and again after ten minutes', async () => {
    const { issuer, ask, clock } = await startWithTokens();
    const askAgain = async () => ask({ authorization: await bearer(issuer, {}) });
    await askAgain();
    await askAgain();
    expect(issuer.requests()).toBe(1);
    clock.advance(11 * minutes);
    await askAgain();
    await expect.poll(() => issuer.requests()).toBe(2);
  });

  it('keys go on being used while nobody can fetch them', async () => {
    const { issuer, ask, clock, lines } = await startWithTokens();
    issuer.setAvailable(false);
    clock.advance(24 * 60 * minutes);
    const token = await issuer.sign({}, { now: clock.wallNow() });
    expect(await ask({ authorization: `Bearer ${token}` })).toMatchObject({ status: 200 });
    await expect.poll(() => lines.some(({ msg }) => /go on being used/.test(String(msg)))).toBe(true);
  });

  it('a new key is found at once, tokens with made-up keys cause no storm', async () => {
    const { issuer, ask, clock } = await startWithTokens();
    clock.advance(minutes);
    await issuer.rotate();
    expect(await ask({ authorization: await bearer(issuer, {}) })).toMatchObject({ status: 200 });
    expect(issuer.requests()).toBe(2);
    for (let times = 0; times < 5; times += 1) await ask({ authorization: await bearerOfStranger(issuer) });
    expect(issuer.requests()).toBe(2);
  });

  it('nobody gets in before there are keys, and everybody is told to come again', async () => {
    const issuer = await startTokenIssuer();
    issuer.setAvailable(false);
    const { ask, clock } = await startWithTokens({ issuer });
    const authorization = await bearer(issuer, {});
    expect(await ask({ authorization })).toMatchObject({
      status: 503,
      body: { errors: [{ extensions: { code: 'AUTHENTICATION_UNAVAILABLE' } }] },
    });
    issuer.setAvailable(true);
    clock.advance(minutes / 2);
    expect(await ask({ authorization })).toMatchObject({ status: 200 });
  });

  it('keys may come from a file', async () => {
    const issuer = await startTokenIssuer();
    const path = await temporaryFile('jwks.json');
    await writeFile(path, await (await fetch(issuer.jwks)).text());
    const { ask } = await startWithTokens({ issuer, jwks: path });
    expect(await ask({ authorization: await bearer(issuer, {}) })).toMatchObject({ status: 200 });
  });
});

describe('with router secrets', () => {
  it.each(secrets)('whoever knows %s may do everything', async secret => {
    const { ask } = await start({ isRouter: createRouterCheck(secrets) });
    expect(await ask({ 'router-authorization': secret })).toEqual({
      status: 200,
      body: { id: 'router', scopes: ['appflow:read', 'appflow:reset', 'appflow:operate'] },
    });
  });

  it.each([{}, { 'router-authorization': '' }, { 'router-authorization': 'the-old-router-secre' }])(
    'nobody else gets through: %j',
    async headers => {
      const { ask } = await start({ isRouter: createRouterCheck(secrets) });
      expect(await ask(headers)).toMatchObject({ status: 401 });
    },
  );

  it('a token says who is behind the router, and is no way around it', async () => {
    const { issuer, ask } = await startWithTokens({ isRouter: createRouterCheck(secrets) });
    const authorization = await bearer(issuer, { scope: 'appflow:read' });
    expect(await ask({ authorization })).toMatchObject({ status: 401 });
    expect(await ask({ authorization, 'router-authorization': secrets[0] ?? '' })).toMatchObject({
      body: { id: 'ada', scopes: ['appflow:read'] },
    });
    expect(await ask({ 'router-authorization': secrets[0] ?? '' })).toMatchObject({ status: 401 });
  });
});

it('health needs no authentication', async () => {
  const { origin } = await start({ isRouter: createRouterCheck(secrets) });
  expect((await fetch(`${origin}/livez`)).status).toBe(200);
  expect((await fetch(`${origin}/readyz`)).status).toBe(200);
});

type Checks = Omit<Parameters<typeof createAuthentication>[0], 'log'>;

/** Starts an app whose GraphQL answers who is asking. */
async function start(checks: Checks, { log, lines }: LogLines = createLogLines()) {
  const app = createHttpApp({ log });
  onTestFinished(() => app.close(0));
  const whoAmI = async (request: Parameters<typeof callerOf>[0]) => {
    const { id, scopes } = callerOf(request);
    return { id, scopes: [...scopes] };
  };
  mountGraphQL(app.fastify, whoAmI, { authenticate: createAuthentication({ log, ...checks }) });
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });
  const ask = async (headers: Record<string, string>) => {
    const response = await fetch(`${origin}/graphql`, { headers });
    return { status: response.status, body: await response.json() };
  };
  return { origin, ask, lines };
}

interface TokenSetup {
  readonly issuer?: TokenIssuer;
  readonly jwks?: string;
  readonly isRouter?: Checks['isRouter'];
}

async function startWithTokens({ issuer: given, jwks, isRouter }: TokenSetup = {}) {
  const issuer = given ?? (await startTokenIssuer());
  const clock = new FakeClock(Date.now());
  const logLines = createLogLines();
  const { audience, issuer: name } = issuer;
  const options = { issuer: name, audience, jwks: jwks ?? issuer.jwks, clock, log: logLines.log };
  const started = await start({ verifyToken: await createTokenVerifier(options), isRouter }, logLines);
  return { ...started, issuer, clock };
}

function seconds(): number {
  return Math.floor(Date.now() / 1000);
}

async function bearer(issuer: TokenIssuer, claims: Parameters<TokenIssuer['sign']>[0]): Promise<string> {
  return `Bearer ${await issuer.sign(claims)}`;
}

/** Signed with a key that the issuer's set does not have. */
async function bearerOfStranger({ issuer, audience }: TokenIssuer): Promise<string> {
  const stranger = await startTokenIssuer();
  await stranger.rotate();
  await stranger.rotate();
  return bearer(stranger, { iss: issuer, aud: audience });
}

function unsigned({ issuer, audience }: TokenIssuer): string {
  return new UnsecuredJWT({ sub: 'ada', scope: 'appflow:reset' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setExpirationTime('5m')
    .encode();
}

/** What a careless check takes: a signature with the public key's own text as the secret. */
async function signedWithText({ issuer, audience, jwks }: TokenIssuer): Promise<string> {
  const publicKeys = await (await fetch(jwks)).text();
  return new SignJWT({ sub: 'ada' })
    .setProtectedHeader({ alg: 'HS256', kid: 'key-1' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setExpirationTime('5m')
    .sign(new TextEncoder().encode(publicKeys));
}

function tampered(token: string): string {
  const [header, payload = '', signature] = token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const changed = Buffer.from(JSON.stringify({ ...claims, scope: 'appflow:reset' })).toString('base64url');
  return [header, changed, signature].join('.');
}
