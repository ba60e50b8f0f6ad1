import { afterEach, beforeEach, expect, test } from 'vitest';
import { operationChannel, requestChannel, resetChannel, upstreamCallChannel } from '../../src/base/channels.ts';
import { createLog } from '../../src/base/log.ts';
import { createRequestScope } from '../../src/base/request-scope.ts';
import { startRequestLog } from '../../src/telemetry/request-log.ts';

let lines: Record<string, unknown>[];
let stop: () => void;

beforeEach(() => {
  lines = [];
  stop = startRequestLog(createLog('debug', { write: line => void lines.push(JSON.parse(line)) }));
});
afterEach(() => stop());

const scope = { ...createRequestScope('r1'), callerId: 'ada' };
const request = {
  request: scope,
  method: 'POST',
  route: '/graphql',
  path: '/graphql',
  status: 200,
  durationMs: 1.26,
};
const call = {
  call: { operation: 'ListConnectorEntities', request: scope },
  durationMs: 20,
  attempts: 1,
  outcome: 'OK',
  upstreamRequestId: 'a1',
};
const reset = {
  request: scope,
  scope: 'ENTITY_NAMES',
  coordinates: { connectorProfileName: 'sales', entitiesPath: undefined },
  outcome: 'OK',
  clearedEntries: 3,
  durationMs: 30,
} as const;

test('a request is told in full, its duration to a tenth of a millisecond', () => {
  requestChannel.publish(() => request);
  expect(lines).toEqual([
    {
      level: 'debug',
      time: expect.any(String),
      msg: 'request answered',
      requestId: 'r1',
      caller: 'ada',
      method: 'POST',
      path: '/graphql',
      status: 200,
      durationMs: 1.3,
    },
  ]);
});

test('an operation says what it cost, and what it got from where', () => {
  const request = { ...scope, cost: 12, hits: 3, joined: 1, misses: 2, unkept: 0, upstreamCalls: 4 };
  const operation = { name: 'Fields', type: 'query', hash: '0123456789abcdef', errorCodes: [], durationMs: 7 } as const;
  operationChannel.publish(() => ({ request, ...operation }));
  const { requestId, callerId, ...done } = request;
  const expected = { level: 'debug', msg: 'operation answered', requestId, caller: callerId, ...operation, ...done };
  expect(lines).toEqual([{ time: expect.any(String), ...expected }]);
});

test.each([
  ['QUERY_TOO_COMPLEX', 'debug', 'operation answered'],
  ['UPSTREAM_TIMEOUT', 'warn', 'operation failed'],
  ['INTERNAL_SERVER_ERROR', 'warn', 'operation failed'],
])('an operation with the error %s is worth a line of level %s', (code, level, msg) => {
  const errorCodes = ['NOT_FOUND', code];
  operationChannel.publish(() => ({
    request: undefined,
    name: null,
    type: 'query',
    hash: null,
    errorCodes,
    durationMs: 1,
  }));
  expect(lines).toMatchObject([{ level, msg, errorCodes, requestId: null }]);
});

test('a reset says whom it concerned and what it dropped', () => {
  resetChannel.publish(() => reset);
  expect(lines).toEqual([
    expect.objectContaining({
      level: 'info',
      msg: 'metadata reset',
      requestId: 'r1',
      caller: 'ada',
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

test.each(['BAD_USER_INPUT', 'NOT_FOUND', 'CONFLICT'])(
  'what the caller got wrong is no alarm, and a reset that is refused leaves its trace: %s',
  outcome => {
    upstreamCallChannel.publish(() => ({ ...call, outcome }));
    resetChannel.publish(() => ({ ...reset, outcome }));
    expect(lines.map(({ level, msg }) => [level, msg])).toEqual([
      ['debug', 'AppFlow refused a call'],
      ['info', 'metadata reset refused'],
    ]);
  },
);

test('nothing is written after it was stopped', () => {
  stop();
  requestChannel.publish(() => request);
  expect(lines).toEqual([]);
});
