/** The composition root: settings become parts, parts are put together. The only file that knows everyone; it only calls. */
import { fileURLToPath } from 'node:url';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppflowCalls } from './appflow/appflow-calls.ts';
import { createAppflowClient } from './appflow/appflow-client.ts';
import { AppflowSource } from './appflow/appflow-source.ts';
import { systemClock, wakefulClock } from './base/clock.ts';
import type { Log } from './base/log.ts';
import { budgetResets } from './cache/budgeted-source.ts';
import { CachedSource } from './cache/cached-source.ts';
import { CoherentCache } from './cache/coherent-cache.ts';
import { type Budgets, createBudgets } from './cache/create-budgets.ts';
import { createCoherence } from './cache/create-coherence.ts';
import { type Config, ConfigError, type LocalAppflowConfig } from './config.ts';
import { authorizeSource } from './graphql/authorized-source.ts';
import { boundSource } from './graphql/bound-source.ts';
import type { GatewayContext } from './graphql/context.ts';
import { createOperationReport } from './graphql/operation-report.ts';
import { createGraphQLServer } from './graphql/server.ts';
import { surrogateTagsExtension } from './graphql/surrogate-tags-extension.ts';
import { createSurrogateTags, tagSource } from './graphql/tagged-source.ts';
import { loadTrustedDocuments } from './graphql/trusted-documents.ts';
import type { DocumentTrust } from './graphql/trusted-documents-plugin.ts';
import { createBareHttpApp, createHttpApp, type HttpApp } from './http/app.ts';
import { type Authenticate, callerOf, createAuthentication } from './http/authentication.ts';
import { mountGraphQL } from './http/graphql-route.ts';
import { LoadShedding } from './http/load-shedding.ts';
import { mountMetrics } from './http/metrics-route.ts';
import { createRateLimit } from './http/rate-limit.ts';
import { createRequestSignal } from './http/request-signal.ts';
import { createRouterCheck } from './http/router-secret.ts';
import { createTokenVerifier } from './http/token-verifier.ts';
import { CatalogError, checkCatalog, type RunningLocalAppflow, startLocalAppflow } from './local-appflow/server.ts';
import { callsAtOnce } from './record/record-entities.ts';
import { type Recording, type RecordOptions, recordProfiles } from './record/record-profiles.ts';
import { type Metrics, startMetrics } from './telemetry/metrics.ts';
import { startRequestLog } from './telemetry/request-log.ts';

export type { Recording } from './record/record-profiles.ts';

const explorerDirectory = fileURLToPath(new URL('../dist/explorer', import.meta.url));

/** Deadline of one call of a recording, in milliseconds. A connector may take ten seconds, and nobody waits at a screen. */
const recordingTimeoutMs = 30_000;

const missingRegion = 'AWS_REGION must be set, or the AWS profile must name a region, to find Amazon AppFlow';

/** A running gateway. */
export interface Gateway {
  /** Its origin, without a slash at the end. */
  readonly url: string;
  /** The AppFlow inside; `undefined` when the upstream is AWS. */
  readonly localAppflow: RunningLocalAppflow | undefined;
  /** Answers what is under way, then lets go of everything. */
  close(): Promise<void>;
}

