import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { isIPv6 } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { checkAuthorization } from './authorization.ts';
import type { AwsAccount } from './connectors/appflow-arns.ts';
import { createRegistry, type RegistryOptions } from './connectors/create-registry.ts';
import { readCatalog } from './connectors/read-catalog.ts';
import { postgresNames } from './connectors/register-postgres.ts';
import type { Registry } from './connectors/registry.ts';
import { AppflowError, toAppflowError } from './errors.ts';
import { Exchanges } from './exchanges.ts';
import { createCatalogFaults } from './faults/catalog-faults.ts';
import { answerFaultControl, isFaultControl } from './faults/fault-control.ts';
import { Faults } from './faults/faults.ts';
import { isLoopback } from './loopback.ts';
import { MetadataCache } from './metadata-cache.ts';
import type { OperationParts } from './operation.ts';
import { Paging } from './paging.ts';
import { readJson, sendAnswer, toAnswer, toErrorAnswer } from './rest-json.ts';
import { findOperation } from './router.ts';

// The one thing startLocalAppflow can say about its input; here because this file is the only door.
export { CatalogError } from './connectors/catalog-error.ts';

/** Where local AppFlow says it is, unless told otherwise; the account is the one AWS uses in its examples. */
const defaultAccount: AwsAccount = { region: 'us-east-1', accountId: '123456789012' };
/** The same file whether this runs from `src` or from `dist`. */
const sampleCatalogPath = fileURLToPath(new URL('../../src/local-appflow/sample-catalog.yaml', import.meta.url));
const httpOptions = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 65_000,
  // Node would refuse a request without Host itself, with no body.
  requireHostHeader: false,
};
const noTunnels = new AppflowError('MethodNotAllowedException', 'Operations take POST, got CONNECT.');
/** How long requests under way may still take when local AppFlow is closed. */
const closingPatienceMs = 2_000;

export interface LocalAppflowOptions {
  /** Which connectors and profiles there are. Its applications are closed by whoever made it. */
  readonly registry: Registry;
  readonly clock: Clock;
  readonly log: Log;
  /** A loopback address, default `127.0.0.1`. Anything else is refused: nobody's credentials are checked here. */
  readonly host?: string;
  /** 0 takes a free one. */
  readonly port: number;
  /**
   * Whether resetting entity names without a path also forgets nested lists. AWS does not say; default false, the narrow
   * reading.
   */
  readonly namesResetReachesNested?: boolean;
  /** Largest body taken, default 1 MiB. */
  readonly maxBodyBytes?: number;
  /** What makes it misbehave; absent: nothing does, and no control route exists. */
  readonly faults?: Faults | undefined;
}

/** A running local AppFlow. */
export interface LocalAppflow {
  /** To give the AWS SDK as its endpoint, without a trailing slash. */
  readonly url: string;
  /** Stops taking requests, lets those under way finish for up to two seconds, and cuts what is left. */
  close(): Promise<void>;
}

/** {@link LocalAppflowOptions} with what a registry is opened from in place of one, and faults by a switch. */
export interface StartLocalAppflowOptions
  extends Omit<LocalAppflowOptions, 'registry' | 'faults'>,
    Omit<RegistryOptions, 'account' | 'catalogPath' | 'clock' | 'log' | 'onFaults'> {
  /** YAML file; the sample catalogue when absent. */
  readonly catalogPath?: string | undefined;
  /** What ARNs are made of where the catalogue states none; default us-east-1 and 123456789012. */
  readonly account?: AwsAccount;
  /** Whether it misbehaves as the catalogue and the control route `/_faults` say. Default false: neither can make it. */
  readonly faults?: boolean;
}

/** A local AppFlow with connectors of its own; `close` lets go of those too. */
export interface RunningLocalAppflow extends LocalAppflow {
  /** For the AWS SDK, which cannot sign without one; any other that has AppFlow would do as well. */
  readonly region: string;
  /** The file to edit to see a change. */
  readonly catalogPath: string;
}

/** Starts local AppFlow over a YAML catalogue and, where there is one, a PostgreSQL database. */
export async function startLocalAppflow(options: StartLocalAppflowOptions): Promise<RunningLocalAppflow> {
  const { account = defaultAccount, catalogPath = sampleCatalogPath, log } = options;
  const faults = options.faults ? new Faults(options) : undefined;
  const onFaults = createCatalogFaults(faults, log);
  const registry = await createRegistry({ ...options, account, catalogPath, onFaults });
  try {
    const server = await createLocalAppflow({ ...options, registry, faults });
    const close = () => server.close().finally(registry.close);
    return { url: server.url, region: account.region, catalogPath, close };
  } catch (error) {
    await registry.close();
    throw error;
  }
}

