import * as sdk from '@aws-sdk/client-appflow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operations } from '../../../src/local-appflow/router.ts';
import type { LocalAppflow } from '../../../src/local-appflow/server.ts';
import { createSdkCaller, type SdkAnswer, type SdkCaller } from './call-by-sdk.ts';
import { createRawCaller, methodOf, type RawCaller, toExpectedBytes } from './call-raw.ts';
import { malformedRequests, toMisdirected, toSpoilt } from './malformed-requests.ts';
import { unsupportedUnderTest } from './operations/unsupported-operations.ts';
import { operationsUnderTest } from './operations.ts';
import { toThrottled } from './throttled-requests.ts';
import type { ErrorCase, UnderTest, WireAnswer, World } from './wire-case.ts';
import { startWorld } from './world.ts';

/** The errors the API model of 2020-08-23 gives each operation. */
const modelledErrors: Readonly<Record<string, readonly string[]>> = {
  ListConnectors: ['InternalServerException', 'ValidationException'],
  DescribeConnector: ['InternalServerException', 'ResourceNotFoundException', 'ValidationException'],
  DescribeConnectors: ['InternalServerException', 'ValidationException'],
  DescribeConnectorProfiles: ['InternalServerException', 'ValidationException'],
  ListConnectorEntities: [
    'ConnectorAuthenticationException',
    'ConnectorServerException',
    'InternalServerException',
    'ResourceNotFoundException',
    'ValidationException',
  ],
  DescribeConnectorEntity: [
    'ConnectorAuthenticationException',
    'ConnectorServerException',
    'InternalServerException',
    'ResourceNotFoundException',
    'ValidationException',
  ],
  ResetConnectorMetadataCache: [
    'ConflictException',
    'InternalServerException',
    'ResourceNotFoundException',
    'ValidationException',
  ],
  ListFlows: ['InternalServerException', 'ValidationException'],
  DescribeFlow: ['InternalServerException', 'ResourceNotFoundException'],
};

/** Read once: every look at a module's exports costs as much as a request. */
const sdkErrors = new Map(Object.entries(sdk).filter(([name]) => name.endsWith('Exception')));

const worlds: readonly World[] = ['sound', 'broken', 'conflicting', 'throttling', 'throttling for a while'];
const servers = new Map<World, { readonly server: LocalAppflow; readonly bySdk: SdkCaller }>();
/** One connection to each world while an operation is under test: an idle one would be cut. */
const connections = new Map<World, RawCaller>();
let cases = 0;

beforeAll(async () => {
  for (const world of worlds) {
    const server = await startWorld(world);
    servers.set(world, { server, bySdk: createSdkCaller(server.url) });
  }
});

afterAll(async () => {
  for (const { server, bySdk } of servers.values()) {
    bySdk.close();
    await server.close();
  }
  process.stdout.write(`${JSON.stringify({ conformance: 'local-appflow', cases })}\n`);
});

it('knows every operation local AppFlow has, and with those it has not all that the SDK has', () => {
  expect(operationsUnderTest.map(({ name, path }) => [name, path]).sort()).toEqual(
    operations.map(({ name, path }) => [name, path]).sort(),
  );
  const known = [...operationsUnderTest, ...unsupportedUnderTest].map(({ name }) => `${name}Command`);
  expect(known.sort()).toEqual(Object.keys(sdk).filter(name => /^[A-Z]\w+Command$/.test(name)));
});

describe.each(operationsUnderTest)('$name', operation => {
  const { name, path, successes, errors, malformed } = operation;
  afterAll(disconnect);

  it('has a story for each error of the model, and for no other', () => {
    const told = new Set(errors.map(({ answer }) => answer.error));
    expect([...told].sort()).toEqual(modelledErrors[name]);
  });

  describe('succeeds', () => {
    it.each(successes)('with $what', each => checkBoth(operation, each));
  });

  describe('fails as the model says', () => {
    it.each(errors)('$answer.error: $what', each => checkBoth(operation, each));
  });

  describe('is throttled', () => {
    it.each(successes.slice(0, 1).flatMap(({ request }) => toThrottled(request)))('$what', each =>
      checkBoth(operation, each),
    );
  });

  describe.each(errors)('where it would answer $answer.error ($what)', ({ world, request }) => {
    it.each(toSpoilt(request, world))('refuses the request $what', each => checkBoth(operation, each));
  });

  describe('refuses', () => {
    it.each(malformed)('$what', each => checkBoth(operation, each));
  });

  // These never reach the operation: what the SDK makes of the same bytes is seen at the first one.
  describe('refuses, as every operation,', () => {
    const check = operation === operationsUnderTest[0] ? checkBoth : checkBytes;
    it.each([...malformedRequests, ...toMisdirected(name, path)])('$what', each => check(operation, each));
  });
});

describe.each(unsupportedUnderTest)('$name, which local AppFlow has not,', operation => {
  afterAll(disconnect);

  const answer = { status: 400, error: 'UnsupportedOperationException', body: operation.refusal };

  it('says so, and what there is instead', () => checkBoth(operation, { request: {}, answer }));

  it('says the same where everything is throttled', () =>
    checkBytes(operation, { world: 'throttling', request: {}, answer }));

  it.each(toSpoilt({}))('refuses the request $what', each => checkBytes(operation, each));
});

type Check = Pick<ErrorCase, 'world' | 'request' | 'answer'>;

/** One case: the same request as bytes and by the SDK. */
async function checkBoth(operation: UnderTest, each: Check): Promise<void> {
  const { request, answer, world = 'sound' } = each;
  await checkBytes(operation, each);
  checkSdkAnswer(await find(servers, world).bySdk.call(operation, request), answer, request.method);
}

async function checkBytes(operation: UnderTest, { request, answer, world = 'sound' }: Check): Promise<void> {
  const connection = connections.get(world) ?? createRawCaller(find(servers, world).server.url);
  connections.set(world, connection);
  const expected = toExpectedBytes(answer, methodOf(operation, request));
  expect(await connection.call(operation, request)).toBe(expected);
  cases += 1;
}

function checkSdkAnswer(came: SdkAnswer, { status, error, body, retryAfter }: WireAnswer, method?: string): void {
  expect(came.requestId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  if (error === undefined) {
    expect([came.status, came.thrown]).toEqual([status, undefined]);
    expect(came.output).toEqual(JSON.parse(body));
    return;
  }
  // There is no body to read a message from.
  const message = method === 'HEAD' ? 'UnknownError' : JSON.parse(body).message;
  expect(came).toMatchObject({ status, error, message, retryAfter });
  const modelled = sdkErrors.get(error);
  if (modelled !== undefined) expect(came.thrown).toBeInstanceOf(modelled);
}

async function disconnect(): Promise<void> {
  await Promise.all([...connections.values()].map(connection => connection.close()));
  connections.clear();
}

function find<T>(running: ReadonlyMap<World, T>, world: World): T {
  const found = running.get(world);
  if (found === undefined) throw new Error(`expected a running local AppFlow, got none for ${world}`);
  return found;
}
