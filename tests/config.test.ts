import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  ConfigError,
  describeDefault,
  loadConfig,
  loadLocalAppflowConfig,
  printConfig,
  settings,
} from '../src/config.ts';

describe('settings', () => {
  it('have a default for everything outside production', () => {
    expect(loadConfig({})).toMatchObject({ HOST: '127.0.0.1', PORT: 4000, APPFLOW_UPSTREAM: 'local', GRAPHIQL: true });
  });

  it('take an empty variable for an absent one', () => {
    expect(loadConfig({ PORT: '' }).PORT).toBe(4000);
  });

  it('tell every problem at once, with what was expected and what came', () => {
    expect(problemsOf({ METADATA_TTL_SECONDS: '5m', GRAPHIQL: 'constructor', APPFLOW_UPSTREAM: 'azure' })).toEqual([
      'APPFLOW_UPSTREAM must be local or aws, got "azure"',
      'METADATA_TTL_SECONDS must be a whole number from 1 to 3600, got "5m"',
      'GRAPHIQL must be true or false, got "constructor"',
    ]);
  });

  it.each(['0', '3601', '-1', '1.5', '1e3', ' 60', 'Infinity'])('refuse METADATA_TTL_SECONDS=%j', value => {
    expect(problemsOf({ METADATA_TTL_SECONDS: value })).toHaveLength(1);
  });

  it('keep the metrics’ listener off the port of the gateway', () => {
    expect(problemsOf({ PORT: '4100', METRICS_PORT: '4100' })).toEqual([
      'METRICS_PORT must be another port than PORT, got "4100" for both',
    ]);
    expect(loadConfig({ PORT: '0', METRICS_PORT: '0' }).METRICS_PORT).toBe(0);
  });

  it('leave no doubt about the upstream in production', () => {
    expect(problemsOf({ NODE_ENV: 'production' })).toEqual([
      'APPFLOW_UPSTREAM must be local or aws when NODE_ENV is production, got nothing',
    ]);
    expect(loadConfig({ NODE_ENV: 'production', APPFLOW_UPSTREAM: 'local' })).toMatchObject({
      APPFLOW_UPSTREAM: 'local',
      GRAPHIQL: false,
      INTROSPECTION: false,
    });
  });
});

describe('who may call', () => {
  it.each(['0.0.0.0', '::', '10.0.0.7', 'gateway.internal'])('has to be said before %s is listened on', HOST => {
    expect(problemsOf({ HOST })).toEqual([
      `HOST must be a loopback address, unless tokens (JWT_ISSUER) or a router secret (ROUTER_SECRETS) are asked for, or ALLOW_ANYONE=true; got "${HOST}"`,
    ]);
    expect(loadConfig({ HOST, ALLOW_ANYONE: 'true' }).HOST).toBe(HOST);
    expect(loadConfig({ HOST, ROUTER_SECRETS: 'sixteen-letters!' }).HOST).toBe(HOST);
    expect(loadConfig({ HOST, ...tokens }).HOST).toBe(HOST);
  });

  it.each(['127.0.0.1', '127.1.2.3', '::1', 'localhost'])('need not be said of %s', HOST => {
    expect(loadConfig({ HOST }).HOST).toBe(HOST);
  });

  it('takes an issuer, an audience and keys', () => {
    expect(problemsOf({ JWT_ISSUER: 'https://issuer.example/' })).toEqual([
      'JWT_ISSUER, JWT_AUDIENCE and JWT_JWKS must be set together, got no JWT_AUDIENCE and no JWT_JWKS',
    ]);
  });

  it.each(['short', 'sixteen-letters!,short', 'a-long-router-secret,another-long-secret,a-third-long-secret'])(
    'is not guarded by ROUTER_SECRETS=%s, which is not repeated',
    ROUTER_SECRETS => {
      expect(problemsOf({ ROUTER_SECRETS })).toEqual([
        'ROUTER_SECRETS must be one or two texts of at least 16 characters, separated by a comma, got something else',
      ]);
    },
  );

  const tokens = { JWT_ISSUER: 'https://issuer.example/', JWT_AUDIENCE: 'gateway', JWT_JWKS: '/etc/keys.json' };
});

describe('secrets', () => {
  const url = 'postgresql://user:hunter2@127.0.0.1:5432/crm';

  it('can come from a file', async () => {
    const file = await writeSecret(`${url}\n`);
    expect(loadConfig({ LOCAL_APPFLOW_POSTGRES_URL_FILE: file }).LOCAL_APPFLOW_POSTGRES_URL).toBe(url);
  });

  it('come from one place only', async () => {
    const file = await writeSecret(url);
    expect(problemsOf({ LOCAL_APPFLOW_POSTGRES_URL: url, LOCAL_APPFLOW_POSTGRES_URL_FILE: file })).toEqual([
      'LOCAL_APPFLOW_POSTGRES_URL and LOCAL_APPFLOW_POSTGRES_URL_FILE are both set; set one of them',
    ]);
  });

  it('name the file that cannot be read', () => {
    expect(problemsOf({ LOCAL_APPFLOW_POSTGRES_URL_FILE: '/no/such/file' })).toEqual([
      'LOCAL_APPFLOW_POSTGRES_URL_FILE must name a readable file, got "/no/such/file" (ENOENT)',
    ]);
  });

  it('show neither in a complaint nor in print', () => {
    expect(problemsOf({ LOCAL_APPFLOW_POSTGRES_URL: 'hunter2' }).join()).not.toContain('hunter2');
    expect(printConfig(loadConfig({ LOCAL_APPFLOW_POSTGRES_URL: url }))).toContain(
      'LOCAL_APPFLOW_POSTGRES_URL=********',
    );
  });
});

it('prints every setting once', () => {
  const names = printConfig(loadConfig({}))
    .split('\n')
    .map(line => line.split('=')[0]);
  expect(names).toEqual(Object.keys(settings));
});

it('describes defaults as people read them', () => {
  expect(describeDefault(settings.GRAPHIQL)).toBe('true; false when NODE_ENV=production');
  expect(describeDefault(settings.APPFLOW_UPSTREAM)).toBe('local; required when NODE_ENV=production');
  expect(describeDefault(settings.LOCAL_APPFLOW_CATALOG)).toBe('none');
});

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    loadConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

async function writeSecret(content: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'config-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const file = join(directory, 'secret');
  await writeFile(file, content);
  return file;
}

describe('local AppFlow on its own', () => {
  const ofGateway = { NODE_ENV: 'production', HOST: '0.0.0.0', PORT: 'abc', METADATA_TTL_SECONDS: '0' };

  it('is started whatever the settings of a gateway are', () => {
    expect(loadLocalAppflowConfig({ LOCAL_APPFLOW_PORT: '0' }, ofGateway)).toMatchObject({
      LOCAL_APPFLOW_PORT: 0,
      LOCAL_APPFLOW_FAULTS: false,
      LOG_LEVEL: 'info',
    });
  });

  it('complains about all of its own', () => {
    const environment = { ...ofGateway, LOG_LEVEL: 'loud' };
    expect(() => loadLocalAppflowConfig({ LOCAL_APPFLOW_PORT: 'x' }, environment)).toThrow(
      /^LOCAL_APPFLOW_PORT must be .*\nLOG_LEVEL must be .*$/,
    );
  });
});
