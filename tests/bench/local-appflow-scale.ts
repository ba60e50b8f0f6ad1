/**
 * Local AppFlow at the size of a large Salesforce organisation: `npm run bench:local-appflow [-- ENTITIES FIELDS STYLE]`, by default
 * 10,000 entities of 200 fields in the short form; the other styles are `map` (fields as maps in braces) and `block`. Starts the
 * command line on its own, measures through the AWS SDK, and prints one line of JSON; `readyCpuMs` is what readiness costs where nobody
 * else uses the machine. Memory and processor time are read from /proc, so Linux only.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppflowClient, DescribeConnectorEntityCommand, ListConnectorEntitiesCommand } from '@aws-sdk/client-appflow';
import { entryPoint } from '../support/entry-point.ts';
import { generateCatalog, isFieldStyle } from '../support/large-catalog.ts';

const [entities = 10_000, fields = 200] = process.argv.slice(2, 4).map(Number);
const style = process.argv[4] ?? 'short';
if (!isFieldStyle(style)) throw new Error(`expected a style: short, map or block, got ${style}`);

const directory = await mkdtemp(join(tmpdir(), 'local-appflow-scale-'));
const catalog = join(directory, 'catalog.yaml');
await pipeline(Readable.from(generateCatalog({ entities, fields, style })), createWriteStream(catalog));

const startedAt = performance.now();
const root = join(import.meta.dirname, '../..');
const child = spawn(process.execPath, [...entryPoint(), 'local-appflow', '--catalog', catalog, '--port', '0'], {
  cwd: root,
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  const url = await listening();
  const readyMs = performance.now() - startedAt;
  const readyCpuMs = await cpuMs();
  const readyMb = await memoryMb('VmRSS');
  const client = new AppflowClient({
    endpoint: url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
  });
  const connectorProfileName = 'large';
  const list = () => client.send(new ListConnectorEntitiesCommand({ connectorProfileName, maxResults: 10_000 }));
  const describe = (n: number) =>
    client.send(new DescribeConnectorEntityCommand({ connectorProfileName, connectorEntityName: `Entity_${n}__c` }));

  const listFirstMs = await timed(list);
  const listMs = await timesOf(20, list);
  // Twice the same: the first reads the text, the second is answered from AppFlow's cache.
  const sample = Array.from({ length: Math.min(300, entities) }, (_, n) => (n * 7919) % entities);
  const describeFirstMs: number[] = [];
  const describeMs: number[] = [];
  for (const n of sample) describeFirstMs.push(await timed(() => describe(n)));
  for (const n of sample) describeMs.push(await timed(() => describe(n)));
  const result = {
    bench: 'local-appflow-scale',
    ...{ entities, fields, style, megabytes: Math.round((await stat(catalog)).size / 1e6) },
    ...{ readyMs: Math.round(readyMs), readyCpuMs, readyMb, peakMb: await memoryMb('VmHWM') },
    ...{ listFirstMs: round(listFirstMs), listP95Ms: round(quantile(listMs, 0.95)) },
    ...{ describeFirstP95Ms: round(quantile(describeFirstMs, 0.95)), describeP95Ms: round(quantile(describeMs, 0.95)) },
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
  client.destroy();
} finally {
  if (child.exitCode === null) {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  await rm(directory, { recursive: true });
}

async function listening(): Promise<string> {
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^listening on (\S+)\/$/.exec(line)?.[1];
    if (url !== undefined) return url;
  }
  throw new Error('expected local AppFlow to listen, it ended');
}

async function memoryMb(counter: 'VmRSS' | 'VmHWM'): Promise<number> {
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
  return Math.round(Number(new RegExp(`^${counter}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1000);
}

/** User and system time of all threads; the kernel counts in hundredths of a second. */
async function cpuMs(): Promise<number> {
  const stat = await readFile(`/proc/${child.pid}/stat`, 'utf8');
  const [user, system] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
    .map(Number);
  return ((user ?? Number.NaN) + (system ?? Number.NaN)) * 10;
}

async function timesOf(times: number, work: () => Promise<unknown>): Promise<number[]> {
  const found: number[] = [];
  for (let time = 0; time < times; time += 1) found.push(await timed(work));
  return found;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

function quantile(values: readonly number[], part: number): number {
  return [...values].sort((a, b) => a - b)[Math.ceil(values.length * part) - 1] ?? Number.NaN;
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}
