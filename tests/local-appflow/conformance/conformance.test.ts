import * as sdk from '@aws-sdk/client-appflow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operations } from '../../../src/local-appflow/router.ts';
import type { LocalAppflow } from '../../../src/local-appflow/server.ts';
import { createSdkCaller, type SdkAnswer, type SdkCaller } from './call-by-sdk.ts';
import { callRaw, toExpectedBytes } from './call-raw.ts';
import { malformedRequests, toMisdirected, toSpoilt } from './malformed-requests.ts';
import { operationsUnderTest } from './operations.ts';
import type { Conformance, WireAnswer, WireCase, World } from './wire-case.ts';
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

const servers = new Map<World, { readonly server: LocalAppflow; readonly caller: SdkCaller }>();
let cases = 0;

beforeAll(async () => {
  for (const world of ['sound', 'broken', 'conflicting'] as const) {
    const server = await startWorld(world);
    servers.set(world, { server, caller: createSdkCaller(server.url) });
  }
});

afterAll(async () => {
  for (const { server, caller } of servers.values()) {
    caller.close();
    await server.close();
  }
  process.stdout.write(`${JSON.stringify({ conformance: 'local-appflow', cases })}\n`);
});

it('knows every operation local AppFlow has', () => {
  expect(operationsUnderTest.map(({ name, path }) => [name, path]).sort()).toEqual(
    operations.map(({ name, path }) => [name, path]).sort(),
  );
});

describe.each(operationsUnderTest)('$name', operation => {
  const { name, path, successes, errors, malformed } = operation;

  it('has a story for each error of the model, and for no other', () => {
    const told = new Set(errors.map(({ answer }) => answer.error));
    expect([...told].sort()).toEqual(modelledErrors[name]);
  });

  describe('succeeds', () => {
    it.each(successes)('with $what', each => check('sound', operation, each));
  });

  describe('fails as the model says', () => {
    it.each(errors)('$answer.error: $what', each => check(each.world ?? 'sound', operation, each));
  });

  describe.each(errors)('where it would answer $answer.error ($what)', ({ world = 'sound', request }) => {
    it.each(toSpoilt(request))('refuses the request $what', each => check(world, operation, each));
  });

  describe('refuses', () => {
    const all = [...malformed, ...malformedRequests, ...toMisdirected(name, path)];
    it.each(all)('$what', each => check('sound', operation, each));
  });
});

/** One case: the same request by the SDK and as bytes. */
async function check(world: World, operation: Conformance, { request, answer }: WireCase): Promise<void> {
  const { server, caller } = serverOf(world);
  expect(await callRaw(server.url, operation, request)).toBe(toExpectedBytes(answer, request.method));
  checkSdkAnswer(await caller.call(operation, request), answer, request.method);
  cases += 1;
}

function checkSdkAnswer(came: SdkAnswer, { status, error, body }: WireAnswer, method: string | undefined): void {
  expect(came.requestId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  if (error === undefined) {
    expect([came.status, came.thrown]).toEqual([status, undefined]);
    expect(came.output).toEqual(JSON.parse(body));
    return;
  }
  // There is no body to read a message from.
  const message = method === 'HEAD' ? 'UnknownError' : JSON.parse(body).message;
  expect(came).toMatchObject({ status, error, message });
  const modelled = Object.entries(sdk).find(([name]) => name === error)?.[1];
  if (modelled !== undefined) expect(came.thrown).toBeInstanceOf(modelled);
}

function serverOf(world: World) {
  const running = servers.get(world);
  if (running === undefined) throw new Error(`expected a running local AppFlow, got none for ${world}`);
  return running;
}
