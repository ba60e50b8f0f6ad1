import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createDeferred } from '../../src/base/deferred.ts';
import { settings } from '../../src/config.ts';
import { runCli } from '../support/run-cli.ts';
import { post, writeCatalog } from '../support/run-gateway.ts';
import { temporaryFile } from '../support/temporary-file.ts';

// Processes of their own, some tests two of them, on a machine that runs other suites meanwhile.
vi.setConfig({ testTimeout: 60_000 });

describe('appflow-gateway serve', () => {
  it('says when it is ready, what is running and which file to edit, and stops when asked to', async () => {
    const cli = runCli(['serve'], { PORT: '0', LOCAL_APPFLOW_PORT: '0' });
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
    const cli = runCli(['serve'], { PORT: 'http', METADATA_TTL_SECONDS: '5m', NODE_ENV: 'production' });
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
    const cli = runCli(['serve'], { PORT: '0', LOCAL_APPFLOW_PORT: '0', LOCAL_APPFLOW_CATALOG: path });
    expect(await cli.exitCode).toBe(78);
    expect(cli.stderr()).toMatch(/line 2, column \d+: .*Nobody/);
    expect(cli.stderr()).toMatch(/line 3, column \d+: .*entitys/);
  });

  it('says that there is no catalogue where it was told to look, and exits with 78', async () => {
    const cli = runCli(['serve'], { PORT: '0', LOCAL_APPFLOW_PORT: '0', LOCAL_APPFLOW_CATALOG: '/nope.yaml' });
    expect(await cli.exitCode).toBe(78);
    expect(cli.stderr()).toBe(
      'LOCAL_APPFLOW_CATALOG: The catalogue "/nope.yaml" cannot be read: there is no such file (ENOENT).\n',
    );
  });

  it('says which port is taken', async () => {
    const first = runCli(['serve'], { PORT: '0', LOCAL_APPFLOW_PORT: '0' });
    const { port } = new URL(await first.listening());
    const second = runCli(['serve'], { PORT: port, LOCAL_APPFLOW_PORT: '0' });
    expect(await second.exitCode).toBe(1);
    expect(second.stderr()).toContain(`127.0.0.1:${port}`);
    expect(second.stderr()).toContain('set PORT');
  });

  it('finds AppFlow by the settings of the AWS SDK', async () => {
    const path = await writeCatalog('profiles:\n  p: { connector: Salesforce }\n');
    const appflow = await runCli(['local-appflow', '--catalog', path, '--port', '0']).listening();
    const gateway = runCli(['serve'], {
      NODE_ENV: 'production',
      APPFLOW_UPSTREAM: 'aws',
      PORT: '0',
      AWS_ENDPOINT_URL_APPFLOW: appflow,
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'hunter2',
    });
    const url = await gateway.listening();
    expect(await post(url, { query: '{ connectorProfiles { nodes { name } } }' })).toEqual({
      data: { connectorProfiles: { nodes: [{ name: 'p' }] } },
    });
    expect((await fetch(`${url}/graphiql`)).status).toBe(404);
    expect(gateway.stdout() + gateway.stderr()).not.toContain('hunter2');
  });

  it('does not guess a region for AWS', async () => {
    const cli = runCli(['serve'], { APPFLOW_UPSTREAM: 'aws', AWS_CONFIG_FILE: '/dev/null', PORT: '0' });
    expect(await cli.exitCode).toBe(78);
    expect(cli.stderr()).toContain('AWS_REGION must be set');
  });
});

