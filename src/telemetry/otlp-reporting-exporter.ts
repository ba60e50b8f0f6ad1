import type { SpanExporter } from '@opentelemetry/sdk-trace-base';
import type { Log } from '../base/log.ts';

/** The same exporter, whose failures are told to the log: once when they begin, and once when they are over. OpenTelemetry tells nobody. */
export function reportingExporter(exporter: SpanExporter, log: Log): SpanExporter {
  let isFailing = false;
  const report = (error: Error | undefined) => {
    if (error && !isFailing) log.warn({ reason: error.message }, 'traces cannot be sent');
    if (!error && isFailing) log.info('traces can be sent again');
    isFailing = error !== undefined;
  };
  return {
    export: (spans, done) =>
      exporter.export(spans, result => {
        report(result.code === 0 ? undefined : (result.error ?? new Error('for no reason given')));
        done(result);
      }),
    forceFlush: async () => exporter.forceFlush?.(),
    shutdown: () => exporter.shutdown(),
  };
}
