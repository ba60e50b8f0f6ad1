import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLog } from '../../src/base/log.ts';
import { createHttpApp, type HttpApp } from '../../src/http/app.ts';
import { rawRequest, sendRaw } from '../support/raw-http.ts';

let root: string;
let directory: string;
let app: HttpApp;
let origin: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'graphiql-'));
  directory = join(root, 'explorer');
  app = createHttpApp({ log: createLog('silent'), graphiql: { directory } });
  origin = await app.listen({ host: '127.0.0.1', port: 0 });
  await writeFile(join(root, 'secret.txt'), 'secret');
});
afterAll(async () => {
  await app.close(0);
  await rm(root, { recursive: true });
});

test('the page can be built while the server runs', async () => {
  const before = await fetch(`${origin}/graphiql`);
  expect(before.status).toBe(404);
  expect(await before.json()).toMatchObject({ errors: [{ message: 'GraphiQL is not built: run `npm run build`.' }] });

  await build();

  for (const path of ['/graphiql', '/graphiql/']) {
    const page = await fetch(origin + path);
    expect([page.status, await page.text()]).toEqual([200, '<!doctype html><title>t</title>']);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  }
});

test('the page is asked for again each time, its assets never', async () => {
  await build();
  const page = await fetch(`${origin}/graphiql`);
  const asset = await fetch(`${origin}/graphiql/assets/a-1234.js`);
  expect(page.headers.get('cache-control')).toBe('no-cache');
  expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(asset.headers.get('content-type')).toBe('application/javascript; charset=utf-8');
});

test('a compressed asset goes to whoever can read it', async () => {
  await build();
  const compressed = await sendRaw(origin, rawRequest('GET /graphiql/assets/a-1234.js', { 'accept-encoding': 'gzip' }));
  const plain = await sendRaw(origin, rawRequest('GET /graphiql/assets/a-1234.js'));
  expect([compressed.headers['content-encoding'], compressed.body]).toEqual(['gzip', 'pretend gzip']);
  expect([plain.headers['content-encoding'], plain.body]).toEqual([undefined, 'export {};']);
  expect(compressed.headers).toMatchObject({ vary: 'accept-encoding' });
});

test('neither the page nor what it starts may load anything from elsewhere', async () => {
  await build();
  for (const path of ['/graphiql', '/graphiql/assets/a-1234.js']) {
    const policy = (await fetch(origin + path)).headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/https?:|\*|unsafe-eval/);
  }
});

test.each([
  '/graphiql/assets/..%2f..%2fsecret.txt',
  '/graphiql/assets/../../secret.txt',
  '/graphiql/assets/%2e%2e/%2e%2e/secret.txt',
  '/graphiql/assets/',
])('nothing outside the assets is served: %s', async path => {
  await build();
  const answer = await sendRaw(origin, rawRequest(`GET ${path}`));
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
  expect(answer.headers['cache-control']).toBe('no-store');
});

async function build(): Promise<void> {
  await mkdir(join(directory, 'assets'), { recursive: true });
  await writeFile(join(directory, 'graphiql.html'), '<!doctype html><title>t</title>');
  await writeFile(join(directory, 'assets', 'a-1234.js'), 'export {};');
  await writeFile(join(directory, 'assets', 'a-1234.js.gz'), 'pretend gzip');
}
