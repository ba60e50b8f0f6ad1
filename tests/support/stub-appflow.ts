import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { AppflowCalls } from '../../src/appflow/appflow-calls.ts';
import { createAppflowClient } from '../../src/appflow/appflow-client.ts';
import { AppflowSource } from '../../src/appflow/appflow-source.ts';
import { type Clock, systemClock } from '../../src/base/clock.ts';

/** What an AppFlow that misbehaves does with a request, the body of which has been read. */
export type Misbehave = (request: IncomingMessage, response: ServerResponse, body: string) => void;

export interface StubOptions {
  readonly timeoutMs?: number;
  readonly concurrency?: number;
  readonly clock?: Clock;
  readonly headers?: () => Readonly<Record<string, string>>;
}

/** An AppFlow that answers every request as a test says, the wire included, and the gateway's own source in front of it. */
export async function startStubAppflow(
  answer: Misbehave,
  { timeoutMs = 5000, concurrency = 4, clock = systemClock, headers }: StubOptions = {},
) {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    answer(request, response, body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = createAppflowClient({ endpoint: { url, region: 'eu-west-1' }, concurrency, timeoutMs, headers });
  onTestFinished(() => {
    client.destroy();
    server.closeAllConnections();
    server.close();
  });
  const calls = new AppflowCalls({ client, clock, timeoutMs, concurrency });
  return { calls, source: new AppflowSource({ calls, clock, upstreamCacheTtlMs: 3_600_000 }) };
}

/** Answers with a status, AWS's error name and a JSON body. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', 'x-amzn-requestid': 'stub-request', ...headers });
  response.end(JSON.stringify(body));
}