/**
 * Looks whether {@link startLocalAppflow} could take the catalogue; contacts no database.
 *
 * @throws CatalogError when it could not.
 */
export async function checkCatalog(
  options: Pick<StartLocalAppflowOptions, 'catalogPath' | 'postgresUrl'>,
): Promise<void> {
  const { catalogPath = sampleCatalogPath, postgresUrl } = options;
  await readCatalog(catalogPath, postgresUrl === undefined ? undefined : postgresNames);
}

/** Starts an AppFlow of our own: the operations it has over restJson1, on a port of this machine only. */
export async function createLocalAppflow(options: LocalAppflowOptions): Promise<LocalAppflow> {
  const { registry, clock, host = '127.0.0.1', port, namesResetReachesNested = false } = options;
  checkLoopback(host);
  const parts = { registry, cache: new MetadataCache(clock, { namesResetReachesNested }), paging: new Paging(clock) };
  const exchanges = new Exchanges(clock);
  const server = createServer(httpOptions, answer);
  // An expectation other than 100-continue is ignored: Node would refuse it itself, with no body.
  server.on('checkExpectation', answer);
  server.on('connect', (_, socket) => void exchanges.refuse(noTunnels, socket));
  server.on('clientError', (error, socket) => void exchanges.refuse(error, socket));
  server.listen(port, host);
  await once(server, 'listening');
  let closed: Promise<void> | undefined;
  return {
    url: urlOf(server),
    close() {
      options.faults?.lift();
      closed ??= closeServer(server, exchanges, clock);
      return closed;
    },
  };

  function answer(request: IncomingMessage, response: ServerResponse): void {
    exchanges.begin(request, response);
    void answerRequest(request, response, parts, options);
  }
}

async function answerRequest(
  request: IncomingMessage,
  response: ServerResponse,
  parts: OperationParts,
  { log, maxBodyBytes = 1024 * 1024, faults }: LocalAppflowOptions,
): Promise<void> {
  const requestId = randomUUID();
  try {
    checkHost(request);
    if (faults && isFaultControl(request)) {
      return sendAnswer(response, await answerFaultControl(request, requestId, faults));
    }
    const operation = findOperation(request.method ?? '', request.url ?? '');
    checkAuthorization(request.headers.authorization);
    const { input, carryOut } = operation.read(await readJson(request, maxBodyBytes));
    const operate = () => carryOut(parts);
    if (faults) await faults.answer({ operation: operation.name, input, requestId, response }, operate);
    else sendAnswer(response, toAnswer(await operate(), requestId));
    log.debug({ requestId, operation: operation.name }, 'local AppFlow answered');
  } catch (thrown) {
    const error = toAppflowError(thrown);
    sendAnswer(response, toErrorAnswer(error, requestId));
    const level = error.code === 'InternalServerException' ? 'error' : 'debug';
    const cause = error.cause === undefined ? {} : { err: error.cause };
    log[level]({ requestId, code: error.code, refusal: error.message, ...cause }, 'local AppFlow refused');
  }
}

/** HTTP/1.1 asks every server to refuse this. */
function checkHost({ httpVersion, headers }: IncomingMessage): void {
  if (headers.host !== undefined || httpVersion !== '1.1') return;
  throw new AppflowError('SerializationException', 'An HTTP/1.1 request must have a Host header.');
}

function checkLoopback(host: string): void {
  if (isLoopback(host)) return;
  throw new Error(`local AppFlow's host must be a loopback address, such as 127.0.0.1, got ${JSON.stringify(host)}`);
}

function urlOf(server: Server): string {
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('local AppFlow has no port to be reached at');
  return `http://${isIPv6(bound.address) ? `[${bound.address}]` : bound.address}:${bound.port}`;
}

/** Every connection is cut in the end: Node would wait for those that have not sent anything yet. */
async function closeServer(server: Server, exchanges: Exchanges, clock: Clock): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  const stopTimer = clock.setTimer(closingPatienceMs, () => server.closeAllConnections());
  await exchanges.settled();
  stopTimer();
  server.closeAllConnections();
  exchanges.cutRefused();
  await closed;
}
