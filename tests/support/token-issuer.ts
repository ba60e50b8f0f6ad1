import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { onTestFinished } from 'vitest';

/** An issuer of tokens with a real key set on a real URL. */
export interface TokenIssuer {
  readonly issuer: string;
  readonly audience: string;
  /** Where its key set is. */
  readonly jwks: string;
  /** Times that the key set was asked for. */
  requests(): number;
  /** Whether the key set can be had; at first it can. */
  setAvailable(isAvailable: boolean): void;
  /** From now on signs with another key. The old one leaves the key set. */
  rotate(): Promise<void>;
  /** A token of this issuer for this audience, for five minutes from `now`, where `claims` say nothing else. */
  sign(claims: Readonly<Record<string, unknown>>, options?: { readonly now?: number }): Promise<string>;
}

/** Starts one; it is closed after the test. */
export async function startTokenIssuer(): Promise<TokenIssuer> {
  let key = await createKey('key-1');
  let requests = 0;
  let isAvailable = true;
  const server = createServer((_request, response) => {
    requests += 1;
    response.writeHead(isAvailable ? 200 : 503, { 'content-type': 'application/json' });
    response.end(isAvailable ? JSON.stringify({ keys: [key.publicJwk] }) : '');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.closeAllConnections());
  onTestFinished(() => void server.close());
  const issuer = 'https://issuer.example/';
  const audience = 'appflow-gateway';
  return {
    issuer,
    audience,
    jwks: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`,
    requests: () => requests,
    setAvailable: available => {
      isAvailable = available;
    },
    rotate: async () => {
      key = await createKey(`${key.kid}+`);
    },
    sign: (claims, { now = Date.now() } = {}) => {
      const seconds = Math.floor(now / 1000);
      const payload = { iss: issuer, aud: audience, sub: 'ada', iat: seconds, exp: seconds + 300, ...claims };
      return new SignJWT(payload).setProtectedHeader({ alg: 'ES256', kid: key.kid }).sign(key.privateKey);
    },
  };
}

async function createKey(kid: string) {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  return { kid, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' } };
}
