import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Who may import whom. A room is a folder of src, or a file that stands in src itself. */
interface Room {
  readonly ours: readonly string[];
  /** Packages by name or scope (`@scope/`); `node:` stands for all of Node. */
  readonly packages: readonly string[];
}

const rooms: Readonly<Record<string, Room>> = {
  base: { ours: [], packages: ['node:', 'pino'] },
  metadata: { ours: [], packages: [] },
  appflow: { ours: ['base', 'metadata'], packages: ['node:', '@aws-sdk/', 'cockatiel'] },
  cache: { ours: ['base', 'metadata'], packages: ['node:', 'dataloader', 'ioredis'] },
  graphql: {
    ours: ['base', 'metadata'],
    packages: ['node:', 'graphql', 'graphql-scalars', 'type-graphql', '@apollo/', 'reflect-metadata'],
  },
  http: { ours: ['base'], packages: ['node:', 'fastify', '@fastify/', 'jose'] },
  telemetry: { ours: ['base'], packages: ['node:', 'prom-client', '@opentelemetry/'] },
  'local-appflow': { ours: ['base'], packages: ['node:', 'pg', 'yaml', 'zod'] },
  record: { ours: ['base', 'metadata', 'appflow'], packages: ['node:', '@aws-sdk/'] },
  explorer: {
    ours: [],
    packages: ['react', 'react-dom', 'graphiql', '@graphiql/', 'graphql', 'vite', 'node:'],
  },
  'config.ts': { ours: ['base'], packages: ['node:'] },
  'cli.ts': { ours: ['base', 'config.ts', 'main.ts', 'graphql'], packages: ['node:'] },
  'main.ts': {
    ours: [
      'base',
      'metadata',
      'appflow',
      'cache',
      'graphql',
      'http',
      'telemetry',
      'local-appflow',
      'record',
      'config.ts',
    ],
    packages: ['node:', '@as-integrations/fastify', 'fastify'],
  },
};

/** Doors: from outside, only this file of the room may be imported. */
const doors: Readonly<Record<string, string>> = { 'local-appflow': 'server.ts' };

/** Packages that belong to files of a certain name only, in one room or in all of them. */
const specialists: readonly { readonly name: string; readonly files: RegExp; readonly room?: string }[] = [
  { name: 'ioredis', files: /^redis-/ },
  { name: 'pg', files: /^postgres-/ },
  { name: '@opentelemetry/', files: /^otlp-/ },
  { name: 'jose', files: /^(key-set|token-verifier)/ },
  { name: 'yaml', files: /catalog|document/ },
  // What builds the browser's code runs in Node; the code itself does not.
  { name: 'vite', files: /\.config\.ts$/ },
  { name: 'node:', files: /\.config\.ts$/, room: 'explorer' },
];

const src = resolve(import.meta.dirname, '../src');
const files = listFiles(src).filter(file => !file.startsWith('explorer/generated/'));
const imports = files.flatMap(file => importsOf(file).map(specifier => ({ file, specifier })));

describe('every import', () => {
  it.each(imports.filter(({ specifier }) => specifier.startsWith('.')))(
    '$file may import $specifier',
    ({ file, specifier }) => {
      const target = relative(src, resolve(src, dirname(file), specifier));
      const [from, to] = [roomOf(file), roomOf(target)];
      if (from === to) return;
      expect(rooms[from]?.ours).toContain(to);
      if (doors[to]) expect(target).toBe(join(to, doors[to]));
    },
  );

  it.each(imports.filter(({ specifier }) => !specifier.startsWith('.')))(
    '$file may import $specifier',
    ({ file, specifier }) => {
      expect(rooms[roomOf(file)]?.packages.some(allowed => covers(allowed, specifier))).toBe(true);
      const specialist = specialists.find(
        ({ name, room = roomOf(file) }) => covers(name, specifier) && room === roomOf(file),
      );
      if (specialist) expect(basename(file)).toMatch(specialist.files);
    },
  );

  it.each([
    ['Redis', /^redis-/],
    ['a collector of traces', /^otlp-/],
  ])('of what speaks to %s waits until it is configured', (_, names) => {
    const isOfIt = (path: string) => names.test(basename(path));
    const early = files
      .filter(file => !isOfIt(file))
      .flatMap(file => staticImportsOf(file).map(specifier => ({ file, specifier })))
      .filter(({ specifier }) => isOfIt(specifier));
    expect(early).toEqual([]);
    expect(imports.filter(({ file, specifier }) => !isOfIt(file) && isOfIt(specifier))).not.toEqual([]);
  });

  it('of files by a pattern is the explorer’s, of the example operations', () => {
    const patterns = files.flatMap(file =>
      [...textOf(file).matchAll(/import\.meta\.glob\(\s*'([^']+)'/g)].map(([, pattern = '']) =>
        relative(src, resolve(src, dirname(file), pattern)),
      ),
    );
    expect(patterns).toEqual(['../schema/operations/*.graphql']);
    expect(files.filter(file => textOf(file).includes('import.meta.glob') && roomOf(file) !== 'explorer')).toEqual([]);
  });
});

