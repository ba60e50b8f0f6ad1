import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createDeferred } from '../../src/base/deferred.ts';
import { settings } from '../../src/config.ts';
import { type RunningProcess, runCli } from '../support/run-cli.ts';
import { post, writeCatalog } from '../support/run-gateway.ts';
import { temporaryFile } from '../support/temporary-file.ts';

// Processes of their own, up to nine at once, on a machine that runs other suites meanwhile.
vi.setConfig({ testTimeout: 120_000 });

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

  it('tells everything that is wrong with its settings and its catalogue, and exits with 78', async () => {
    const broken = await writeCatalog(
      'profiles:\n  p: { connector: Nobody }\n  q: { connector: Salesforce, entitys: {} }\n',
    );
    const ports = { PORT: '0', LOCAL_APPFLOW_PORT: '0' };
    const ends = await Promise.all(
      [
        { PORT: 'http', METADATA_TTL_SECONDS: '5m', NODE_ENV: 'production' },
        { ...ports, LOCAL_APPFLOW_CATALOG: broken },
        { ...ports, LOCAL_APPFLOW_CATALOG: '/nope.yaml' },
        // No region is guessed.
        { ...ports, APPFLOW_UPSTREAM: 'aws', AWS_CONFIG_FILE: '/dev/null' },
      ].map(environment => endOf(runCli(['serve'], environment))),
    );
    expect(ends.map(({ code }) => code)).toEqual([78, 78, 78, 78]);
    const [settingsEnd, brokenEnd, missingEnd, regionEnd] = ends.map(({ stderr }) => stderr);
    expect(settingsEnd?.trim().split('\n')).toEqual([
      'PORT must be a whole number from 0 to 65535, got "http"',
      'APPFLOW_UPSTREAM must be local or aws when NODE_ENV is production, got nothing',
      'METADATA_TTL_SECONDS must be a whole number from 1 to 3600, got "5m"',
    ]);
    expect(brokenEnd).toMatch(/line 2, column \d+: .*Nobody/);
    expect(brokenEnd).toMatch(/line 3, column \d+: .*entitys/);
    expect(missingEnd).toBe(
      'LOCAL_APPFLOW_CATALOG: The catalogue "/nope.yaml" cannot be read: there is no such file (ENOENT).\n',
    );
    expect(regionEnd).toContain('AWS_REGION must be set');
  });

  it('says which port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void taken.close());
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const { code, stderr } = await endOf(runCli(['serve'], { PORT: String(port), LOCAL_APPFLOW_PORT: '0' }));
    expect(code).toBe(1);
    expect(stderr).toContain(`127.0.0.1:${port}`);
    expect(stderr).toContain('set PORT');
  });
});

it('appflow-gateway local-appflow serves a catalogue alone, and a gateway finds it by the settings of the AWS SDK', async () => {
  const path = await writeCatalog('profiles:\n  p: { connector: Salesforce }\n');
  const appflow = runCli(['local-appflow', '--catalog', path, '--port', '0', '--faults'], { NODE_ENV: 'production' });
  const appflowUrl = await appflow.listening();
  await vi.waitUntil(() => appflow.stderr().includes(`faults         enabled, at ${appflowUrl}/_faults\n`));
  expect((await fetch(`${appflowUrl}/_faults`)).status).toBe(200);
  const gateway = runCli(['serve'], {
    NODE_ENV: 'production',
    APPFLOW_UPSTREAM: 'aws',
    PORT: '0',
    AWS_ENDPOINT_URL_APPFLOW: appflowUrl,
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

it('appflow-gateway local-appflow names the file that is broken', async () => {
  const path = await writeCatalog('profiles:\n  p: { connector: Nobody }\n');
  const { code, stderr } = await endOf(runCli(['local-appflow', '--catalog', path, '--port', '0']));
  expect(code).toBe(78);
  expect(stderr).toContain(`--catalog ${path}: The catalogue has 1 problem:\n  line 2, column`);
});

describe('appflow-gateway record', () => {
  const environment = { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'hunter2' };

  it('writes what the SDK finds into a catalogue that is served again', async () => {
    const path = await writeCatalog(
      'profiles:\n  p: { connector: Salesforce, entities: { Account: { fields: { Id: id key } } } }\n',
    );
    const url = await runCli(['local-appflow', '--catalog', path, '--port', '0']).listening();
    const out = await temporaryFile('recorded.yaml');
    const record = (profile: string, file: string) =>
      endOf(runCli(['record', '--profile', profile, '--out', file], { ...environment, AWS_ENDPOINT_URL_APPFLOW: url }));
    const [recorded, unknown] = await Promise.all([record('p', out), record('nobody', `${out}.2`)]);
    expect(recorded).toEqual({ code: 0, stdout: '', stderr: expect.stringContaining(`Recorded in ${out}.\n`) });
    expect(await readFile(out, 'utf8')).toContain('Account:\n        fields:\n          Id: id key\n');
    await runCli(['local-appflow', '--catalog', out, '--port', '0']).listening();
    expect(unknown).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('AppFlow has no connector profile nobody.'),
    });
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

  it('looks at the catalogue as serve would, the names that PostgreSQL takes included', async () => {
    const broken = await writeCatalog('profiles:\n  p: { connector: Nobody }\n');
    const named = await writeCatalog('profiles:\n  postgres: { connector: Salesforce }\n');
    const [refused, refusedBeside, taken] = await Promise.all(
      [
        { LOCAL_APPFLOW_CATALOG: broken },
        { LOCAL_APPFLOW_CATALOG: named, LOCAL_APPFLOW_POSTGRES_URL: 'postgresql://u@127.0.0.1/db' },
        { LOCAL_APPFLOW_CATALOG: named },
      ].map(environment => endOf(runCli(['config'], environment))),
    );
    expect(refused).toEqual({
      code: 78,
      stdout: '',
      stderr: expect.stringMatching(
        /^LOCAL_APPFLOW_CATALOG: The catalogue has 1 problem:\n {2}line 2, column \d+: .*Nobody/,
      ),
    });
    expect([refusedBeside?.code, taken?.code]).toEqual([78, 0]);
  });

  it('refuses AWS without a region, and asks for no catalogue there', async () => {
    const aws = { APPFLOW_UPSTREAM: 'aws', AWS_CONFIG_FILE: '/dev/null', LOCAL_APPFLOW_CATALOG: '/nope.yaml' };
    const environments = [aws, { ...aws, AWS_REGION: 'eu-west-1' }];
    const [without, within] = await Promise.all(environments.map(each => endOf(runCli(['config'], each))));
    expect(without).toMatchObject({ code: 78, stderr: expect.stringContaining('AWS_REGION must be set') });
    expect(within).toMatchObject({ code: 0 });
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

it('appflow-gateway refuses what it does not understand with 64', async () => {
  const mistakes: [string[], string][] = [
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
  ];
  const refused = await Promise.all(mistakes.map(([args]) => endOf(runCli(args))));
  expect(refused).toEqual(mistakes.map(([, complaint]) => ({ code: 64, stdout: '', stderr: `${complaint}\n` })));
});

async function endOf(cli: RunningProcess) {
  const code = await cli.exitCode;
  return { code, stdout: cli.stdout(), stderr: cli.stderr() };
}
