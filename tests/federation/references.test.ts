import { describe, expect, it, onTestFinished } from 'vitest';
import { type UpstreamCallEvent, upstreamCallChannel } from '../../src/base/channels.ts';
import { toEntityId, toProfileId } from '../../src/graphql/ids.ts';
import type { EntityListRef } from '../../src/metadata/refs.ts';
import { post, runGateway, writeCatalog } from '../support/run-gateway.ts';

const names = Array.from({ length: 200 }, (_, index) => `Object_${index}__c`);
const catalog = `
profiles:
  my-salesforce:
    connector: Salesforce
    entities:
${names.map(name => `      ${name}: { fields: { Id: id } }`).join('\n')}
  my-sap:
    connector: SAPOData
    entities:
      API_PRODUCT: { entities: { A_Product: { fields: { Product: Edm.String } } } }
`;

const labels = '... on ConnectorEntity { name label }';
const fields = '... on ConnectorEntity { label fields { identifier } freshness { fetchedAt } fingerprint }';

describe('200 references in one request cost AppFlow', () => {
  it('one list of their profile, a call for each whose fields are asked for, and nothing once they are known', async () => {
    const { resolve } = await aGateway();
    const listed = await resolve(toReferences(names), labels);
    expect(listed.errors).toBeUndefined();
    expect(listed.data?._entities).toEqual(names.map(name => ({ name, label: name })));
    expect(listed.calls).toEqual({ ListConnectorEntities: 1 });

    const described = await resolve(toReferences(names), fields);
    expect(described.errors).toBeUndefined();
    expect(described.calls).toEqual({ DescribeConnectorEntity: 200 });
    expect(await resolve(toReferences(names), fields)).toMatchObject({ data: described.data, calls: {} });
  });

  it('one list and one call, where they are to the same entity, however many of its fields', async () => {
    const { resolve } = await aGateway();
    const { calls } = await resolve(toReferences(names.map(() => 'Object_7__c')), fields);
    expect(calls).toEqual({ ListConnectorEntities: 1, DescribeConnectorEntity: 1 });
  });

  it('one directory of profiles, by ARN and id mixed', async () => {
    const { resolve } = await aGateway();
    const arn = 'arn:aws:appflow:us-east-1:123456789012:connectorprofile/my-sap';
    const references = names.map((_, index) => ({
      __typename: 'ConnectorProfile',
      ...(index % 2 ? { id: toProfileId({ name: 'my-sap' }) } : { arn }),
    }));
    const { data, calls } = await resolve(references, '... on ConnectorProfile { name }');
    expect(data?._entities).toEqual(names.map(() => ({ name: 'my-sap' })));
    expect(calls).toEqual({ DescribeConnectorProfiles: 1 });
  });
});

it('an error below a reference has its index in the path, and leaves its neighbours alone', async () => {
  const { resolve } = await aGateway();
  const { data, errors } = await resolve(
    ['my-sap', 'my-salesforce', 'my-sap'].map(name => ({ __typename: 'ConnectorProfile', id: toProfileId({ name }) })),
    '... on ConnectorProfile { entities(entitiesPath: "API_PRODUCT") { nodes { name } } }',
  );
  const product = { entities: { nodes: [{ name: 'A_Product' }] } };
  expect(data?._entities).toEqual([product, { entities: null }, product]);
  expect(errors).toMatchObject([{ path: ['_entities', 1, 'entities'], extensions: { code: 'NOT_FOUND' } }]);
});

/** A gateway that is asked as a router asks, and counts its calls to AppFlow by operation. */
async function aGateway() {
  const { gateway } = await runGateway({ GRAPHIQL: 'false', LOCAL_APPFLOW_CATALOG: await writeCatalog(catalog) });
  const events: UpstreamCallEvent[] = [];
  onTestFinished(upstreamCallChannel.subscribe(event => events.push(event)));
  const resolve = async (representations: readonly object[], selection: string) => {
    events.length = 0;
    const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ${selection} } }`;
    const answer = await post<{ _entities: unknown }>(gateway.url, { query, variables: { representations } });
    return { ...answer, calls: countByOperation(events) };
  };
  return { resolve };
}

function countByOperation(events: readonly UpstreamCallEvent[]): Record<string, number> {
  const operations = events.map(({ call }) => call.operation);
  return Object.fromEntries(
    operations.map(operation => [operation, operations.filter(other => other === operation).length]),
  );
}

function toReferences(ofNames: readonly string[]) {
  const list: EntityListRef = { connectorProfileName: 'my-salesforce' };
  return ofNames.map(name => ({ __typename: 'ConnectorEntity', id: toEntityId({ list, name, listed: null }) }));
}