it('appflow-gateway local-appflow serves a catalogue without a gateway', async () => {
  const path = await writeCatalog('profiles:\n  p: { connector: Salesforce }\n');
  const cli = runCli(['local-appflow', '--catalog', path, '--port', '0', '--faults'], { NODE_ENV: 'production' });
  const url = await cli.listening();
  await vi.waitUntil(() => cli.stderr().includes(`faults         enabled, at ${url}/_faults\n`));
  expect((await fetch(`${url}/_faults`)).status).toBe(200);
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

describe('appflow-gateway record', () => {
  const environment = { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'hunter2' };

  it('writes what the SDK finds into a catalogue that is served again', async () => {
    const path = await writeCatalog(
      'profiles:\n  p: { connector: Salesforce, entities: { Account: { fields: { Id: id key } } } }\n',
    );
    const url = await runCli(['local-appflow', '--catalog', path, '--port', '0']).listening();
    const out = await temporaryFile('recorded.yaml');
    const cli = runCli(['record', '--profile', 'p', '--out', out], { ...environment, AWS_ENDPOINT_URL_APPFLOW: url });
    expect(await cli.exitCode).toBe(0);
    expect(cli.stdout()).toBe('');
    expect(cli.stderr()).toContain(`Recorded in ${out}.\n`);
    expect(await readFile(out, 'utf8')).toContain('Account:\n        fields:\n          Id: id key\n');
    await runCli(['local-appflow', '--catalog', out, '--port', '0']).listening();
    const unknown = runCli(['record', '--profile', 'nobody', '--out', `${out}.2`], {
      ...environment,
      AWS_ENDPOINT_URL_APPFLOW: url,
    });
    expect(await unknown.exitCode).toBe(1);
    expect(unknown.stderr()).toContain('AppFlow has no connector profile nobody.');
  });

  it('stops when interrupted, and says how to go on', async () => {
    const asked = createDeferred<void>();
    const server = createServer((request, response) => {
      const answers: Readonly<Record<string, object>> = {
        '/describe-connector-profiles': {
          connectorProfileDetails: [{ connectorProfileName: 'p', connectorType: 'Salesforce' }],
        },
        '/describe-connector': { connectorConfiguration: { connectorType: 'Salesforce', canUseAsSource: true } },
        '/list-connector-entities': { connectorEntityMap: { Objects: [{ name: 'Account' }] } },
      };
      const answer = answers[request.url ?? ''];
      if (answer) response.end(JSON.stringify(answer));
      else asked.resolve();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => server.closeAllConnections());
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const out = await temporaryFile('recorded.yaml');
    const cli = runCli(['record', '--profile', 'p', '--out', out], { ...environment, AWS_ENDPOINT_URL_APPFLOW: url });
    await asked.promise;
    cli.kill('SIGINT');
    expect(await cli.exitCode).toBe(130);
    expect(cli.stderr()).toContain(`What was read is in ${out}.partial: run the same command again to go on.`);
    const kept = await readFile(`${out}.partial`, 'utf8');
    expect(kept).toContain('"Account"');
    expect(kept + cli.stderr()).not.toContain('hunter2');
  });
});

describe('appflow-gateway config', () => {
  it('prints the settings, secrets masked', async () => {
    const cli = runCli(['config'], { LOCAL_APPFLOW_POSTGRES_URL: 'postgresql://u:hunter2@127.0.0.1/db' });
    expect(await cli.exitCode).toBe(0);
    expect(cli.stdout()).toContain('METADATA_TTL_SECONDS=3600');
    expect(cli.stdout()).not.toContain('hunter2');
  });

  it('refuses a broken catalogue, as serve would', async () => {
    const path = await writeCatalog('profiles:\n  p: { connector: Nobody }\n');
    const cli = runCli(['config'], { LOCAL_APPFLOW_CATALOG: path });
    expect(await cli.exitCode).toBe(78);
    expect(cli.stderr()).toMatch(
      /^LOCAL_APPFLOW_CATALOG: The catalogue has 1 problem:\n {2}line 2, column \d+: .*Nobody/,
    );
    expect(cli.stdout()).toBe('');
  });

  it('knows the names that PostgreSQL takes from the catalogue', async () => {
    const path = await writeCatalog('profiles:\n  postgres: { connector: Salesforce }\n');
    const environment = { LOCAL_APPFLOW_CATALOG: path, LOCAL_APPFLOW_POSTGRES_URL: 'postgresql://u@127.0.0.1/db' };
    expect(await runCli(['config'], environment).exitCode).toBe(78);
    expect(await runCli(['config'], { LOCAL_APPFLOW_CATALOG: path }).exitCode).toBe(0);
  });

  it('refuses AWS without a region, and asks for no catalogue there', async () => {
    const aws = { APPFLOW_UPSTREAM: 'aws', AWS_CONFIG_FILE: '/dev/null', LOCAL_APPFLOW_CATALOG: '/nope.yaml' };
    const cli = runCli(['config'], aws);
    expect(await cli.exitCode).toBe(78);
    expect(cli.stderr()).toContain('AWS_REGION must be set');
    expect(await runCli(['config'], { ...aws, AWS_REGION: 'eu-west-1' }).exitCode).toBe(0);
  });
});

it('appflow-gateway --help lists every setting', async () => {
  const cli = runCli(['--help']);
  expect(await cli.exitCode).toBe(0);
  for (const name of Object.keys(settings)) expect(cli.stdout()).toContain(`\n  ${name} (`);
});

it('appflow-gateway schema prints what is committed', async () => {
  const cli = runCli(['schema', '--check']);
  expect(await cli.exitCode).toBe(0);
});

it.each([
  [['dance'], 'appflow-gateway has no verb "dance"; --help lists them.'],
  [['serve', 'now'], 'appflow-gateway has no verb "serve now"; --help lists them.'],
  [['--loud'], 'appflow-gateway serve does not take --loud; it takes --help.'],
  [
    ['serve', '--port', '4312', '--catalog', 'x'],
    'appflow-gateway serve does not take --port and --catalog; it takes --help.',
  ],
  [
    ['--check', 'local-appflow', '-x'],
    'appflow-gateway local-appflow does not take --check and -x; it takes --help, --catalog, --port and --faults.',
  ],
  [['schema', '--port=1'], 'appflow-gateway schema does not take --port; it takes --help, --write and --check.'],
  [['schema', '--write', '--check'], 'appflow-gateway schema takes either --write or --check.'],
  [['record', '--profile', 'p'], 'appflow-gateway record needs --profile and --out.'],
  [['local-appflow', '--port'], "Option '--port <value>' argument missing"],
])('appflow-gateway %j is refused with 64', async (args, complaint) => {
  const cli = runCli(args);
  expect(await cli.exitCode).toBe(64);
  expect(cli.stderr()).toBe(`${complaint}\n`);
});
