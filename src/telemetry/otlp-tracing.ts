import { type Attributes, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import {
  operationBegunChannel,
  operationChannel,
  requestBegunChannel,
  requestChannel,
  upstreamCallBegunChannel,
  upstreamCallChannel,
} from '../base/channels.ts';
import type { Log } from '../base/log.ts';
import type { RequestScope } from '../base/request-scope.ts';
import { type UpstreamCall, upstreamCallScope } from '../base/upstream-call.ts';
import { reportingExporter } from './otlp-reporting-exporter.ts';
import { fromTraceparent, toTraceparent } from './otlp-traceparent.ts';

/** How long a batch may take to be taken, and so how long a collector that is away holds up the end of the process. */
const exportTimeoutMs = 3_000;

export interface Tracing {
  /** What the call to AppFlow under way has to carry, so that its trace goes on there. */
  headers(): Readonly<Record<string, string>>;
  /** Sends what is left, and stops. */
  close(): Promise<void>;
}

/**
 * Begins to turn what the parts report into spans: one an HTTP request, which continues its `traceparent`, within it one a GraphQL operation,
 * within that one a call to AppFlow. They are sent as OTLP over HTTP in JSON. Nothing here is global: a host's own tracing is left alone.
 *
 * @param endpoint Base URL of the collector; spans go to `/v1/traces` below it.
 */
export function startTracing({ endpoint, log }: { readonly endpoint: string; readonly log: Log }): Tracing {
  const url = `${endpoint.replace(/\/+$/, '')}/v1/traces`;
  const exporter = reportingExporter(new OTLPTraceExporter({ url, timeoutMillis: exportTimeoutMs }), log);
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'appflow-gateway' }),
    spanProcessors: [new BatchSpanProcessor(exporter, { exportTimeoutMillis: exportTimeoutMs })],
  });
  const spans = new Spans(provider);
  const unsubscribes = subscribe(spans);
  return {
    headers: () => {
      const context = spans.contextOf(upstreamCallScope.getStore());
      return context ? { traceparent: toTraceparent(context) } : {};
    },
    close: async () => {
      for (const unsubscribe of unsubscribes) unsubscribe();
      // It rejects when the last batch is not taken, which the exporter has told the log.
      await provider.shutdown().catch(() => undefined);
    },
  };
}

/** What a span is of; the object is its name, so nothing outlives the work. */
type Work = RequestScope | UpstreamCall;

/** The spans under way. A request has two: the operation, once it begins, comes before the HTTP request that it is in. */
class Spans {
  readonly #tracer;
  readonly #requests = new WeakMap<Work, Span>();
  readonly #inner = new WeakMap<Work, Span>();

  constructor(provider: BasicTracerProvider) {
    this.#tracer = provider.getTracer('appflow-gateway');
  }

  beginRequest(request: RequestScope, traceparent: string | undefined): void {
    const remote = fromTraceparent(traceparent);
    const context = remote ? trace.setSpanContext(ROOT_CONTEXT, remote) : ROOT_CONTEXT;
    this.#requests.set(request, this.#tracer.startSpan('HTTP', { kind: SpanKind.SERVER }, context));
  }

  beginWithin(work: Work, parent: RequestScope | undefined, name: string, kind: SpanKind): void {
    const around = parent && (this.#inner.get(parent) ?? this.#requests.get(parent));
    const context = around ? trace.setSpan(ROOT_CONTEXT, around) : ROOT_CONTEXT;
    this.#inner.set(work, this.#tracer.startSpan(name, { kind }, context));
  }

  contextOf(work: Work | undefined) {
    return work && this.#inner.get(work)?.spanContext();
  }

  endRequest(request: RequestScope, name: string, attributes: Attributes, hasFailed: boolean): void {
    end(this.#requests.get(request), name, attributes, hasFailed);
    this.#requests.delete(request);
  }

  endWithin(work: Work, name: string, attributes: Attributes, hasFailed: boolean): void {
    end(this.#inner.get(work), name, attributes, hasFailed);
    this.#inner.delete(work);
  }
}

function end(span: Span | undefined, name: string, attributes: Attributes, hasFailed: boolean): void {
  span?.updateName(name).setAttributes(attributes);
  if (hasFailed) span?.setStatus({ code: SpanStatusCode.ERROR });
  span?.end();
}

function subscribe(spans: Spans): (() => void)[] {
  return [...subscribeToRequests(spans), ...subscribeToOperations(spans), ...subscribeToUpstream(spans)];
}

function subscribeToRequests(spans: Spans) {
  return [
    requestBegunChannel.subscribe(({ request, traceparent }) => spans.beginRequest(request, traceparent)),
    requestChannel.subscribe(({ request, method, route, status }) => {
      const attributes = {
        'http.request.method': method,
        'http.route': route ?? undefined,
        'http.response.status_code': status,
        'appflow_gateway.request_id': request.requestId,
      };
      spans.endRequest(request, route === null ? method : `${method} ${route}`, attributes, status >= 500);
    }),
  ];
}

function subscribeToOperations(spans: Spans) {
  return [
    operationBegunChannel.subscribe(request => spans.beginWithin(request, request, 'GraphQL', SpanKind.INTERNAL)),
    operationChannel.subscribe(({ request, name, type, hash, errorCodes }) => {
      const attributes = {
        'graphql.operation.name': name ?? undefined,
        'graphql.operation.type': type ?? undefined,
        'appflow_gateway.document_hash': hash ?? undefined,
        'appflow_gateway.error_codes': [...errorCodes],
      };
      const title = [type ?? 'GraphQL', name].filter(part => part !== null).join(' ');
      if (request) spans.endWithin(request, title, attributes, errorCodes.length > 0);
    }),
  ];
}

function subscribeToUpstream(spans: Spans) {
  return [
    upstreamCallBegunChannel.subscribe(call =>
      spans.beginWithin(call, call.request, `AppFlow.${call.operation}`, SpanKind.CLIENT),
    ),
    upstreamCallChannel.subscribe(({ call, attempts, outcome, upstreamRequestId }) => {
      const attributes = {
        'rpc.system': 'aws-api',
        'rpc.service': 'AppFlow',
        'rpc.method': call.operation,
        'aws.request_id': upstreamRequestId ?? undefined,
        'appflow_gateway.attempts': attempts,
        'appflow_gateway.code': outcome,
      };
      spans.endWithin(call, `AppFlow.${call.operation}`, attributes, outcome !== 'OK');
    }),
  ];
}
