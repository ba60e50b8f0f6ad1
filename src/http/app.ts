import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { requestBegunChannel, requestChannel } from '../base/channels.ts';
import { type Clock, systemClock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { answerClientError } from './client-errors.ts';
import { ConnectionDrain } from './connection-drain.ts';
import { HttpError, httpErrorCodes, toErrorBody, toHttpError } from './errors.ts';
import { mountGraphiql } from './graphiql.ts';
import { mountHealth } from './health.ts';
import { requireOwnHost } from './own-host.ts';
import { requestIdOf } from './request-id.ts';
import { scopeOf } from './request-scopes.ts';
import { pathOf, refuseUnroutedRequests } from './routes.ts';
import { securityHeaders } from './security-headers.ts';

export interface HttpAppOptions {
  readonly log: Log;
  /** Serves GraphiQL from the directory `vite build src/explorer` writes. Without it there is no page. */
  readonly graphiql?: { readonly directory: string } | undefined;
  /** Largest body accepted. Default 1,048,576 (1 MiB). */
  readonly bodyLimitBytes?: number | undefined;
  readonly timeouts?: Partial<HttpTimeouts> | undefined;
  /** Times the grace of `close`. Default the machine's clock. */
  readonly clock?: Clock | undefined;
}

export interface HttpTimeouts {
  /** For a client to finish its headers. Default 10,000. */
  readonly headersMs: number;
  /** For a client to finish the whole request. Default 30,000. */
  readonly requestMs: number;
  /** How long an idle connection stays. Default 72,000: longer than the 60 s of common load balancers, so that they end it first. */
  readonly keepAliveMs: number;
}

export interface HttpApp {
  /** To mount further routes on, until `listen`. */
  readonly fastify: FastifyInstance;
  /** Starts to answer. Port 0 takes a free one. Resolves to the origin: `http://127.0.0.1:4000`. */
  listen(address: { readonly host: string; readonly port: number }): Promise<string>;
  /** From now on `/readyz` says 503 and connections end with the answer under way. New ones are still accepted. */
  drain(): void;
  /**
   * Drains for a second, then accepts no more, and resolves when all that was under way is answered; cuts it off after `graceMs` (default 10,000), and
   * a request that is still arriving after two seconds.
   */
  close(graceMs?: number): Promise<void>;
}

const defaultBodyLimitBytes = 1_048_576;
const defaultTimeouts: HttpTimeouts = { headersMs: 10_000, requestMs: 30_000, keepAliveMs: 72_000 };

/** Creates the HTTP side of the gateway: health, GraphiQL, request ids, and an answer in one shape for whatever goes wrong. */
export function createHttpApp(options: HttpAppOptions): HttpApp {
  const { app, drain } = createApp(options);
  mountHealth(app.fastify, () => drain.begun);
  mountFrontPage(app.fastify, options.graphiql !== undefined);
  if (options.graphiql) mountGraphiql(app.fastify, options.graphiql.directory);
  return app;
}

/** The same with no route of its own, for a listener beside the gateway's. */
export function createBareHttpApp(options: Pick<HttpAppOptions, 'log'>): HttpApp {
  return createApp(options).app;
}

function createApp(options: HttpAppOptions): { readonly app: HttpApp; readonly drain: ConnectionDrain } {
  const fastify = createFastify(options);
  const drain = new ConnectionDrain(fastify.server, options.clock ?? systemClock);
  addHooks(fastify, drain);
  refuseUnroutedRequests(fastify);
  const app: HttpApp = {
    fastify,
    listen: address => listen(fastify, address),
    drain: () => drain.begin(),
    close: (graceMs = 10_000) => drain.end(graceMs, () => fastify.close()),
  };
  return { app, drain };
}

function createFastify({ log, bodyLimitBytes = defaultBodyLimitBytes, timeouts }: HttpAppOptions): FastifyInstance {
  const { headersMs, requestMs, keepAliveMs } = { ...defaultTimeouts, ...timeouts };
  const onError = (error: unknown, request: FastifyRequest, reply: FastifyReply) =>
    sendError(error, request, reply, { log, bodyLimitBytes });
  const fastify = Fastify({
    bodyLimit: bodyLimitBytes,
    clientErrorHandler: answerClientError,
    frameworkErrors: onError,
    genReqId: requestIdOf,
    // Node answers a missing Host with no body, and looks for slow clients every 30 s only.
    http: {
      requireHostHeader: false,
      headersTimeout: headersMs,
      connectionsCheckingInterval: Math.max(headersMs / 10, 10),
    },
    keepAliveTimeout: keepAliveMs,
    requestTimeout: requestMs,
    return503OnClosing: false,
  });
  // Node refuses expectations it does not know with no body; RFC 9110 allows to disregard them.
  fastify.server.on('checkExpectation', (request, response) => fastify.server.emit('request', request, response));
  fastify.removeContentTypeParser('text/plain');
  fastify.setErrorHandler(onError);
  fastify.setNotFoundHandler(() => {
    throw new HttpError('PATH_NOT_FOUND', 'Nothing answers at this path.');
  });
  return fastify;
}

function addHooks(fastify: FastifyInstance, drain: ConnectionDrain): void {
  fastify.addHook('onRequest', async (request, reply) => {
    publishBeginning(request);
    reply.headers({ ...securityHeaders, 'x-request-id': request.id });
    requireReadable(request);
    requireOwnHost(request, fastify.server.address());
  });
  fastify.addHook('onSend', async (_request, reply) => {
    if (drain.begun) reply.header('connection', 'close');
  });
  fastify.addHook('onResponse', async (request, reply) => publishRequest(request, reply));
}

function requireReadable({ headers, raw }: FastifyRequest): void {
  if (headers.host === undefined && raw.httpVersion !== '1.0') {
    throw new HttpError('BAD_REQUEST', 'The Host header is required.');
  }
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') {
    throw new HttpError('UNSUPPORTED_MEDIA_TYPE', 'The body must not be compressed.', {
      'accept-encoding': 'identity',
    });
  }
}

