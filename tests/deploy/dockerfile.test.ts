import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { validate } from 'dockerfile-utils';
import { describe, expect, it, onTestFinished } from 'vitest';
import { dockerfile, imageEnvironment, restsOf, stages } from './dockerfile.ts';
import { expectToStart } from './expect-to-start.ts';

const root = join(import.meta.dirname, '../..');
const [build, image] = stages;
const { engines, files, bin } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

describe('the Dockerfile', () => {
  it('has nothing that the linter complains about', () => {
    expect(validate(dockerfile)).toEqual([]);
    expect(validate('FROM node:22\nUSR node')).not.toEqual([]);
  });

  it('builds and runs on one Node, which is pinned, and which `engines` allows', () => {
    const [base, ...others] = new Set(stages.flatMap(stage => restsOf(stage, 'FROM').map(rest => rest.split(' ')[0])));
    expect(others).toEqual([]);
    expect(base).toMatch(/^node:\d+-bookworm-slim$/);
    const [, least = ''] = /^>=(\d+)/.exec(engines.node) ?? [];
    expect(Number(base?.match(/\d+/)?.[0])).toBeGreaterThanOrEqual(Number(least));
  });

  it('installs what the lock file says, and carries over production dependencies only', () => {
    const [install, built] = restsOf(build, 'RUN');
    expect(install).toMatch(/^npm ci /);
    expect(built).toMatch(/^npm run build && npm prune --omit=dev /);
    expect(restsOf(image, 'RUN')).toEqual([]);
  });

  it('runs as a numeric user that is not root', () => {
    expect(restsOf(image, 'USER')).toEqual(['1000:1000']);
  });

  it('runs no shell, so that signals reach the gateway', () => {
    expect(restsOf(image, 'ENTRYPOINT').map(toCommand)).toEqual([['node', bin['appflow-gateway']]]);
    expect(restsOf(image, 'CMD').map(toCommand)).toEqual([['serve']]);
  });

  it('refuses to start until it is told what the upstream is and who may call', async () => {
    const environment = imageEnvironment();
    await expect(expectToStart(environment)).rejects.toThrow('APPFLOW_UPSTREAM');
    await expect(expectToStart({ ...environment, APPFLOW_UPSTREAM: 'aws' })).rejects.toThrow('HOST');
    await expectToStart({ ...environment, APPFLOW_UPSTREAM: 'aws', ROUTER_SECRETS: 'a-secret-of-16-or-more' });
  });

  it('copies files that exist and that .dockerignore lets through', () => {
    const allowed = readFileSync(join(root, '.dockerignore'), 'utf8')
      .split('\n')
      .flatMap(line => (line.startsWith('!') ? line.slice(1) : []));
    const copied = stages.flatMap(stage => restsOf(stage, 'COPY').filter(rest => !rest.startsWith('--from')));
    const sources = copied.flatMap(rest => rest.split(' ').slice(0, -1));
    expect(sources.filter(source => !existsSync(join(root, source)))).toEqual([]);
    expect([...new Set(sources.map(source => source.split('/')[0]))].sort()).toEqual(allowed.sort());
  });

  it('holds what the package holds', () => {
    const held = restsOf(image, 'COPY').map(rest => rest.split(' ').at(-1)?.replace('./', ''));
    const byName: string[] = files.filter((file: string) => file !== 'CHANGELOG.md');
    expect(held).toEqual(expect.arrayContaining(byName));
    expect(restsOf(image, 'COPY')[0]).toBe('package.json LICENSE CHANGELOG.md ./');
  });

  it('asks itself whether it lives', async () => {
    const server = createServer((request, response) => response.writeHead(request.url === '/livez' ? 200 : 404).end());
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const address = server.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    await expect(checkHealth(port)).resolves.toBeDefined();
    server.close();
    server.closeAllConnections();
    await expect(checkHealth(port)).rejects.toMatchObject({ code: 1 });
  });
});

function checkHealth(port: number): Promise<unknown> {
  const [healthcheck = ''] = restsOf(image, 'HEALTHCHECK');
  const [, ...args] = toCommand(healthcheck.slice(healthcheck.indexOf('CMD ') + 4));
  return promisify(execFile)(process.execPath, args, { env: { PORT: String(port) } });
}

function toCommand(rest: string): string[] {
  return JSON.parse(rest);
}