describe('every file', () => {
  it('stands in a room that the table knows', () => {
    expect(files.map(roomOf).filter(room => !(room in rooms))).toEqual([]);
  });

  it('is named after one thing', () => {
    const dumps = /^(utils?|helpers?|common|shared|misc|constants|types|index)\./;
    expect(files.filter(file => dumps.test(basename(file)))).toEqual([]);
    const names = /^[a-z0-9]+(-[a-z0-9]+)*(\.config)?\.(ts|tsx|css|html|svg|yaml)$|^tsconfig\.json$/;
    expect(files.filter(file => !names.test(basename(file)))).toEqual([]);
  });

  it('has no default export, and none re-exports another one whole', () => {
    const offenders = files.filter(file => /^export (default|\*)/m.test(textOf(file)));
    // Vite asks for one.
    expect(offenders).toEqual(['explorer/vite.config.ts']);
  });

  it('leaves the environment to config.ts', () => {
    const readers = files.filter(file => /process\.env/.test(textOf(file)));
    expect(readers).toEqual(['config.ts']);
  });

  it('takes time from the clock it is given', () => {
    const clocks = files.filter(file =>
      /\bDate\.now\(|\bnew Date\(\)|\bsetTimeout\(|\bsetInterval\(|performance\.now\(/.test(textOf(file)),
    );
    expect(clocks).toEqual(['base/clock.ts']);
  });
});

it('has no cycle', () => {
  const graph = new Map(files.map(file => [file, localImportsOf(file)]));
  expect(findCycle(graph)).toBeUndefined();
});

function roomOf(file: string): string {
  return file.split('/')[0] ?? file;
}

function covers(allowed: string, specifier: string): boolean {
  if (allowed.endsWith('/') || allowed.endsWith(':')) return specifier.startsWith(allowed);
  return specifier === allowed || specifier.startsWith(`${allowed}/`);
}

function importsOf(file: string): string[] {
  if (!isCode(file)) return [];
  const dynamic = textOf(file).matchAll(/import\('([^']+)'\)/g);
  return [...staticImportsOf(file), ...[...dynamic].flatMap(([, specifier]) => specifier ?? [])];
}

function staticImportsOf(file: string): string[] {
  if (!isCode(file)) return [];
  const matches = textOf(file).matchAll(/(?:^|\n)(?:import|export)[^'";]*?from '([^']+)'|(?:^|\n)import '([^']+)'/g);
  return [...matches].flatMap(([, from, bare]) => from ?? bare ?? []);
}

function isCode(file: string): boolean {
  return /\.tsx?$/.test(file);
}

function localImportsOf(file: string): string[] {
  return importsOf(file)
    .filter(specifier => specifier.startsWith('.'))
    .map(specifier => relative(src, resolve(src, dirname(file), specifier)));
}

function textOf(file: string): string {
  return readFileSync(join(src, file), 'utf8');
}

function listFiles(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => relative(src, join(entry.parentPath, entry.name)));
}

/** The files of the first cycle found, depth first. */
function findCycle(graph: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const next of graph.get(file) ?? []) {
      const cycle = visit(next, [...path, file]);
      if (cycle) return cycle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of graph.keys()) {
    const cycle = visit(file, []);
    if (cycle) return cycle;
  }
  return undefined;
}
