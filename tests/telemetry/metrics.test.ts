import { expect, onTestFinished, test } from 'vitest';
import { renewalChannel, requestChannel, resetChannel } from '../../src/base/channels.ts';
import { createRequestScope } from '../../src/base/request-scope.ts';
import { metricNames } from '../../src/telemetry/metric-table.ts';
import { type CacheFigures, startMetrics } from '../../src/telemetry/metrics.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { parsePrometheusText } from '../support/prometheus-text.ts';

const nothing: CacheFigures = { entries: 0, bytes: 0, hits: 0, joined: 0, misses: 0, unkept: 0 };
const request = {
  request: createRequestScope('r1'),
  method: 'GET',
  route: '/livez',
  path: '/livez',
  status: 200,
  durationMs: 3,
};

function start(cache: CacheFigures = nothing) {
  const clock = new FakeClock();
  const metrics = startMetrics({ clock, cache: () => cache });
  onTestFinished(() => metrics.close());
  return { clock, metrics, samples: async () => parsePrometheusText(await metrics.render()) };
}

test('every metric of the table is there from the beginning, beside those of the process', async () => {
  const { metrics } = start();
  const text = await metrics.render();
  for (const name of metricNames) expect(text).toContain(`# HELP ${name} `);
  expect(text).toContain('\nprocess_resident_memory_bytes ');
  expect([...text.matchAll(/# HELP (appflow_gateway_\w+)/g)].map(([, name]) => name)).toEqual(
    expect.arrayContaining([...metricNames]),
  );
});

test('clients cannot make series: unknown paths and methods are one each', async () => {
  const { samples } = start();
  const before = (await samples()).size;
  for (let n = 0; n < 50; n += 1) {
    requestChannel.publish(() => ({ ...request, route: null, path: `/${n}`, method: `M${n}`, status: 404 }));
  }
  const after = await samples();
  expect(after.get('appflow_gateway_http_requests_total{path="other",method="other",status="404"}')).toBe(50);
  // One counter; 15 buckets, a sum and a count.
  expect(after.size - before).toBe(18);
});

test('hits are those that waited for nobody', async () => {
  const { samples } = start({ entries: 7, bytes: 900, hits: 5, joined: 2, misses: 3, unkept: 4 });
  const figures = [...(await samples())].filter(([name]) => /_(cache|stale)_/.test(name));
  expect(Object.fromEntries(figures)).toEqual({
    appflow_gateway_cache_hits_total: 3,
    appflow_gateway_cache_joined_total: 2,
    appflow_gateway_cache_misses_total: 3,
    appflow_gateway_stale_refused_total: 4,
    appflow_gateway_cache_entries: 7,
    appflow_gateway_cache_bytes: 900,
  });
});

test('a scrape does not count what the one before it has counted', async () => {
  const { samples } = start({ ...nothing, misses: 3 });
  await samples();
  expect((await samples()).get('appflow_gateway_cache_misses_total')).toBe(3);
});

test('a lease is as old as the last look at the log of resets, or the first one that failed', async () => {
  const { clock, samples } = start();
  const age = async () => (await samples()).get('appflow_gateway_lease_age_seconds');
  clock.advance(5_000);
  expect(await age()).toBe(0);
  renewalChannel.publish(() => ({ error: 'away' }));
  clock.advance(2_000);
  renewalChannel.publish(() => ({ error: 'away' }));
  expect(await age()).toBe(2);
  renewalChannel.publish(() => ({ error: null }));
  clock.advance(300);
  expect(await age()).toBeCloseTo(0.3);
});

test('a reset that was refused before it began counts, and has no duration', async () => {
  const { samples } = start();
  const refused = {
    request: undefined,
    scope: 'ENTITY_NAMES',
    coordinates: {},
    clearedEntries: 0,
    outcome: 'FORBIDDEN',
    durationMs: null,
  } as const;
  resetChannel.publish(() => refused);
  const after = await samples();
  expect(after.get('appflow_gateway_resets_total{scope="ENTITY_NAMES",outcome="FORBIDDEN"}')).toBe(1);
  expect(after.get('appflow_gateway_reset_duration_seconds_count')).toBe(0);
});

test('each gateway of a process has a count of its own, and stops counting when it is closed', async () => {
  const [first, second] = [start(), start()];
  const livez = 'appflow_gateway_http_requests_total{path="/livez",method="GET",status="200"}';
  requestChannel.publish(() => request);
  first.metrics.close();
  requestChannel.publish(() => request);
  expect((await second.samples()).get(livez)).toBe(2);
  expect(await first.metrics.render()).not.toContain('appflow_gateway_');
});
