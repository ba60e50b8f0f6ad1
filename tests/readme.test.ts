import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeDefault, type Setting, settings } from '../src/config.ts';
import { graphqlErrorCodes } from '../src/graphql/errors.ts';
import { httpErrorCodes } from '../src/http/errors.ts';
import { parseCatalog } from '../src/local-appflow/connectors/parse-catalog.ts';
import { metadataErrorCodes } from '../src/metadata/errors.ts';

const root = join(import.meta.dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const contributing = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

describe('the README', () => {
  it('lists every setting as the code has it, and no other', () => {
    const rows = Object.entries<Setting<unknown>>(settings).map(([name, setting]) => {
      const secret = setting.secret ? ' Secret.' : '';
      return `| \`${name}\` | ${describeDefault(setting)} | ${setting.doc}${secret} |`;
    });
    expect(tableOf('Settings')).toEqual(['| name | default | meaning |', '|---|---|---|', ...rows]);
  });

  it('lists every error code as the code has it, and no other', () => {
    const codes = [...new Set([...Object.keys(graphqlErrorCodes), ...Object.keys(httpErrorCodes)])];
    expect(tableOf('Errors')).toEqual([
      '| code | HTTP | retryable | when |',
      '|---|---|---|---|',
      ...codes.map(toErrorRow),
    ]);
  });

  it('asks IAM for exactly the actions that are called', () => {
    const source = readFileSync(join(root, 'src/appflow/appflow-source.ts'), 'utf8');
    const called = [...source.matchAll(/#calls\.call\(\s*'(\w+)'/g)].map(([, operation]) => `appflow:${operation}`);
    const allowed = [...readme.matchAll(/"(appflow:\w+)"/g)].map(([, action]) => action);
    expect(allowed).toEqual([...new Set(called)].sort());
  });

  it('shows catalogues that local AppFlow takes', () => {
    const [, section = ''] = readme.split('\n## Local AppFlow\n');
    const catalogs = [...section.matchAll(/```yaml\n(.*?)```/gs)].map(([, text = '']) => parseCatalog(text));
    expect(catalogs.map(({ profiles }) => Object.keys(profiles))).toContainEqual(['my-ledger']);
  });

  it('names example operations that exist', () => {
    for (const [, name] of readme.matchAll(/\*(\w+)\*/g)) expect(Object.values(operations())).toContain(name);
  });
});

it.each([
  ['README.md', readme],
  ['CONTRIBUTING.md', contributing],
])('%s names npm scripts that exist', (_, text) => {
  const named = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, script]) => script);
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter(script => script === undefined || !(script in scripts))).toEqual([]);
});

it('CONTRIBUTING.md shows every room of the house', () => {
  const rooms = [
    'base',
    'metadata',
    'appflow',
    'cache',
    'graphql',
    'http',
    'telemetry',
    'local-appflow',
    'record',
    'explorer',
  ];
  for (const room of rooms) expect(contributing).toContain(`\`src/${room}\``);
});

function toErrorRow(code: string): string {
  const http: Readonly<Record<string, { status: number; when: string }>> = httpErrorCodes;
  const graphql: Readonly<Record<string, string>> = graphqlErrorCodes;
  const metadata: Readonly<Record<string, { retryable: boolean }>> = metadataErrorCodes;
  return `| \`${code}\` | ${http[code]?.status ?? ''} | ${metadata[code]?.retryable ? 'yes' : ''} | ${graphql[code] ?? http[code]?.when} |`;
}

/** The rows of the one table in a section. */
function tableOf(section: string): string[] {
  const text = readme.split(`\n## ${section}\n`)[1]?.split('\n## ')[0] ?? '';
  return text.split('\n').filter(line => line.startsWith('|'));
}

function operations(): Record<string, string> {
  const files = ['1-explore-connectors', '2-list-profiles', '3-list-entities', '4-describe-entity', '7-reset-details'];
  const nameOf = (file: string) => {
    const text = readFileSync(join(root, `schema/operations/${file}.graphql`), 'utf8');
    return /^(?:query|mutation) (\w+)/m.exec(text)?.[1] ?? '';
  };
  return Object.fromEntries(files.map(file => [file, nameOf(file)]));
}
