import { composeServices } from '@apollo/composition';
import fc from 'fast-check';
import { parse } from 'graphql';
import { beforeEach, describe, expect, it } from 'vitest';
import { toConnectorId, toEntityId, toProfileId } from '../../src/graphql/ids.ts';
import { MetadataError } from '../../src/metadata/errors.ts';
import type { EntityListRef } from '../../src/metadata/refs.ts';
import type { FakeSource } from '../support/fake-source.ts';
import { createSampleSource, createTestGateway, type TestGateway } from './test-gateway.ts';

let source: FakeSource;
let gateway: TestGateway;

beforeEach(async () => {
  source = createSampleSource();
  gateway = await createTestGateway(source);
});

/** Asks as a router does. */
function resolve(representations: readonly unknown[]) {
  return gateway.execute(
    `query ($representations: [_Any!]!) {
      _entities(representations: $representations) {
        __typename
        ... on Connector { rawType label }
        ... on ConnectorProfile { name }
        ... on ConnectorEntity { name label entitiesPath }
      }
    }`,
    { representations },
  );
}

describe('references of a router', () => {
  it('are resolved by any of their keys, in order', async () => {
    const { data, errors } = await resolve([
      connector('CustomConnector', 'Warehouse'),
      { __typename: 'ConnectorProfile', id: toProfileId({ name: 'my-sap' }) },
      { __typename: 'ConnectorProfile', arn: source.profiles[0]?.arn },
      entity({ connectorProfileName: 'my-sap', entitiesPath: 'API_PRODUCT' }, 'A_Product'),
      entity({ connectorType: 'S3' }, 'my-bucket'),
    ]);
    expect(errors).toEqual([]);
    expect(data).toEqual({
      _entities: [
        { __typename: 'Connector', rawType: 'CustomConnector', label: 'Warehouse' },
        { __typename: 'ConnectorProfile', name: 'my-sap' },
        { __typename: 'ConnectorProfile', name: 'my-salesforce' },
        { __typename: 'ConnectorEntity', name: 'A_Product', label: 'A_Product', entitiesPath: 'API_PRODUCT' },
        { __typename: 'ConnectorEntity', name: 'my-bucket', label: 'my-bucket', entitiesPath: null },
      ],
    });
  });

  it('to things that are gone are null, one by one', async () => {
    const { data, errors } = await resolve([
      connector('Veeva', null),
      { __typename: 'ConnectorProfile', id: toProfileId({ name: 'nobody' }) },
      { __typename: 'ConnectorProfile', arn: 'arn:aws:appflow:eu-west-1:123456789012:connectorprofile/nobody' },
      entity({ connectorProfileName: 'nobody' }, 'Account'),
      entity({ connectorProfileName: 'my-salesforce' }, 'Gone'),
      { __typename: 'ConnectorProfile', id: toProfileId({ name: 'my-sap' }) },
    ]);
    expect(errors).toEqual([]);
    expect(data).toMatchObject({ _entities: [null, null, null, null, null, { name: 'my-sap' }] });
  });

  it('to an entity that its list does not know are found by name', async () => {
    const { data } = await resolve([entity({ connectorProfileName: 'my-sap' }, 'A_Product')]);
    expect(data).toMatchObject({ _entities: [{ name: 'A_Product', label: null }] });
  });

  it('to many entities of one list ask for the list and describe none', async () => {
    const names = ['Account', 'Contact', 'Opportunity'];
    await resolve(names.map(name => entity({ connectorProfileName: 'my-salesforce' }, name)));
    expect(new Set(source.calls)).toEqual(new Set(['["entities","my-salesforce",null,null,null]']));
  });

  it('leave what the cache shares as it was', async () => {
    source.connectors = source.connectors.map(connector => Object.freeze(connector));
    const { errors } = await resolve([connector('Salesforce', null)]);
    expect(errors).toEqual([]);
    expect(source.connectors[0]).not.toHaveProperty('__typename');
  });

  it('with keys that were never made here are null, whatever they hold', async () => {
    const foreign = fc.record(
      {
        __typename: fc.constantFrom('Connector', 'ConnectorProfile', 'ConnectorEntity'),
        id: fc.oneof(fc.string(), fc.jsonValue(), fc.array(fc.option(fc.string())).map(toId)),
      },
      { requiredKeys: ['__typename'] },
    );
    await fc.assert(
      fc.asyncProperty(foreign, async representation => {
        const { data, errors } = await resolve([representation]);
        expect({ data, errors }).toEqual({ data: { _entities: [null] }, errors: [] });
      }),
    );
  });

  it('with coordinates that AppFlow cannot have are null and cost nothing', async () => {
    const { data } = await resolve([
      entity({ connectorProfileName: 'white space' }, 'Account'),
      entity({ connectorProfileName: 'my-salesforce' }, ''),
      entity({ connectorType: 'Salesforce' }, 'Account'),
    ]);
    expect(data).toEqual({ _entities: [null, null, null] });
    expect(source.calls).toEqual([]);
  });

  it('that cannot be resolved now are errors, not absent', async () => {
    source.failNext('my-sap', new MetadataError('UPSTREAM_TIMEOUT', 'AppFlow took too long.'));
    const { data, errors } = await resolve([
      entity({ connectorProfileName: 'my-sap' }, 'API_PRODUCT'),
      entity({ connectorProfileName: 'my-salesforce' }, 'Account'),
    ]);
    expect(data).toMatchObject({ _entities: [null, { name: 'Account' }] });
    expect(errors).toMatchObject([{ path: ['_entities', 0], extensions: { code: 'UPSTREAM_TIMEOUT' } }]);
  });

  it.each([
    [{ __typename: 'Invoice', id: '1' }, 'got "Invoice"'],
    [{ __typename: 'constructor' }, 'got "constructor"'],
    [{ id: '1' }, 'got nothing'],
    ['Connector', 'got nothing'],
  ])('of a type that has no keys here are errors of their own: %j', async (representation, got) => {
    const { data, errors } = await resolve([connector('Salesforce', null), representation]);
    expect(data).toMatchObject({ _entities: [{ rawType: 'Salesforce' }, null] });
    expect(errors).toMatchObject([
      {
        path: ['_entities', 1],
        extensions: { code: 'BAD_USER_INPUT', argumentPath: ['representations', '1', '__typename'] },
      },
    ]);
    expect(errors[0]?.message).toContain(got);
  });

  it('are a thousand at most', async () => {
    const many = (count: number) => Array.from({ length: count }, () => connector('Salesforce', null));
    const { data, errors } = await resolve(many(1000));
    expect([errors, (data as { _entities: unknown[] })._entities.length]).toEqual([[], 1000]);

    source.calls.length = 0;
    const refused = await resolve(many(1001));
    expect(refused.errors).toMatchObject([
      {
        message: 'representations must be at most 1000, got 1001',
        extensions: { code: 'BAD_USER_INPUT', argumentPath: ['representations'] },
      },
    ]);
    expect(source.calls).toEqual([]);
  });
});

