import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { settings } from '../../src/config.ts';
import { post, writeCatalog } from '../support/run-gateway.ts';

const root = join(import.meta.dirname, '../..');

describe('appflow-gateway serve', () => {
  it('says when it is ready, what is running and which file to edit, and stops when asked to', async () => {
    const cli = run(['serve'], { PORT: '0', LOCAL_APPFLOW_PORT: '0' });
    const url = await cli.listening();
    expect(cli.stdout().split('\n')[0]).toMatch(/^listening on http:\/\/127\.0\.0\.1:\d+\/$/);
    await vi.waitUntil(() => cli.stderr().includes('catalogue'));
    expect(cli.stderr()).toContain(`${url}/graphiql`);
    expect(cli.stderr()).toContain('src/local-appflow/sample-catalog.yaml');
    expect(await post(url, { query: '{ connectorProfile(name: "my-salesforce") { name } }' })).toEqual({
      data: { connectorProfile: { name: 'my-salesforce' } },
    });
    cli.kill('SIGTERM');
    expect(await cli.exitCode).toBe(0);
  });

  it('tells all problems of its settings at once, and exits with 78', async () => {
    const cli = run(['serve'], { PORT: 'http', METADATA_TTL_SECONDS: '5m', NODE_ENV: 'production' });
    expect(await cli.exitCode).toBe(78);
    expect(cli.stderr().trim().split('\n')).toEqual([
      'PORT must be a whole number from 0 to 65535, got "http"',
      'APPFLOW_UPSTREAM must be local or aws when NODE_ENV is production, got nothing',
      'METADATA_TTL_SECONDS must be a whole number from 1 to 3600, got "5m"',
    ]);
  });

  it('tells every problem of a broken catalogue, and exits with 78', async () => {
    const path = await writeCatalog(
      'profiles:\n  p: { connector: Nobody }\n  q: { connector: Salesforce, entitys: {} }\n',
    );
    const cli = run(['serve'], { PORT: '0', LOCAL_APPFLOW_PORT: '0', LOCAL_APPFLOW_CATALOG: path });
    expect(await cli.exitCode).toBe(78);
    expect(cli.stderr()).toMatch(/line 2, column \d+: .*Nobody/);
    expect(cli.stderr()).toMatch(/line 3, column \d+: .*entitys/);
  });

  it('says which port is taken', async () => {
    const first = run(['serve'], { PORT: '0', LOCAL_APPFLOW_PORT: '0' });
    const { port } = new URL(await first.listening());
    const second = run(['serve'], { PORT: port, LOCAL_APPFLOW_PORT: '0' });
    expect(await second.exitCode).toBe(1);
    expect(second.stderr()).toContain(`127.0.0.1:${port}`);
    expect(second.stderr()).toContain('set PORT');
  });

  it('does not guess a region for AWS', async () => {
    const cli = run(['serve'], { APPFLOW_UPSTREAM: 'aws', AWS_CONFIG_FILE: '/dev/null', PORT: '0' });
    expect(await cli.exitCode).toBe(78);
    expect(cli.stderr()).toContain('AWS_REGION must be set');
  });
});

it('appflow-gateway local-appflow serves a catalogue without a gateway', async () => {
  const path = await writeCatalog('profiles:\n  p: { connector: Salesforce }\n');
  const cli = run(['local-appflow', '--catalog', path, '--port', '0'], { NODE_ENV: 'production' });
  const url = await cli.listening();
  const response = await fetch(`${url}/describe-connector-profiles`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `AWS4-HMAC-SHA256 Credential=A/20260101/us-east-1/appflow/aws4_request, SignedHeaders=host, Signature=${'0'.repeat(64)}`,
    },
    body: '{}',
  });
  expect(await response.json()).toMatchObject({ connectorProfileDetails: [{ connectorProfileName: 'p' }] });
});

it('appflow-gateway config prints the settings, secrets masked', async () => {
  const cli = run(['config'], { LOCAL_APPFLOW_POSTGRES_URL: 'postgresql://u:hunter2@127.0.0.1/db' });
  expect(await cli.exitCode).toBe(0);
  expect(cli.stdout()).toContain('METADATA_TTL_SECONDS=3600');
  expect(cli.stdout()).not.toContain('hunter2');
});

it('appflow-gateway --help lists every setting', async () => {
  const cli = run(['--help']);
  expect(await cli.exitCode).toBe(0);
  for (const name of Object.keys(settings)) expect(cli.stdout()).toContain(`\n  ${name} (`);
});

it('appflow-gateway schema prints what is committed', async () => {
  const cli = run(['schema', '--check']);
  expect(await cli.exitCode).toBe(0);
});

it.each([[['dance']], [['serve', 'now']], [['--loud']]])('appflow-gateway %j is refused with 64', async args => {
  const cli = run(args);
  expect(await cli.exitCode).toBe(64);
  expect(cli.stderr()).not.toContain('    at ');
});

/** Runs the command line in a process of its own, with nothing of this process's settings. */
function run(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli.ts', ...args], {
    cwd: root,
    env: { PATH, HOME, ...environment },
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', chunk => {
    output.stdout += chunk;
  });
  child.stderr.on('data', chunk => {
    output.stderr += chunk;
  });
  const exitCode = once(child, 'close').then(([code]) => code as number | null);
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await exitCode;
  });
  return {
    exitCode,
    stdout: () => output.stdout,
    stderr: () => output.stderr,
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    listening: async () => {
      await vi.waitUntil(() => /listening on (\S+)\/\n/.test(output.stdout) || child.exitCode !== null, {
        timeout: 15_000,
      });
      const url = /listening on (\S+)\/\n/.exec(output.stdout)?.[1];
      if (url === undefined) throw new Error(`expected a listening process, got: ${output.stderr}`);
      return url;
    },
  };
}
