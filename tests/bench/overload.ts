/**
 * What becomes of a gateway that is asked three times as much as it can answer: `npx tsx tests/bench/overload.ts [seconds]`. The gateway runs in
 * a process of its own, the load comes from this one. Prints one line of JSON; `goodputRatio` compares with the peak measured just before.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

interface Load {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly connections: number;
  readonly duration: number;
  readonly overallRate?: number;
}

interface RunningLoad {
  on(
    event: 'response',
    listener: (client: unknown, status: number, bytes: number, responseTimeMs: number) => void,
  ): void;
}

// It has no types.
const autocannon: (load: Load, done: (error: Error | null) => void) => RunningLoad = createRequire(import.meta.url)(
  'autocannon',
);

const seconds = Number(process.argv[2] ?? 8);
const overloadFactor = 3;
const query =
  '{ connectorEntities(connectorProfileName: "my-salesforce", first: 100) { nodes { id name label group hasNestedEntities } totalCount } }';

const { url, gateway } = await startGatewayProcess();
await fire({ connections: 8, duration: 3 });
const peak = await fire({ connections: 8, duration: seconds });
const peakPerSecond = peak.answered.length / seconds;
const offeredPerSecond = Math.round(peakPerSecond * overloadFactor);
const over = await fire({ connections: 200, duration: seconds, overallRate: offeredPerSecond });
const result = {
  bench: 'overload',
  peakPerSecond: rounded(peakPerSecond),
  offeredPerSecond,
  goodputPerSecond: rounded(over.answered.length / seconds),
  goodputRatio: rounded(over.answered.length / seconds / peakPerSecond),
  answeredMs: percentilesOf(over.answered),
  shedPerSecond: rounded(over.shed.length / seconds),
  shedMs: percentilesOf(over.shed),
  shedWithin20Ms: rounded(over.shed.filter(ms => ms <= 20).length / over.shed.length),
  otherStatuses: over.others,
  recoveredMs: rounded(await measureRecovery()),
};
process.stdout.write(`${JSON.stringify(result)}\n`);
gateway.kill('SIGTERM');
await once(gateway, 'exit');

async function startGatewayProcess(): Promise<{ url: string; gateway: ChildProcess }> {
  const settings = { PORT: '0', LOCAL_APPFLOW_PORT: '0', LOG_LEVEL: 'silent' };
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli.ts', 'serve'], {
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const [, origin] = /listening on (http:\/\/[^/]+)/.exec(line) ?? [];
    if (origin) return { url: `${origin}/graphql`, gateway: child };
  }
  throw new Error('expected the gateway to listen, and it ended');
}

/** Sends the query again and again, and keeps how long each answer took, by what it was. */
async function fire(options: Pick<Load, 'connections' | 'duration' | 'overallRate'>) {
  const answered: number[] = [];
  const shed: number[] = [];
  let others = 0;
  await new Promise<void>((resolve, reject) => {
    const load = autocannon({ ...options, ...request() }, error => (error ? reject(error) : resolve()));
    load.on('response', (_client, status, _bytes, responseTimeMs) => {
      if (status === 200) answered.push(responseTimeMs);
      else if (status === 503) shed.push(responseTimeMs);
      else others += 1;
    });
  });
  return { answered, shed, others };
}

function request() {
  return {
    url,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  };
}

/** Until ten answers in a row have come. */
async function measureRecovery(): Promise<number> {
  const startedAt = performance.now();
  for (let inARow = 0; inARow < 10; ) {
    const { method, headers, body } = request();
    const response = await fetch(url, { method, headers, body });
    await response.arrayBuffer();
    inARow = response.status === 200 ? inARow + 1 : 0;
  }
  return performance.now() - startedAt;
}

function percentilesOf(times: readonly number[]) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => rounded(sorted[Math.floor(sorted.length * share)] ?? Number.NaN);
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: rounded(sorted.at(-1) ?? Number.NaN) };
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
