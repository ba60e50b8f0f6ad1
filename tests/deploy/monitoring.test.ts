import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parser } from '@prometheus-io/lezer-promql';
import type { Service } from 'kubernetes-types/core/v1.js';
import { describe, expect, it } from 'vitest';
import { metricNames } from '../../src/telemetry/metric-table.ts';
import { findManifest, type Manifest, readManifests } from './manifests.ts';

interface Panel {
  readonly id: number;
  readonly title: string;
  readonly description: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly fieldConfig: { readonly defaults: { readonly unit: string } };
  readonly datasource: { readonly type: string; readonly uid: string };
  readonly targets: readonly { readonly refId: string; readonly expr: string; readonly legendFormat: string }[];
}

interface Dashboard {
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly { readonly name: string; readonly query: string }[] };
}

/** Of monitoring.coreos.com, as far as it is used. */
interface ServiceMonitor extends Manifest {
  readonly spec: {
    readonly selector: { readonly matchLabels: Readonly<Record<string, string>> };
    readonly endpoints: readonly Readonly<Record<string, string>>[];
  };
}

const root = join(import.meta.dirname, '../..');
const dashboard: Dashboard = JSON.parse(readFileSync(join(root, 'deploy/monitoring/dashboard.json'), 'utf8'));
const { panels, templating } = dashboard;
const expressions = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));

describe('the dashboard', () => {
  it.each(expressions)('asks %s, which is PromQL', expression => {
    expect(errorsIn(expression)).toEqual([]);
  });

  it('asks for metrics that there are', () => {
    const asked = expressions.flatMap(expression => expression.match(/appflow_gateway_\w+/g) ?? []);
    const series = asked.map(name => name.replace(/_(bucket|sum|count)$/, ''));
    expect([...new Set(series)].filter(name => !metricNames.includes(name))).toEqual([]);
  });

  it('would not pass with a bracket too few', () => {
    expect(errorsIn('sum(rate(a_total[1m])')).not.toEqual([]);
  });

  it('uses variables that it has', () => {
    const known = templating.list.map(({ name }) => name);
    const used = expressions.flatMap(expression => [...expression.matchAll(/\$(\w+)/g)].map(([, name]) => name));
    expect([...new Set(used)].filter(name => !known.includes(name ?? '')).sort()).toEqual(['__rate_interval']);
    expect(panels.map(({ datasource }) => datasource)).toEqual(
      panels.map(() => ({ type: 'prometheus', uid: '$datasource' })),
    );
  });

  it('has panels that say what they show and do not overlap', () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)},${y + Math.floor(cell / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(panels.every(({ gridPos: { x, w } }) => x + w <= 24)).toBe(true);
    const silent = panels.filter(
      ({ title, description, fieldConfig }) => !(title && description && fieldConfig.defaults.unit),
    );
    expect(silent).toEqual([]);
  });

  it('takes rates of counters, quantiles of histograms, and neither of gauges', () => {
    for (const expression of expressions) {
      const counters = [...expression.matchAll(/(rate\()?appflow_gateway_\w+(_total|_bucket)\{/g)];
      expect
        .soft(
          counters.filter(([, rate]) => rate === undefined),
          expression,
        )
        .toEqual([]);
      if (expression.includes('_bucket')) expect.soft(expression).toMatch(/^histogram_quantile\(0\.\d+, sum by \(le\b/);
    }
  });
});

describe('the service monitor', () => {
  const { spec } = findManifest<ServiceMonitor>(readManifests('monitoring'), 'ServiceMonitor', 'appflow-gateway');
  const service = findManifest<Service>(readManifests('kubernetes'), 'Service', 'appflow-gateway');

  it('finds the gateway’s service, and the port of it that serves /metrics', () => {
    expect(spec.selector.matchLabels).toEqual(service.metadata?.labels);
    expect(spec.endpoints).toEqual([{ port: 'http', path: '/metrics', interval: '15s', scrapeTimeout: '5s' }]);
    expect(service.spec?.ports?.map(({ name }) => name)).toEqual(['http']);
  });
});

/** Where Prometheus' own grammar sees an error, with what Grafana fills in filled in. */
function errorsIn(expression: string): number[] {
  const errors: number[] = [];
  parser.parse(expression.replaceAll('$__rate_interval', '1m')).iterate({
    enter: ({ type, from }) => {
      if (type.isError) errors.push(from);
    },
  });
  return errors;
}