/** Starts a gateway as the settings say. What was started already is closed again when a later part fails. */
export async function startGateway(config: Config, log: Log): Promise<Gateway> {
  const closers: (() => Promise<void> | void)[] = [startRequestLog(log)];
  const close = async () => {
    for (const closePart of closers.splice(0).reverse()) await closePart();
  };
  try {
    const localAppflow = await startUpstream(config, log);
    if (localAppflow) closers.push(localAppflow.close);
    const tracing = await startTracingIfAsked(config, log);
    if (tracing) closers.push(tracing.close);
    const budgets = createBudgetsOf(config, log);
    closers.push(budgets.close);
    const headers = tracing?.headers;
    const { source, start, close: closeSource } = await createSource(config, localAppflow, { log, budgets, headers });
    closers.push(closeSource);
    const metrics = startMetrics({ clock: systemClock, cache: () => source.status() });
    closers.push(metrics.close);
    const app = createHttpApp({ log, graphiql: config.GRAPHIQL ? { directory: explorerDirectory } : undefined });
    const authenticate = await createAuthenticate(config, log);
    closers.push(await mountGateway(app, source, config, { log, authenticate, budgets }));
    if (config.METRICS_PORT === undefined) mountMetrics(app.fastify, metrics.render, authenticate);
    else closers.push(await listenForScrapes(metrics, { host: config.HOST, port: config.METRICS_PORT }, log));
    // Closed before Apollo is stopped: what is under way gets its answer first.
    closers.push(() => app.close());
    const url = await app.listen({ host: config.HOST, port: config.PORT });
    // Not before: what starting keeps the process busy with would make the first renewals late.
    start();
    return { url, localAppflow, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * Looks whether a gateway with these settings would find what they point at: the manifest of trusted documents, and its upstream, which is the catalogue of
 * local AppFlow or AWS's region.
 *
 * @throws ConfigError when it would not.
 */
export async function checkUpstream(config: Config): Promise<void> {
  await loadTrust(config);
  if (config.APPFLOW_UPSTREAM === 'local') {
    const { LOCAL_APPFLOW_CATALOG: catalogPath, LOCAL_APPFLOW_POSTGRES_URL: postgresUrl } = config;
    await checkCatalog({ catalogPath, postgresUrl }).catch(error => throwAsConfigError(error, catalogSetting));
  } else {
    const client = createAppflowClient({ concurrency: 1, timeoutMs: config.UPSTREAM_TIMEOUT_MS });
    await requireRegion(client).finally(() => client.destroy());
  }
}

/**
 * Starts local AppFlow on its own, as `appflow-gateway local-appflow` does.
 *
 * @param catalogFrom Who named the catalogue, for a complaint about it.
 */
export async function startLocal(
  config: LocalAppflowConfig,
  log: Log,
  catalogFrom = catalogSetting,
): Promise<RunningLocalAppflow> {
  const starting = startLocalAppflow({
    catalogPath: config.LOCAL_APPFLOW_CATALOG,
    postgresUrl: config.LOCAL_APPFLOW_POSTGRES_URL,
    port: config.LOCAL_APPFLOW_PORT,
    faults: config.LOCAL_APPFLOW_FAULTS,
    namesResetReachesNested: config.LOCAL_APPFLOW_NAMES_RESET_REACHES_NESTED,
    clock: systemClock,
    log,
  });
  return starting.catch(error => throwAsConfigError(error, catalogFrom));
}

/** Records profiles from the AppFlow that the AWS SDK's own settings lead to. */
export async function record(options: Omit<RecordOptions, 'calls' | 'clock' | 'check'>): Promise<Recording> {
  const client = createAppflowClient({ concurrency: callsAtOnce, timeoutMs: recordingTimeoutMs });
  try {
    await requireRegion(client);
    const clock = wakefulClock;
    const calls = new AppflowCalls({ client, clock, timeoutMs: recordingTimeoutMs, concurrency: callsAtOnce });
    return await recordProfiles({ ...options, calls, clock, check: complaintAbout });
  } finally {
    client.destroy();
  }
}

/** What local AppFlow says against a catalogue. */
function complaintAbout(catalogPath: string): Promise<string | undefined> {
  return checkCatalog({ catalogPath }).then(
    () => undefined,
    error => {
      if (error instanceof CatalogError) return error.message;
      throw error;
    },
  );
}

const catalogSetting = 'LOCAL_APPFLOW_CATALOG';

function throwAsConfigError(error: unknown, catalogFrom: string): never {
  throw error instanceof CatalogError ? new ConfigError([`${catalogFrom}: ${error.message}`]) : error;
}

async function startUpstream(config: Config, log: Log): Promise<RunningLocalAppflow | undefined> {
  return config.APPFLOW_UPSTREAM === 'local' ? await startLocal(config, log) : undefined;
}

/** OpenTelemetry is loaded only when there is somebody to send to. */
async function startTracingIfAsked(config: Config, log: Log) {
  const endpoint = config.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (endpoint === undefined) return undefined;
  const { startTracing } = await import('./telemetry/otlp-tracing.ts');
  return startTracing({ endpoint, log });
}

async function listenForScrapes(metrics: Metrics, address: { readonly host: string; readonly port: number }, log: Log) {
  const app = createBareHttpApp({ log });
  mountMetrics(app.fastify, metrics.render);
  const url = await app.listen(address);
  log.info({ url: `${url}/metrics` }, 'metrics are served');
  return () => app.close();
}

function createBudgetsOf({ REDIS_URL: redisUrl, COHERENCE_NAMESPACE: namespace }: Config, log: Log): Budgets {
  return createBudgets({ redisUrl, namespace, clock: systemClock, log });
}

interface SourceParts {
  readonly log: Log;
  readonly budgets: Budgets;
  /** What each call to AppFlow carries beside its own. */
  readonly headers: (() => Readonly<Record<string, string>>) | undefined;
}

async function createSource(
  config: Config,
  endpoint: RunningLocalAppflow | undefined,
  { log, budgets, headers }: SourceParts,
) {
  const concurrency = config.UPSTREAM_CONCURRENCY;
  const timeoutMs = config.UPSTREAM_TIMEOUT_MS;
  const client = createAppflowClient({ endpoint, concurrency, timeoutMs, headers });
  await requireRegion(client);
  const clock = systemClock;
  const calls = new AppflowCalls({ client, clock, timeoutMs, concurrency });
  const cache = new CoherentCache({
    clock,
    maxBytes: config.CACHE_MAX_BYTES,
    staleIfErrorMs: config.STALE_IF_ERROR_SECONDS * 1000,
  });
  const coherence = await createCoherence({
    keepNothing: config.COHERENCE === 'none-shared',
    redisUrl: config.REDIS_URL,
    namespace: config.COHERENCE_NAMESPACE,
    leaseMs: config.COHERENCE_LEASE_MS,
    cache,
    clock,
    log,
  });
  const appflow = new AppflowSource({ calls, clock, upstreamCacheTtlMs: config.UPSTREAM_CACHE_SECONDS * 1000 });
  const source = new CachedSource({
    source: budgetResets(appflow, await budgets.create('resets', config.RESET_BUDGET_PER_MINUTE)),
    cache,
    coherence,
    clock,
    ttlMs: config.METADATA_TTL_SECONDS * 1000,
    directoryTtlMs: config.DIRECTORY_TTL_SECONDS * 1000,
  });
  const close = async () => {
    await source.settleResets();
    await coherence.close();
    client.destroy();
  };
  return { source, start: () => coherence.start(), close };
}

/** Better at start-up than at the first query. */
async function requireRegion(client: ReturnType<typeof createAppflowClient>): Promise<void> {
  await client.config.region().catch(error => {
    throw new ConfigError([`${missingRegion} (${error.message})`]);
  });
}

interface GatewayParts {
  readonly log: Log;
  readonly authenticate: Authenticate | undefined;
  readonly budgets: Budgets;
}

async function mountGateway(
  app: HttpApp,
  source: CachedSource,
  config: Config,
  { log, authenticate, budgets }: GatewayParts,
): Promise<() => Promise<void>> {
  const plugins = [createOperationReport(systemClock), ...(config.SURROGATE_TAGS ? [surrogateTagsExtension] : [])];
  const apollo = await createGraphQLServer({
    log,
    introspection: config.INTROSPECTION,
    upstreamCallsPerOperation: config.UPSTREAM_CALLS_PER_OPERATION,
    trust: await loadTrust(config),
    plugins,
  });
  await apollo.start();
  const context = async (request: FastifyRequest, reply: FastifyReply): Promise<GatewayContext> => {
    const caller = callerOf(request);
    const signal = createRequestSignal(reply.raw, systemClock, config.REQUEST_TIMEOUT_MS);
    const surrogateTags = config.SURROGATE_TAGS ? createSurrogateTags() : undefined;
    const bound = boundSource(source, signal);
    return {
      metadata: authorizeSource(surrogateTags ? tagSource(bound, surrogateTags) : bound, caller),
      caller,
      cacheStatus: () => source.status(),
      requestId: request.id,
      surrogateTags,
    };
  };
  const shedding = new LoadShedding({
    clock: systemClock,
    maxRequests: config.MAX_REQUESTS,
    maxStartDelayMs: config.MAX_START_DELAY_MS,
  });
  const requests = await budgets.create('requests', config.REQUESTS_PER_MINUTE);
  const limitRate = requests && createRateLimit(requests);
  mountGraphQL(app.fastify, fastifyApolloHandler(apollo, { context }), { authenticate, shedding, limitRate });
  return () => apollo.stop();
}

/** @throws ConfigError when the manifest is not one. */
async function loadTrust(config: Config): Promise<DocumentTrust | undefined> {
  const { TRUSTED_DOCUMENTS: mode, TRUSTED_DOCUMENTS_MANIFEST: path } = config;
  if (mode === 'off' || path === undefined) return undefined;
  const documents = await loadTrustedDocuments(path).catch(error => {
    throw new ConfigError([`TRUSTED_DOCUMENTS_MANIFEST ${error.message}`]);
  });
  return { documents, mode };
}

/** How callers show who they are; `undefined` where the settings ask nobody. */
async function createAuthenticate(config: Config, log: Log): Promise<Authenticate | undefined> {
  const { JWT_ISSUER: issuer, JWT_AUDIENCE: audience, JWT_JWKS: jwks, ROUTER_SECRETS: secrets } = config;
  const hasTokens = issuer !== undefined && audience !== undefined && jwks !== undefined;
  if (!hasTokens && !secrets) return undefined;
  const clock = systemClock;
  return createAuthentication({
    log,
    verifyToken: hasTokens ? await createTokenVerifier({ issuer, audience, jwks, clock, log }) : undefined,
    isRouter: secrets && createRouterCheck(secrets),
  });
}
