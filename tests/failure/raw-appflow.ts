import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished, vi } from 'vitest';
import { type GatewayClient, runGateway } from '../support/run-gateway.ts';

/** One request to AppFlow: the operation's path, what it names, and the means to answer it in whatever way. */
export interface RawRequest {
  readonly path: string;
  readonly input: {
    readonly connectorProfileName?: string;
    readonly connectorEntityName?: string;
    readonly nextToken?: string;
  };
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** An AppFlow that answers as a test says, bytes and all. */
export interface RawAppflow {
  readonly url: string;
  /** How it answers from now on. */
  answer: (request: RawRequest) => void;
  /** What it was asked so far. */
  readonly requests: RawRequest[];
  stop(): Promise<void>;
}

/** Starts one, on a port of its own or on that of one that was stopped. */
export async function startRawAppflow(answer: RawAppflow['answer'] = answerWell, port = 0): Promise<RawAppflow> {
  const requests: RawRequest[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const raw = { path: request.url ?? '', input: JSON.parse(body || '{}'), request, response };
    requests.push(raw);
    appflow.answer(raw);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const stop = async () => {
    server.closeAllConnections();
    if (server.listening) await new Promise(resolve => server.close(resolve));
  };
  onTestFinished(stop);
  const appflow = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, answer, requests, stop };
  return appflow;
}

/** Starts a gateway whose AWS is at this address. */
export async function runGatewayBefore(
  url: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<GatewayClient> {
  vi.stubEnv('AWS_ENDPOINT_URL_APPFLOW', url);
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  onTestFinished(() => void vi.unstubAllEnvs());
  return runGateway({ APPFLOW_UPSTREAM: 'aws', LOG_LEVEL: 'silent', ...settings });
}

/** The fields `Id`, of any entity; one entity in any list. */
export function answerWell({ path, response }: RawRequest): void {
  sendText(response, path.includes('describe-connector-entity') ? fieldsBody : namesBody);
}

export const fieldsBody = JSON.stringify({ connectorEntityFields: [{ identifier: 'Id' }] });
export const namesBody = JSON.stringify({ connectorEntityMap: { Objects: [{ name: 'Account' }] } });

export function sendText(response: ServerResponse, text: string, headers: Record<string, string> = {}): void {
  response.writeHead(200, { 'content-type': 'application/json', ...headers });
  response.end(text);
}

/** Answers with AWS's name of an error. */
export function sendError(
  response: ServerResponse,
  status: number,
  name: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', 'x-amzn-errortype': name, ...headers });
  response.end('{"message":"as the test says"}');
}
