import type { Random } from '../../simulation/random.ts';
import { signedForAppflow } from '../../support/start-local-appflow.ts';
import { type FuzzTarget, pickTarget } from './fuzz-targets.ts';
import { fuzzBody, mutateBytes, whole } from './json-fuzz.ts';

/** One request as it goes over a connection. */
export interface FuzzRequest {
  readonly method: string;
  readonly bytes: Buffer;
}

const methods = ['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE', 'PROPFIND', 'M-SEARCH', 'QUERY'];

/** A request that is well framed, whatever its path, headers and body: it has to be answered, and the connection goes on. */
export function fuzzRequest(random: Random, tokens: readonly string[]): FuzzRequest {
  const target = pickTarget(random);
  return fuzzWith(random, tokens, random.chance(0.9) ? target : { ...target, methods });
}

/** The same with some bytes changed anywhere: who knows what it is now. */
export function fuzzWildly(random: Random, tokens: readonly string[]): Buffer {
  if (random.chance(0.1)) return Buffer.from(Array.from({ length: whole(random, 400) }, () => whole(random, 256)));
  if (random.chance(0.1)) return Buffer.from(fuzzStrange(random));
  return mutateBytes(random, fuzzWith(random, tokens, pickTarget(random)).bytes);
}

/** The beginning of a request whose rest never comes. */
export function fuzzCut(random: Random, tokens: readonly string[]): Buffer {
  const { bytes } = fuzzWith(random, tokens, pickTarget(random));
  return bytes.subarray(0, whole(random, bytes.length));
}

function fuzzWith(random: Random, tokens: readonly string[], target: FuzzTarget): FuzzRequest {
  const { path } = target;
  const method = random.pick(target.methods);
  const body = random.chance(0.0005)
    ? Buffer.alloc(1024 * 1024 + whole(random, 9), ' ')
    : fuzzBody(random, path, tokens);
  const headers = ['host: localhost', ...fuzzHeaders(random)];
  const start = `${method} ${random.chance(0.93) ? path : fuzzTarget(random, path)} HTTP/1.1`;
  return random.chance(0.15)
    ? { method, bytes: join([start, ...headers, 'transfer-encoding: chunked'], toChunks(random, body)) }
    : { method, bytes: join([start, ...headers, `content-length: ${body.length}`], body) };
}

function fuzzStrange(random: Random): string {
  const head = `POST ${pickTarget(random).path} HTTP/1.1\r\nauthorization: ${signedForAppflow}\r\n`;
  return random.pick([
    'CONNECT localhost:1 HTTP/1.1\r\nhost: localhost\r\n\r\n',
    'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    'GET /\r\n\r\n',
    `${head}\r\n`,
    `${head}host: a\r\nhost: b\r\n\r\n`,
    `${head}host: a\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}`,
    `${head}host: a\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n{}`,
    `${head}host: a\r\ncontent-length: -1\r\n\r\n{}`,
    `${head}host: a\r\ntransfer-encoding: gzip\r\n\r\n{}`,
    `${head}host: a\r\ntransfer-encoding: chunked\r\n\r\n2;${'x'.repeat(whole(random, 20_000))}\r\n{}\r\n0\r\n\r\n`,
    `${head}host: a\r\n${'x: y\r\n'.repeat(whole(random, 4000))}\r\n`,
    `${head}host: a\r\nx: ${'y'.repeat(whole(random, 30_000))}\r\n\r\n`,
    `${head}host: a\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n`,
    `${head.replace('1.1', '1.0')}\r\n`,
    `${head.replace('POST', 'BREW')}\r\n`,
    '\r\n\r\n\r\n',
  ]);
}

function fuzzHeaders(random: Random): string[] {
  return [
    ...(random.chance(0.95) ? [`authorization: ${fuzzSignature(random)}`] : []),
    ...(random.chance(0.95) ? ['content-type: application/json'] : [`content-type: ${fuzzLine(random)}`]),
    ...(random.chance(0.03) ? [random.pick(['expect: 100-continue', `expect: ${fuzzLine(random)}`])] : []),
    ...(random.chance(0.03) ? [`content-encoding: ${random.pick(['gzip', 'identity', fuzzLine(random)])}`] : []),
    ...(random.chance(0.05) ? [`x-${whole(random, 99)}: ${fuzzLine(random)}`] : []),
  ];
}

function fuzzSignature(random: Random): string {
  if (random.chance(0.95)) return signedForAppflow;
  if (random.chance(0.3)) return fuzzLine(random);
  return toLine(mutateBytes(random, Buffer.from(signedForAppflow)));
}

/** Something that may stand in a request line. */
function fuzzTarget(random: Random, path: string): string {
  const target = random.pick([
    path.toUpperCase(),
    `${path}/`,
    `${path}?${whole(random, 99)}`,
    `http://x${path}`,
    '*',
    '//',
    '/%',
    '/..',
  ]);
  return random.chance(0.7) ? target : `/${toLine(mutateBytes(random, Buffer.from(path))).replaceAll(/[^!-~]/g, '%')}`;
}

function fuzzLine(random: Random): string {
  return toLine(Buffer.from(Array.from({ length: whole(random, 60) }, () => whole(random, 256))));
}

/** Only what may stand in a header, so that the framing stays good. */
function toLine(bytes: Buffer): string {
  return bytes
    .toString('latin1')
    .replaceAll(/[^\t -~\u0080-\u00ff]/g, '?')
    .trim();
}

function join(lines: readonly string[], body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), body]);
}

function toChunks(random: Random, body: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length; ) {
    const chunk = body.subarray(at, at + 1 + whole(random, body.length));
    parts.push(Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n'));
    at += chunk.length;
  }
  return Buffer.concat([...parts, Buffer.from('0\r\n\r\n')]);
}
