/** What every metric of the gateway is called by, prefix included: dashboards and alerts are written against these. */
export type MetricName = keyof typeof metricTable;

interface MetricKind {
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly labels: readonly string[];
}

/** The gateway's metrics. The values of every label are a few, whatever clients send. */
export const metricTable = {
  appflow_gateway_http_requests_total: {
    type: 'counter',
    help: 'HTTP requests answered, by route (`other` where there is none), method and status.',
    labels: ['path', 'method', 'status'],
  },
  appflow_gateway_http_request_duration_seconds: {
    type: 'histogram',
    help: 'How long HTTP requests took, by route.',
    labels: ['path'],
  },
  appflow_gateway_shed_requests_total: {
    type: 'counter',
    help: 'Requests refused at once, because there was more to do than could be done.',
    labels: [],
  },
  appflow_gateway_graphql_operations_total: {
    type: 'counter',
    help: 'GraphQL operations answered, by type and outcome: OK, or the code of the first error.',
    labels: ['type', 'outcome'],
  },
  appflow_gateway_upstream_calls_total: {
    type: 'counter',
    help: 'Calls to AppFlow, retries included in the one, by operation and code: OK, or that of the error.',
    labels: ['operation', 'code'],
  },
  appflow_gateway_upstream_call_duration_seconds: {
    type: 'histogram',
    help: 'How long calls to AppFlow took, retries included, by operation.',
    labels: ['operation'],
  },
  appflow_gateway_cache_hits_total: { type: 'counter', help: 'Reads answered from memory.', labels: [] },
  appflow_gateway_cache_misses_total: {
    type: 'counter',
    help: 'Reads that went to AppFlow and whose answers were kept.',
    labels: [],
  },
  appflow_gateway_cache_joined_total: {
    type: 'counter',
    help: 'Reads that waited for a fetch that was under way.',
    labels: [],
  },
  appflow_gateway_cache_entries: { type: 'gauge', help: 'Answers held in memory.', labels: [] },
  appflow_gateway_cache_bytes: {
    type: 'gauge',
    help: 'Estimated size of the answers held in memory.',
    labels: [],
  },
  appflow_gateway_stale_refused_total: {
    type: 'counter',
    help: 'Reads that memory might not answer, because resets of other replicas could not be heard.',
    labels: [],
  },
  appflow_gateway_resets_total: {
    type: 'counter',
    help: 'Resets asked for, by scope and outcome: OK, or the code of the error.',
    labels: ['scope', 'outcome'],
  },
  appflow_gateway_reset_duration_seconds: {
    type: 'histogram',
    help: 'How long resets took that were begun, until their answer.',
    labels: [],
  },
  appflow_gateway_lease_age_seconds: {
    type: 'gauge',
    help: 'Since when resets of other replicas have not been heard; 0 where there are no others.',
    labels: [],
  },
} as const satisfies Record<string, MetricKind>;

/** The names of all of them, as they are registered: a histogram's series end in `_bucket`, `_sum` and `_count`. */
export const metricNames: readonly string[] = Object.keys(metricTable);
