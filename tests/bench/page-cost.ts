/**
 * What a page costs in small and in large profiles, over HTTP, in one process: `npm run bench`. Prints one line of JSON; the ratio
 * compares rounds that alternate, so that the machine's other work meets both sides alike.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog } from '../../src/base/log.ts';
import { loadConfig } from '../../src/config.ts';
import { startGateway } from '../../src/main.ts';

const sizes = { small: 100, large: 10_000 } as const;
const fieldCount = 2_000;
const rounds = Number(process.argv[2] ?? 30);
const requestsPerRound = 20;

const page =
  'nodes { id name label group hasNestedEntities } edges { cursor } pageInfo { endCursor hasNextPage } totalCount';

const directory = await mkdtemp(join(tmpdir(), 'bench-'));
const catalogPath = join(directory, 'catalog.yaml');
await writeFile(catalogPath, toCatalog());
const config = loadConfig({ PORT: '0', LOCAL_APPFLOW_PORT: '0', LOCAL_APPFLOW_CATALOG: catalogPath });
const gateway = await startGateway(config, createLog('silent'));

const coldLargeListMs = await timed(() => readPage('large'));
const coldWideEntityMs = await timed(readWideEntity);
const warmWideEntityMs = await timed(readWideEntity);
await readPage('small');

const times = { small: [] as number[], large: [] as number[] };
for (let round = 0; round < rounds; round += 1) {
  for (const size of round % 2 === 0 ? (['small', 'large'] as const) : (['large', 'small'] as const)) {
    times[size].push(
      await timed(async () => {
        for (let request = 0; request < requestsPerRound; request += 1) await readPage(size);
      }),
    );
  }
}
const medians = { small: median(times.small) / requestsPerRound, large: median(times.large) / requestsPerRound };
const result = {
  bench: 'page-cost',
  pageOf100In100Ms: rounded(medians.small),
  pageOf100In10000Ms: rounded(medians.large),
  ratio: rounded(medians.large / medians.small),
  coldListOf10000Ms: rounded(coldLargeListMs),
  coldEntityOf2000FieldsMs: rounded(coldWideEntityMs),
  warmEntityOf2000FieldsMs: rounded(warmWideEntityMs),
  rounds,
};
process.stdout.write(`${JSON.stringify(result)}\n`);

await gateway.close();
await rm(directory, { recursive: true });

function toCatalog(): string {
  const profiles = Object.entries(sizes).map(([name, count]) => {
    const entities = Array.from({ length: count }, (_, n) => `      Entity${n}: { label: Entity number ${n} }`);
    return [`  ${name}:`, '    connector: Salesforce', '    entities:', ...entities].join('\n');
  });
  const fields = Array.from({ length: fieldCount }, (_, n) => `          field${n}: string(255), Field number ${n}`);
  const wide = [
    '  wide:',
    '    connector: Salesforce',
    '    entities:',
    '      Wide:',
    '        fields:',
    ...fields,
  ].join('\n');
  return ['profiles:', ...profiles, wide, ''].join('\n');
}

function readPage(profile: keyof typeof sizes): Promise<void> {
  return post(`{ connectorEntities(connectorProfileName: "${profile}", first: 100) { ${page} } }`);
}

function readWideEntity(): Promise<void> {
  return post(
    '{ connectorEntity(connectorProfileName: "wide", name: "Wide") { fields { identifier label fieldType } } }',
  );
}

async function post(query: string): Promise<void> {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const { errors } = (await response.json()) as { errors?: unknown };
  if (errors) throw new Error(`expected data, got ${JSON.stringify(errors)}`);
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
