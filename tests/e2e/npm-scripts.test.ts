import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runProcess } from '../support/run-cli.ts';
import { post } from '../support/run-gateway.ts';

const root = join(import.meta.dirname, '../..');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const freePorts = { PORT: '0', LOCAL_APPFLOW_PORT: '0' };

describe('npm start', () => {
  it('is a build and what is run here', () => {
    expect(scripts.start).toBe('npm run --silent build && exec node dist/cli.js serve');
  });

  it('answers within 15 s of the build’s end', async () => {
    const startedAt = performance.now();
    const url = await runProcess(process.execPath, ['dist/cli.js', 'serve'], freePorts).listening();
    const { data } = await post<{ connectorProfiles: { nodes: object[] } }>(url, {
      query: '{ connectorProfiles { nodes { name } } }',
    });
    expect(performance.now() - startedAt).toBeLessThan(15_000);
    expect(data?.connectorProfiles.nodes).toHaveLength(4);
  });
});

describe('npm run dev', () => {
  it('starts a gateway that watches its sources, with the GraphiQL it names', async () => {
    const url = await runProcess('npm', ['run', 'dev'], freePorts).listening();
    expect(await post(url, { query: '{ __typename }' })).toEqual({ data: { __typename: 'Query' } });
    expect((await fetch(`${url}/graphiql`)).status).toBe(200);
  }, 60_000);

  // Other suites use what is built, so it is not taken away to see.
  it('builds GraphiQL first where a fresh clone has none', () => {
    expect(scripts.dev).toContain('{ test -f dist/explorer/graphiql.html || npm run --silent build:explorer; }');
    expect(scripts.build).toContain('npm run --silent build:explorer');
  });
});

it('npm run bench prints one line of JSON', async () => {
  const bench = runProcess('npm', ['run', '--silent', 'bench', '--', '1']);
  expect(await bench.exitCode).toBe(0);
  expect(JSON.parse(bench.stdout())).toMatchObject({ bench: 'page-cost', ratio: expect.any(Number) });
}, 60_000);