describe('_service', () => {
  it('hands a router the schema with its keys', async () => {
    const { data } = await gateway.execute('{ _service { sdl } }');
    const { _service: service } = data as { _service: { sdl: string } };
    const { errors, supergraphSdl } = composeServices([{ name: 'metadata', typeDefs: parse(service.sdl) }]);
    expect(errors).toBeUndefined();
    expect(supergraphSdl).toContain('@join__type(graph: METADATA, key: "arn")');
  });

  it.each(['{ _service { sdl } }', '{ a: _service { sdl } }', '{ ...F } fragment F on Query { _service { sdl } }'])(
    'shows it to nobody when introspection is off: %s',
    async document => {
      const closed = await createTestGateway(source, { introspection: false });
      const { data, errors } = await closed.execute(document);
      expect(data).toBeNull();
      expect(errors).toMatchObject([
        { extensions: { code: 'GRAPHQL_VALIDATION_FAILED', validationErrorCode: 'INTROSPECTION_DISABLED' } },
      ]);
    },
  );
});

function connector(rawType: string, label: string | null) {
  return { __typename: 'Connector', id: toConnectorId({ rawType, label }) };
}

function entity(list: EntityListRef, name: string) {
  return { __typename: 'ConnectorEntity', id: toEntityId({ list, name, listed: null }) };
}

function toId(parts: readonly (string | null)[]): string {
  return Buffer.from(JSON.stringify(['ConnectorEntity', ...parts])).toString('base64url');
}
