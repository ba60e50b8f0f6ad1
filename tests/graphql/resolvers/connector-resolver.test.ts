import { beforeEach, describe, expect, it } from 'vitest';
import { MetadataError } from '../../../src/metadata/errors.ts';
import { aConfiguration } from '../../support/builders.ts';
import type { FakeSource } from '../../support/fake-source.ts';
import { createSampleSource, createTestGateway, type TestGateway } from '../test-gateway.ts';

let source: FakeSource;
let gateway: TestGateway;

beforeEach(async () => {
  source = createSampleSource();
  gateway = await createTestGateway(source);
});

const warehouse = (selection: string) => `{ connector(type: CUSTOM_CONNECTOR, label: "Warehouse") { ${selection} } }`;

describe('a custom connector', () => {
  it('is described only when something of its configuration is selected', async () => {
    source.configurations.set('Warehouse', aConfiguration({ supportedApiVersions: ['v1', 'v2'], arn: 'arn:aws:x' }));
    await gateway.execute(warehouse('name owner modes resetRequirements { apiVersion }'));
    expect(source.calls).toEqual(['["connectors"]']);

    const { data } = await gateway.execute(warehouse('arn supportedApiVersions canUseAsSource'));
    expect(data).toEqual({
      connector: { arn: 'arn:aws:x', supportedApiVersions: ['v1', 'v2'], canUseAsSource: true },
    });
    expect(source.calls).toContain('["connector","CustomConnector","Warehouse"]');
  });

  it('keeps its name when it cannot be described', async () => {
    source.configurations.set('Warehouse', aConfiguration());
    source.failNext('"connector"', new MetadataError('UPSTREAM_THROTTLED', 'Slow down.', { retryAfterMs: 2000 }));
    const { data, errors } = await gateway.execute(warehouse('name supportedApiVersions'));
    expect(data).toEqual({ connector: { name: 'PostgreSQL warehouse', supportedApiVersions: null } });
    expect(errors).toMatchObject([
      {
        path: ['connector', 'supportedApiVersions'],
        extensions: { code: 'UPSTREAM_THROTTLED', retryable: true, retryAfterMs: 2000 },
      },
    ]);
  });
});

describe('reset requirements', () => {
  it('say what a front end has to ask for', async () => {
    const { data } = await gateway.execute(
      '{ connectors { nodes { rawType resetRequirements { connectorProfileName connectorType apiVersion } } } }',
    );
    const requirements = { connectorProfileName: true, connectorType: false, apiVersion: false };
    expect(data).toEqual({
      connectors: {
        nodes: [
          { rawType: 'Salesforce', resetRequirements: requirements },
          { rawType: 'SAPOData', resetRequirements: requirements },
          { rawType: 'S3', resetRequirements: { ...requirements, connectorProfileName: false, connectorType: true } },
          { rawType: 'CustomConnector', resetRequirements: { ...requirements, apiVersion: true } },
          { rawType: 'QuantumLedger', resetRequirements: requirements },
        ],
      },
    });
  });
});

describe('what a connector leads to', () => {
  it('its profiles', async () => {
    const { data } = await gateway.execute(`{
      sap: connector(type: SAP_ODATA) { profiles { nodes { name connector { name } } } }
      custom: connector(type: CUSTOM_CONNECTOR) { profiles { nodes { name connector { label } } } }
    }`);
    expect(data).toEqual({
      sap: { profiles: { nodes: [{ name: 'my-sap', connector: { name: 'SAPOData' } }] } },
      custom: { profiles: { nodes: [{ name: 'my-warehouse', connector: { label: 'Warehouse' } }] } },
    });
  });

  it('its entities where no profile is needed, null otherwise', async () => {
    const { data, errors } = await gateway.execute(`{
      s3: connector(type: S3) { entities { nodes { name connectorType profile { name } fields { identifier } } } }
      salesforce: connector(type: SALESFORCE) { entities { totalCount } }
    }`);
    expect(errors).toEqual([]);
    expect(data).toEqual({
      s3: {
        entities: {
          nodes: [{ name: 'my-bucket', connectorType: 'S3', profile: null, fields: [{ identifier: 'Id' }] }],
        },
      },
      salesforce: { entities: null },
    });
  });
});
