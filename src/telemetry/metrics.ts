import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import {
  operationChannel,
  renewalChannel,
  requestChannel,
  resetChannel,
  shedChannel,
  upstreamCallChannel,
} from '../base/channels.ts';
import type { Clock } from '../base/clock.ts';
import { type MetricName, metricTable } from './metric-table.ts';

/** What the cache counts itself. */
export interface CacheFigures {
  readonly entries: number;
  readonly bytes: number;
  /** Those that joined a fetch included. */
  readonly hits: number;
  readonly joined: number;
  readonly misses: number;
  readonly unkept: number;
}

export interface MetricsOptions {
  readonly clock: Clock;
  /** Asked at every scrape. */
  readonly cache: () => CacheFigures;
}

export interface Metrics {
  /** Everything measured so far, in Prometheus' text format. */
  render(): Promise<string>;
  /** Stops to measure. */
  close(): void;
}

/** Upper bounds in seconds: hits take less than the first, a call and its retries no longer than the last but one by default. */
const durationBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** A client can send any method of HTTP; these are worth a series of their own. */
const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'OPTIONS']);

/** Begins to measure what the parts report. Everything counts from 0. */
export function startMetrics({ clock, cache }: MetricsOptions): Metrics {
  const registry = new Registry();
  const unsubscribes = [
    ...measureRequests(registry),
    ...measureUpstream(registry),
    ...measureResets(registry),
    measureLease(registry, clock),
  ];
  addCacheFigures(registry, cache);
  return {
    render: async () => `${await registry.metrics()}\n${await processRegistry().metrics()}`,
    close: () => {
      for (const unsubscribe of unsubscribes) unsubscribe();
      registry.clear();
    },
  };
}

let ofProcess: Registry | undefined;

/** Of the process and not of a gateway, and begun once: prom-client's observers of the event loop and of garbage cannot be stopped. */
function processRegistry(): Registry {
  if (ofProcess) return ofProcess;
  ofProcess = new Registry();
  collectDefaultMetrics({ register: ofProcess });
  return ofProcess;
}

function measureRequests(registry: Registry) {
  const requests = new Counter(described(registry, 'appflow_gateway_http_requests_total'));
  const durations = new Histogram(timed(registry, 'appflow_gateway_http_request_duration_seconds'));
  const operations = new Counter(described(registry, 'appflow_gateway_graphql_operations_total'));
  const shed = new Counter(described(registry, 'appflow_gateway_shed_requests_total'));
  return [
    shedChannel.subscribe(() => shed.inc()),
    requestChannel.subscribe(({ route, method, status, durationMs }) => {
      const path = route ?? 'other';
      requests.inc({ path, method: methods.has(method) ? method : 'other', status: String(status) });
      durations.observe({ path }, durationMs / 1000);
    }),
    operationChannel.subscribe(({ type, errorCodes }) =>
      operations.inc({ type: type ?? 'unknown', outcome: errorCodes[0] ?? 'OK' }),
    ),
  ];
}

function measureUpstream(registry: Registry) {
  const calls = new Counter(described(registry, 'appflow_gateway_upstream_calls_total'));
  const durations = new Histogram(timed(registry, 'appflow_gateway_upstream_call_duration_seconds'));
  return [
    upstreamCallChannel.subscribe(({ call: { operation }, outcome, durationMs }) => {
      calls.inc({ operation, code: outcome });
      durations.observe({ operation }, durationMs / 1000);
    }),
  ];
}

function measureResets(registry: Registry) {
  const resets = new Counter(described(registry, 'appflow_gateway_resets_total'));
  const durations = new Histogram(timed(registry, 'appflow_gateway_reset_duration_seconds'));
  return [
    resetChannel.subscribe(({ scope, outcome, durationMs }) => {
      resets.inc({ scope, outcome });
      if (durationMs !== null) durations.observe(durationMs / 1000);
    }),
  ];
}

function addCacheFigures(registry: Registry, cache: () => CacheFigures): void {
  const counts: Partial<Record<MetricName, (figures: CacheFigures) => number>> = {
    appflow_gateway_cache_hits_total: ({ hits, joined }) => hits - joined,
    appflow_gateway_cache_misses_total: ({ misses }) => misses,
    appflow_gateway_cache_joined_total: ({ joined }) => joined,
    appflow_gateway_stale_refused_total: ({ unkept }) => unkept,
  };
  for (const [name, read] of Object.entries(counts)) {
    const counter = new Counter({
      ...described(registry, name as MetricName),
      collect: () => {
        counter.reset();
        counter.inc(read(cache()));
      },
    });
  }
  addGauge(registry, 'appflow_gateway_cache_entries', () => cache().entries);
  addGauge(registry, 'appflow_gateway_cache_bytes', () => cache().bytes);
}

/** A log that has never been read counts from the first time that it was tried. */
function measureLease(registry: Registry, clock: Clock): () => void {
  let since: number | undefined;
  addGauge(registry, 'appflow_gateway_lease_age_seconds', () =>
    since === undefined ? 0 : (clock.monotonicNow() - since) / 1000,
  );
  return renewalChannel.subscribe(({ error }) => {
    if (error === null || since === undefined) since = clock.monotonicNow();
  });
}

function addGauge(registry: Registry, name: MetricName, read: () => number): void {
  const gauge: Gauge = new Gauge({ ...described(registry, name), collect: () => gauge.set(read()) });
}

function described(registry: Registry, name: MetricName) {
  const { help, labels } = metricTable[name];
  return { name, help, labelNames: [...labels] as string[], registers: [registry] };
}

function timed(registry: Registry, name: MetricName) {
  return { ...described(registry, name), buckets: durationBuckets };
}
