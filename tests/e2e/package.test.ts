import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProcess } from '../support/run-cli.ts';
import { post } from '../support/run-gateway.ts';

const root = join(import.meta.dirname, '../..');
const run = promisify(execFile);
const freePorts = { PORT: '0', LOCAL_APPFLOW_PORT: '0' };

let elsewhere: string;
let packed: readonly string[];
let cli: string;

beforeAll(async () => {
  elsewhere = await mkdtemp(join(tmpdir(), 'appflow-gateway-'));
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', elsewhere], {
    cwd: root,
  });
  const [{ filename, files }] = JSON.parse(stdout);
  packed = files.map(({ path }: { path: string }) => path);
  const installed = join(elsewhere, 'node_modules/appflow-gateway');
  await mkdir(installed, { recursive: true });
  await run('tar', [
    '--extract',
    '--gzip',
    '--strip-components=1',
    '--directory',
    installed,
    '--file',
    join(elsewhere, filename),
  ]);
  await linkProductionDependencies();
  cli = join(installed, 'dist/cli.js');
}, 120_000);

afterAll(() => rm(elsewhere, { recursive: true }));

describe('the package, installed where nothing else is', () => {
  it('explains itself', async () => {
    const help = runProcess(process.execPath, [cli, '--help']);
    expect(await help.exitCode).toBe(0);
    expect(help.stdout()).toContain('METADATA_TTL_SECONDS');
    expect(readFileSync(cli, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  });

  it('serves the sample catalogue and GraphiQL', async () => {
    const url = await runProcess(process.execPath, [cli, 'serve'], freePorts).listening();
    expect(await post(url, { query: '{ connectorProfile(name: "my-salesforce") { name } }' })).toEqual({
      data: { connectorProfile: { name: 'my-salesforce' } },
    });
    const page = await (await fetch(`${url}/graphiql`)).text();
    const [, script] = /<script[^>]* src="([^"]+)"/.exec(page) ?? [];
    expect((await fetch(new URL(script ?? '', `${url}/graphiql`))).status).toBe(200);
  });

  it('starts local AppFlow by itself, in production and whatever HOST is', async () => {
    const environment = { ...freePorts, HOST: '0.0.0.0', NODE_ENV: 'production' };
    const url = await runProcess(process.execPath, [cli, 'local-appflow'], environment).listening();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:/);
    expect((await fetch(`${url}/list-connectors`, { method: 'POST', body: '{}' })).status).toBe(403);
  });

  it('prints its schema', async () => {
    const schema = runProcess(process.execPath, [cli, 'schema', '--check']);
    expect(await schema.exitCode).toBe(0);
  });

  it('holds what it runs from, and no sources, tests or deployment', () => {
    const kept =
      /^(dist\/|schema\/|src\/local-appflow\/sample-catalog\.yaml$|(README|CHANGELOG)\.md$|LICENSE$|package\.json$)/;
    expect(packed.filter(path => !kept.test(path))).toEqual([]);
    expect(packed).toEqual(expect.arrayContaining(['schema/schema.graphql', 'dist/explorer/graphiql.html', 'LICENSE']));
  });
});

/** What `npm install` of the package would put beside it, by the lock file: without it, what only develops would be found too. */
async function linkProductionDependencies(): Promise<void> {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: true }>;
  };
  for (const [path, { dev }] of Object.entries(packages)) {
    const isTopLevel = /^node_modules\/(@[^/]+\/)?[^/]+$/.test(path);
    if (!isTopLevel || dev || !existsSync(join(root, path))) continue;
    await mkdir(dirname(join(elsewhere, path)), { recursive: true });
    await symlink(join(root, path), join(elsewhere, path));
  }
}
