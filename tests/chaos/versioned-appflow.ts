import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * An AppFlow on the wire whose answers tell which version of the source application they show. Like the real one it answers from a cache
 * of its own until that is reset, so a gateway that kept an answer from before a reset gives itself away by the number.
 */
export interface VersionedAppflow {
  readonly url: string;
  /** Changes the application; says its version from now on. */
  change(): number;
  /** Empties the cache without telling any gateway. */
  forgetAll(): void;
  /** Reads answered so far. */
  reads(): number;
  /** Calls back, once, when a reset has arrived and before it is carried out. */
  onNextReset(listener: () => void): void;
  close(): Promise<void>;
}

export interface VersionedAppflowOptions {
  /** How long an answer to a read takes, in milliseconds; what it says was true when the read arrived. Default 0. */
  readonly readDelayMs?: () => number;
}

interface Input {
  readonly connectorEntityName?: string;
  readonly entitiesPath?: string;
}

/** The one profile there is. */
export const profileName = 'crm';

/** Its entities, in the order in which they are listed. */
export const entityNames = Array.from({ length: 10 }, (_, n) => `Entity${n}`);

/** How a version is written in labels and identifiers. */
export function toVersion(text: string | null | undefined): number {
  const version = /^v(\d+)$/.exec(text ?? '')?.[1];
  if (version === undefined) throw new Error(`expected a version like v12, got ${JSON.stringify(text)}`);
  return Number(version);
}

/** Starts one on a free port of loopback. Every entity that is described exists and has one field. */
export async function startVersionedAppflow({
  readDelayMs = () => 0,
}: VersionedAppflowOptions = {}): Promise<VersionedAppflow> {
  let version = 1;
  let reads = 0;
  const cache = new Map<string, number>();
  let resetListener: () => void = () => undefined;
  const cached = (key: string) => {
    const kept = cache.get(key) ?? version;
    cache.set(key, kept);
    return `v${kept}`;
  };
  const read = (answer: object) => {
    reads += 1;
    return { answer, delayMs: readDelayMs() };
  };
  const operations: Readonly<Record<string, (input: Input) => { answer: object; delayMs: number }>> = {
    '/describe-connector-profiles': () => read(toProfiles(`v${version}`)),
    '/list-connector-entities': ({ entitiesPath = '' }) => read(toEntities(cached(`names:${entitiesPath}`))),
    '/describe-connector-entity': ({ connectorEntityName }) => read(toFields(cached(`entity:${connectorEntityName}`))),
    '/reset-connector-metadata-cache': ({ connectorEntityName }) => {
      resetListener();
      resetListener = () => undefined;
      const prefix = connectorEntityName === undefined ? 'names:' : `entity:${connectorEntityName}`;
      for (const key of [...cache.keys()]) if (key.startsWith(prefix)) cache.delete(key);
      return { answer: {}, delayMs: 0 };
    },
  };
  const server = createServer(async (request, response) => {
    const input = JSON.parse((await readBody(request)) || '{}');
    const operation = operations[request.url ?? ''];
    if (!operation) return sendJson(response, 400, { message: `the stub has no ${request.url}` });
    const { answer, delayMs } = operation(input);
    if (delayMs > 0) setTimeout(() => sendJson(response, 200, answer), delayMs);
    else sendJson(response, 200, answer);
  });
  server.keepAliveTimeout = 600_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    change: () => {
      version += 1;
      return version;
    },
    forgetAll: () => cache.clear(),
    reads: () => reads,
    onNextReset: listener => {
      resetListener = listener;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function toProfiles(connectorLabel: string): object {
  const profile = { connectorProfileName: profileName, connectorType: 'Salesforce', connectorLabel };
  return { connectorProfileDetails: [profile] };
}

function toEntities(label: string): object {
  return { connectorEntityMap: { Objects: entityNames.map(name => ({ name, label, hasNestedEntities: false })) } };
}

function toFields(identifier: string): object {
  return { connectorEntityFields: [{ identifier, isPrimaryKey: false, isDeprecated: false }] };
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += chunk;
  return body;
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'x-amzn-requestid': 'stub' });
  response.end(JSON.stringify(body));
}
