import { writeFile } from 'node:fs/promises';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';
import { onTestFinished } from 'vitest';
import { createLog } from '../../src/base/log.ts';
import { loadConfig } from '../../src/config.ts';
import type { Gateway } from '../../src/main.ts';
import { temporaryFile } from './temporary-file.ts';

/** A GraphQL answer as a client sees it. */
export interface Answer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: { readonly code: string } & Readonly<Record<string, unknown>>;
  }[];
}

export interface GatewayClient {
  readonly gateway: Gateway;
  /** What it has logged so far, one JSON text a line. */
  readonly lines: readonly string[];
  /** Sends a typed document over HTTP. */
  send<Data, Variables>(document: TypedDocumentNode<Data, Variables>, variables?: Variables): Promise<Answer<Data>>;
  /** The same, for what must not fail. */
  ask<Data, Variables>(document: TypedDocumentNode<Data, Variables>, variables?: Variables): Promise<Data>;
}

/** Starts the whole gateway on free ports, with settings as an operator gives them; it is closed after the test. */
export async function runGateway(environment: Readonly<Record<string, string>>): Promise<GatewayClient> {
  const config = loadConfig({ PORT: '0', LOCAL_APPFLOW_PORT: '0', ...environment });
  const lines: string[] = [];
  // Loaded only where it is run: it is most of the time a test file takes to load, and many want no more than `post`.
  const { startGateway } = await import('../../src/main.ts');
  const gateway = await startGateway(config, createLog(config.LOG_LEVEL, { write: line => void lines.push(line) }));
  onTestFinished(() => gateway.close());
  const send: GatewayClient['send'] = (document, variables) => post(gateway.url, { query: print(document), variables });
  return {
    gateway,
    lines,
    send,
    ask: async (document, variables) => {
      const { data, errors } = await send(document, variables);
      if (!data || errors) throw new Error(`expected data, got ${JSON.stringify(errors)}`);
      return data;
    },
  };
}

/** Posts one GraphQL request as JSON. */
export async function post<Data>(
  url: string,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer<Data>> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return (await response.json()) as Answer<Data>;
}

/** A catalogue file of a test's own. */
export async function writeCatalog(yaml: string): Promise<string> {
  const path = await temporaryFile('catalog.yaml');
  await writeFile(path, yaml);
  return path;
}
