import { readFile } from 'node:fs/promises';
import { type JSONWebKeySet, type JWTPayload, jwtVerify } from 'jose';
import { type Caller, type Scope, scopes } from '../base/caller.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { KeySet } from './key-set.ts';

export interface TokenVerifierOptions {
  /** Has to be the token's `iss`. */
  readonly issuer: string;
  /** Has to be among the token's `aud`. */
  readonly audience: string;
  /** The issuer's keys (a JSON Web Key Set): an http(s) URL, or a file. */
  readonly jwks: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** Turns a bearer token into its caller; rejects when it is not one of ours, for a reason that is for the log only. */
export type VerifyToken = (token: string) => Promise<Caller>;

/** Signatures by a private key. `none` is not among them, nor is any where the public key could pass for the secret. */
const algorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

/** What the issuer's clock and ours may differ by. */
const clockToleranceSeconds = 30;

const loadTimeoutMs = 5_000;

/** Creates the check of JSON Web Tokens, with the keys loaded, or at least tried. */
export async function createTokenVerifier(options: TokenVerifierOptions): Promise<VerifyToken> {
  const { issuer, audience, jwks, clock, log } = options;
  const keys = new KeySet({ load: () => loadKeys(jwks), clock, log });
  await keys.refresh();
  return async token => {
    const { payload } = await jwtVerify(token, keys.find, {
      issuer,
      audience,
      algorithms,
      clockTolerance: clockToleranceSeconds,
      currentDate: new Date(clock.wallNow()),
      requiredClaims: ['exp', 'sub'],
    });
    return { id: String(payload.sub), scopes: scopesOf(payload) };
  };
}

async function loadKeys(jwks: string): Promise<JSONWebKeySet> {
  if (!/^https?:/.test(jwks)) return JSON.parse(await readFile(jwks, 'utf8'));
  const response = await fetch(jwks, { redirect: 'error', signal: AbortSignal.timeout(loadTimeoutMs) });
  if (!response.ok) throw new Error(`expected a key set, got status ${response.status}`);
  return (await response.json()) as JSONWebKeySet;
}

/** `scope` is a text with spaces (RFC 8693), `scp` what Okta and Entra ID write in its place: a list or such a text. */
function scopesOf({ scope, scp }: JWTPayload): ReadonlySet<Scope> {
  const granted = [scope, scp].flat().flatMap(claim => (typeof claim === 'string' ? claim.split(' ') : []));
  return new Set(scopes.filter(known => granted.includes(known)));
}
