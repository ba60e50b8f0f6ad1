/** Prints how long each hostile request takes to be refused over HTTP, and how long the event loop stood still meanwhile. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createLog } from '../../src/base/log.ts';
import { loadConfig } from '../../src/config.ts';
import { startGateway } from '../../src/main.ts';
import { hostileRequests } from '../support/hostile-requests.ts';

const rounds = 10;
const gateway = await startGateway(
  loadConfig({ PORT: '0', LOCAL_APPFLOW_PORT: '0', GRAPHIQL: 'false' }),
  createLog('silent'),
);
try {
  await send('{"query":"{ connectorProfiles { nodes { name } } }"}');
  for (const { name, body, status } of hostileRequests) {
    process.stdout.write(`${JSON.stringify(await measure(name, body, status))}\n`);
  }
} finally {
  await gateway.close();
}

async function measure(name: string, body: string, expected: number) {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const ms: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    const status = await send(body);
    ms.push(performance.now() - start);
    if (status !== expected) throw new Error(`${name}: expected status ${expected}, got ${status}`);
  }
  delay.disable();
  ms.sort((a, b) => a - b);
  const round = (value: number | undefined) => Math.round((value ?? 0) * 10) / 10;
  return { refused: name, medianMs: round(ms[rounds / 2]), maxMs: round(ms.at(-1)), stallMs: round(delay.max / 1e6) };
}

async function send(body: string): Promise<number> {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  await response.text();
  return response.status;
}
