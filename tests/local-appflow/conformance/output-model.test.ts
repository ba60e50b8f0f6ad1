import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/base/clock.ts';
import { createLog } from '../../../src/base/log.ts';
import { type RunningLocalAppflow, startLocalAppflow } from '../../../src/local-appflow/server.ts';
import { signedForAppflow } from '../../support/start-local-appflow.ts';
import { createSdkCaller, type SdkCaller } from './call-by-sdk.ts';
import { operationsUnderTest } from './operations.ts';
import { findStrangers, schemaOf } from './sdk-schema.ts';

let server: RunningLocalAppflow;
let caller: SdkCaller;

beforeAll(async () => {
  server = await startLocalAppflow({ port: 0, clock: systemClock, log: createLog('silent') });
  caller = createSdkCaller(server.url);
});

afterAll(async () => {
  caller.close();
  await server.close();
});

describe('of all the sample catalogue has, the SDK knows every member and drops none:', () => {
  it('connectors', async () => {
    await read('ListConnectors', { maxResults: 100 });
    const { connectors } = await read<{ connectors: object[] }>('DescribeConnectors', { maxResults: 100 });
    expect(connectors.length).toBeGreaterThanOrEqual(24);
    for (const { connectorType, connectorLabel } of connectors as {
      connectorType: string;
      connectorLabel?: string;
    }[]) {
      await read('DescribeConnector', { connectorType, connectorLabel });
    }
  });

  it('profiles, entities and fields', async () => {
    const profiles = await profileNames();
    expect(profiles.length).toBeGreaterThan(2);
    let fields = 0;
    for (const connectorProfileName of profiles) fields += await readEntities({ connectorProfileName });
    expect(fields).toBeGreaterThan(200);
  });

  it('flows', async () => {
    const { flows } = await read<{ flows: { flowName: string }[] }>('ListFlows', { maxResults: 100 });
    expect(flows.length).toBeGreaterThan(2);
    for (const { flowName } of flows) await read('DescribeFlow', { flowName });
  });

  it('a reset', async () => {
    const [connectorProfileName] = await profileNames();
    await read('ResetConnectorMetadataCache', { connectorProfileName, apiVersion: undefined });
  });
});

describe('the check itself', () => {
  const field = schemaOf('ConnectorEntityField');

  it('finds what the schema does not have, however deep, and wrong types', () => {
    const details = { v1: { fieldType: 'x', filterOperators: [], colour: 1, fieldValueRange: { minimum: '0' } } };
    expect(findStrangers(field, { identifier: 'a', isPrimaryKey: 'no', supportedFieldTypeDetails: details })).toEqual([
      '.isPrimaryKey',
      '.supportedFieldTypeDetails.v1.colour',
      '.supportedFieldTypeDetails.v1.fieldValueRange.minimum',
    ]);
    expect(
      findStrangers(schemaOf('ListConnectorEntitiesResponse'), { connectorEntityMap: { A: [{ x: 1 }, 5] } }),
    ).toEqual(['.connectorEntityMap[A][0].x', '.connectorEntityMap[A][1]']);
  });

  it('finds nothing in what is right', () => {
    expect(findStrangers(field, { identifier: 'a', customProperties: { a: 'b' }, isDeprecated: false })).toEqual([]);
  });
});

async function profileNames(): Promise<string[]> {
  const { connectorProfileDetails } = await read<{ connectorProfileDetails: { connectorProfileName: string }[] }>(
    'DescribeConnectorProfiles',
    { maxResults: 100 },
  );
  return connectorProfileDetails.map(({ connectorProfileName }) => connectorProfileName);
}

/** Everything below a parent; says how many fields there were. */
async function readEntities(list: object): Promise<number> {
  const { connectorEntityMap } = await read<{
    connectorEntityMap: Record<string, { name: string; hasNestedEntities: boolean }[]>;
  }>('ListConnectorEntities', { ...list, maxResults: 10_000 });
  let fields = 0;
  for (const { name, hasNestedEntities } of Object.values(connectorEntityMap).flat()) {
    fields += await countFields({ ...list, connectorEntityName: name, entitiesPath: undefined });
    if (hasNestedEntities) fields += await readEntities({ ...list, entitiesPath: name });
  }
  return fields;
}

async function countFields(entity: object): Promise<number> {
  const { connectorEntityFields } = await read<{ connectorEntityFields: object[] }>('DescribeConnectorEntity', entity);
  return connectorEntityFields.length;
}

/** One answer, by the SDK and as it is: the same, and of the SDK's own schema. */
async function read<T>(name: string, input: object): Promise<T> {
  const operation = operationsUnderTest.find(each => each.name === name);
  if (operation === undefined) throw new Error(`expected an operation under test, got ${name}`);
  const answer = await fetch(`${server.url}${operation.path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: signedForAppflow },
    body: JSON.stringify(input),
  });
  const raw = await answer.json();
  expect(findStrangers(schemaOf(`${name}Response`), raw)).toEqual([]);
  expect(answer.status).toBe(200);
  expect((await caller.call(operation, { input })).output).toEqual(raw);
  return raw as T;
}
