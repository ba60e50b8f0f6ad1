import { Writable } from 'node:stream';
import type { ApolloServer, GraphQLRequest, GraphQLResponse } from '@apollo/server';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { GraphQLFormattedError } from 'graphql';
import { anyone } from '../../src/base/caller.ts';
import { createLog } from '../../src/base/log.ts';
import type { GatewayContext } from '../../src/graphql/context.ts';
import { createGraphQLServer } from '../../src/graphql/server.ts';
import type { MetadataCacheStatus } from '../../src/metadata/cache-status.ts';
import type { MetadataSource } from '../../src/metadata/source.ts';
import { aConfiguration, aConnector, aField, anEntity, aProfile } from '../support/builders.ts';
import { FakeSource } from '../support/fake-source.ts';

/** What a client sees of an answer. */
export interface Answer<Data> {
  readonly data: Data | null | undefined;
  readonly errors: readonly GraphQLFormattedError[];
}

/** The real Apollo server over a source, without HTTP. */
export interface TestGateway {
  readonly apollo: ApolloServer<GatewayContext>;
  readonly context: GatewayContext;
  /** Lines of the log so far. */
  readonly logged: readonly string[];
  execute<Data, Variables>(document: TypedDocumentNode<Data, Variables>, variables?: Variables): Promise<Answer<Data>>;
  execute(document: string, variables?: Record<string, unknown>): Promise<Answer<Record<string, unknown>>>;
}

/** Creates a gateway over this source. The Apollo server behind it is made once per test file, as its schema takes a while. */
export async function createTestGateway(
  metadata: MetadataSource,
  { introspection = true }: { introspection?: boolean } = {},
): Promise<TestGateway> {
  const { apollo, logged } = await serverWith(introspection);
  logged.length = 0;
  const context: GatewayContext = { metadata, caller: anyone, cacheStatus: () => idleCache, requestId: 'request-1' };
  return {
    apollo,
    context,
    logged,
    async execute(query: unknown, variables?: unknown) {
      // Either of the two forms of `execute`; Apollo would type each by its document.
      const request = { query, variables } as GraphQLRequest;
      const response = await apollo.executeOperation(request, { contextValue: context });
      return toAnswer(response);
    },
  };
}

interface LoggingServer {
  readonly apollo: ApolloServer<GatewayContext>;
  readonly logged: string[];
}

const servers = new Map<boolean, Promise<LoggingServer>>();

function serverWith(introspection: boolean): Promise<LoggingServer> {
  const server = servers.get(introspection) ?? createServer(introspection);
  servers.set(introspection, server);
  return server;
}

async function createServer(introspection: boolean): Promise<LoggingServer> {
  const logged: string[] = [];
  const destination = new Writable({
    write(chunk, _encoding, done) {
      logged.push(String(chunk));
      done();
    },
  });
  return {
    apollo: await createGraphQLServer({
      log: createLog('info', destination),
      introspection,
      upstreamCallsPerOperation: 500,
    }),
    logged,
  };
}

/** An account with a Salesforce, an SAP and a custom profile, and S3 without one. */
export function createSampleSource(): FakeSource {
  const source = new FakeSource(() => Date.parse('2026-05-01T00:00:00Z'));
  source.connectors = [
    aConnector('Salesforce'),
    aConnector('SAPOData', { modes: ['SOURCE', 'DESTINATION'] }),
    aConnector('S3', { modes: ['SOURCE', 'DESTINATION'] }),
    aConnector('CustomConnector', { label: 'Warehouse', name: 'PostgreSQL warehouse', configuration: null }),
    aConnector('QuantumLedger'),
  ];
  source.configurations.set('Warehouse', aConfiguration({ supportedApiVersions: ['v1', 'v2'] }));
  source.profiles = [
    aProfile('my-salesforce'),
    aProfile('my-sap', { rawConnectorType: 'SAPOData' }),
    aProfile('my-warehouse', { rawConnectorType: 'CustomConnector', connectorLabel: 'Warehouse' }),
    aProfile('my-ledger', {
      rawConnectorType: 'QuantumLedger',
      connectionMode: 'UNKNOWN',
      rawConnectionMode: 'Telepathic',
    }),
  ];
  source.entities.set('my-salesforce', [
    anEntity('Account', {
      fields: [
        aField('Id', { isPrimaryKey: true, fieldType: 'id' }),
        aField('Name', { label: 'Account Name' }),
        aField('Fax', { isDeprecated: true, fieldType: 'phone' }),
      ],
    }),
    anEntity('Contact'),
    anEntity('Opportunity', { label: 'Deal', group: 'Sales' }),
  ]);
  source.entities.set('my-sap', [
    anEntity('API_BUSINESS_PARTNER', { children: [anEntity('A_BusinessPartner'), anEntity('A_Address')] }),
    anEntity('API_PRODUCT', { children: [anEntity('A_Product')] }),
  ]);
  source.entities.set('S3', [anEntity('my-bucket')]);
  return source;
}

const idleCache: MetadataCacheStatus = {
  entries: 3,
  bytes: 4_000_000_000,
  maxBytes: 5_000_000_000,
  ttlSeconds: 3600,
  hits: 6_000_000_000,
  joined: 1,
  misses: 2,
  evictions: 0,
  clearedEntries: 0,
  resets: 0,
  unkept: 0,
  coherence: 'PROCESS',
  servesFromMemory: true,
};

function toAnswer(response: GraphQLResponse) {
  if (response.body.kind !== 'single') throw new Error(`expected a single answer, got ${response.body.kind}`);
  const { data, errors = [] } = response.body.singleResult;
  // As it is after the wire: no Dates, no null prototypes.
  return JSON.parse(JSON.stringify({ data: data ?? null, errors }));
}
