import { afterEach, beforeEach, expect, test } from 'vitest';
import { requestChannel, resetChannel, upstreamCallChannel } from '../../src/base/channels.ts';
import { createLog } from '../../src/base/log.ts';
import { startRequestLog } from '../../src/telemetry/request-log.ts';

let lines: Record<string, unknown>[];
let stop: () => void;

beforeEach(() => {
  lines = [];
  stop = startRequestLog(createLog('debug', { write: line => void lines.push(JSON.parse(line)) }));
});
afterEach(() => stop());

const request = { requestId: 'r1', method: 'POST', path: '/graphql', status: 200, durationMs: 1.26 };
const call = {
  operation: 'ListConnectorEntities',
  durationMs: 20,
  attempts: 1,
  outcome: 'OK',
  upstreamRequestId: 'a1',
};
const reset = {
  scope: 'ENTITY_NAMES',
  coordinates: { connectorProfileName: 'sales', entitiesPath: undefined },
  outcome: 'OK',
  clearedEntries: 3,
  durationMs: 30,
} as const;

test('a request is told in full, its duration to a tenth of a millisecond', () => {
  requestChannel.publish(() => request);
  expect(lines).toEqual([
    { level: 'debug', time: expect.any(String), msg: 'request answered', ...request, durationMs: 1.3 },
  ]);
});

test('a reset says whom it concerned and what it dropped', () => {
  resetChannel.publish(() => reset);
  expect(lines).toEqual([
    expect.objectContaining({
      level: 'info',
      msg: 'metadata reset',
      coordinates: { connectorProfileName: 'sales' },
      clearedEntries: 3,
    }),
  ]);
});

test('failures stand out', () => {
  requestChannel.publish(() => ({ ...request, status: 500 }));
  upstreamCallChannel.publish(() => ({ ...call, attempts: 3, outcome: 'UPSTREAM_THROTTLED' }));
  resetChannel.publish(() => ({ ...reset, outcome: 'UPSTREAM_RESET_UNCERTAIN' }));
  upstreamCallChannel.publish(() => call);
  requestChannel.publish(() => ({ ...request, path: '/readyz', status: 503 }));
  expect(lines.map(({ level, msg, outcome }) => [level, msg, outcome])).toEqual([
    ['warn', 'request answered', undefined],
    ['warn', 'call to AppFlow failed', 'UPSTREAM_THROTTLED'],
    ['warn', 'metadata reset failed', 'UPSTREAM_RESET_UNCERTAIN'],
    ['debug', 'called AppFlow', 'OK'],
    ['debug', 'request answered', undefined],
  ]);
});

test.each(['BAD_USER_INPUT', 'NOT_FOUND', 'CONFLICT'])('what the caller got wrong is no alarm: %s', outcome => {
  upstreamCallChannel.publish(() => ({ ...call, outcome }));
  resetChannel.publish(() => ({ ...reset, outcome }));
  expect(lines.map(({ level, msg }) => [level, msg])).toEqual([
    ['debug', 'AppFlow refused a call'],
    ['debug', 'metadata reset refused'],
  ]);
});

test('nothing is written after it was stopped', () => {
  stop();
  requestChannel.publish(() => request);
  expect(lines).toEqual([]);
});