function publishBeginning(request: FastifyRequest): void {
  requestBegunChannel.publish(() => {
    const { traceparent } = request.headers;
    return { request: scopeOf(request), traceparent: typeof traceparent === 'string' ? traceparent : undefined };
  });
}

function publishRequest(request: FastifyRequest, reply: FastifyReply): void {
  requestChannel.publish(() => ({
    request: scopeOf(request),
    method: request.method,
    route: request.routeOptions.url ?? null,
    path: pathOf(request),
    status: reply.statusCode,
    durationMs: reply.elapsedTime,
  }));
}

function mountFrontPage(fastify: FastifyInstance, hasGraphiql: boolean): void {
  fastify.get('/', async (_request, reply) =>
    hasGraphiql ? reply.redirect('/graphiql', 302) : { name: 'appflow-gateway', graphql: '/graphql' },
  );
}

/** The one place that answers an error. It never throws, and what it does not know goes to the log, masked for the caller. */
function sendError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  { log, bodyLimitBytes }: { log: Log; bodyLimitBytes: number },
): void {
  const { code, message, headers } = toHttpError(error, request.headers['content-type'], bodyLimitBytes);
  const isInternal = code === 'INTERNAL_SERVER_ERROR';
  if (isInternal) log.error({ err: error, requestId: request.id, path: pathOf(request) }, 'request failed');
  // Fastify would end the connection of a body that is too large while it is still being sent, and the client would see that instead of the answer. Node
  // reads the rest and throws it away, for as long as any request may take.
  if (code === 'PAYLOAD_TOO_LARGE') reply.removeHeader('connection');
  reply
    .code(httpErrorCodes[code].status)
    .headers({ ...securityHeaders, 'x-request-id': request.id, ...headers })
    .type('application/json; charset=utf-8')
    .send(toErrorBody(code, message, isInternal ? request.id : undefined));
}

async function listen(fastify: FastifyInstance, { host, port }: { host: string; port: number }): Promise<string> {
  await fastify.listen({ host, port });
  const address = fastify.server.address();
  const actualPort = address !== null && typeof address === 'object' ? address.port : port;
  return `http://${host.includes(':') ? `[${host}]` : host}:${actualPort}`;
}
