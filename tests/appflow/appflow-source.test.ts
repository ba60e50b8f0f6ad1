import { describe, expect, it } from 'vitest';
import { sendJson, startStubAppflow } from '../support/stub-appflow.ts';

const crm = { connectorProfileName: 'crm' };

describe('a list', () => {
  it('is read to its last page, in the largest pages there are, and sorted across groups', async () => {
    const inputs: unknown[] = [];
    const pages = [
      { connectorEntityMap: { Custom: [{ name: 'Zoo__c' }], Standard: [{ name: 'Account' }] }, nextToken: 'two' },
      { connectorEntityMap: { Standard: [{ name: 'Lead', label: 'Lead!', hasNestedEntities: true }] } },
    ];
    const { source } = await startStubAppflow((_, response, body) => {
      inputs.push(JSON.parse(body));
      sendJson(response, 200, pages[inputs.length - 1] ?? {});
    });
    const { entities } = await source.listEntities(crm);
    expect(entities).toEqual([
      { name: 'Account', label: null, group: 'Standard', hasNestedEntities: false },
      { name: 'Lead', label: 'Lead!', group: 'Standard', hasNestedEntities: true },
      { name: 'Zoo__c', label: null, group: 'Custom', hasNestedEntities: false },
    ]);
    expect(inputs).toEqual([
      { connectorProfileName: 'crm', maxResults: 10_000 },
      { connectorProfileName: 'crm', maxResults: 10_000, nextToken: 'two' },
    ]);
  });

  it('whose page token comes back is an error and no endless loop', async () => {
    let requests = 0;
    const { source } = await startStubAppflow((_, response) => {
      requests += 1;
      sendJson(response, 200, { connectorEntityMap: {}, nextToken: `token-${requests % 3}` });
    });
    await expect(source.listEntities(crm)).rejects.toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      message: expect.stringContaining('repeated a page token'),
    });
    expect(requests).toBe(4);
  });

  it('tells how old it can be: as old as AppFlow’s own cache', async () => {
    const { source } = await startStubAppflow((_, response) => sendJson(response, 200, { connectorEntityMap: {} }));
    const before = Date.now();
    const { freshness } = await source.listEntities(crm);
    expect(freshness.fetchedAt.getTime()).toBeGreaterThanOrEqual(before);
    expect(freshness.fetchedAt.getTime() - freshness.completeAsOf.getTime()).toBe(3_600_000);
  });
});

describe('connectors', () => {
  it('are AppFlow’s own with their configuration, and the registered ones without', async () => {
    const { source } = await startStubAppflow((request, response) =>
      sendJson(
        response,
        200,
        request.url === '/describe-connectors'
          ? {
              connectorConfigurations: {
                Salesforce: { connectorType: 'Salesforce', canUseAsSource: true, supportedApiVersions: ['v60.0'] },
                Hologram: { connectorType: 'Hologram' },
              },
              connectors: [{ connectorType: 'Salesforce', connectorName: 'Salesforce', connectorModes: ['SOURCE'] }],
            }
          : { connectors: [{ connectorType: 'CustomConnector', connectorLabel: 'Ledger', connectorOwner: 'us' }] },
      ),
    );
    expect(await source.listConnectors()).toMatchObject([
      { type: 'CustomConnector', label: 'Ledger', owner: 'us', modes: [], configuration: null },
      { type: 'UNKNOWN', rawType: 'Hologram', configuration: { canUseAsSource: null } },
      { type: 'Salesforce', name: 'Salesforce', modes: ['SOURCE'], configuration: { supportedApiVersions: ['v60.0'] } },
    ]);
  });
});

describe('profiles', () => {
  it('never carry credentials or properties', async () => {
    const { source } = await startStubAppflow((_, response) =>
      sendJson(response, 200, {
        connectorProfileDetails: [
          {
            connectorProfileArn: 'arn:aws:appflow:eu-west-1:123456789012:connectorprofile/crm',
            connectorProfileName: 'crm',
            connectorType: 'Hologram',
            connectionMode: 'Quantum',
            credentialsArn: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:hush',
            connectorProfileProperties: { Salesforce: { instanceUrl: 'https://hush' } },
            createdAt: 1_767_225_600.5,
          },
        ],
      }),
    );
    const profiles = await source.listProfiles();
    expect(profiles).toMatchObject([
      {
        name: 'crm',
        connectorType: 'UNKNOWN',
        rawConnectorType: 'Hologram',
        connectionMode: 'UNKNOWN',
        rawConnectionMode: 'Quantum',
        createdAt: new Date(1_767_225_600_500),
        lastUpdatedAt: null,
      },
    ]);
    expect(JSON.stringify(profiles)).not.toContain('hush');
  });
});

describe('a field', () => {
  it('is flattened, with nothing lost and nothing made up', async () => {
    const { source } = await startStubAppflow((_, response) =>
      sendJson(response, 200, {
        connectorEntityFields: [
          {
            identifier: 'Amount',
            isPrimaryKey: false,
            supportedFieldTypeDetails: {
              v1: {
                fieldType: 'currency',
                filterOperators: ['GREATER_THAN'],
                fieldValueRange: { minimum: 0, maximum: 9.5 },
              },
            },
            destinationProperties: { isNullable: true, supportedWriteOperations: ['INSERT'] },
            customProperties: { scale: '2' },
          },
          { identifier: 'Bare' },
        ],
      }),
    );
    const { fields } = await source.describeEntity({ ...crm, connectorEntityName: 'Opportunity' });
    expect(fields).toMatchObject([
      {
        identifier: 'Amount',
        fieldType: 'currency',
        filterOperators: ['GREATER_THAN'],
        fieldValueRange: { minimum: 0, maximum: 9.5 },
        fieldLengthRange: null,
        sourceProperties: null,
        destinationProperties: { isNullable: true, isCreatable: false, supportedWriteOperations: ['INSERT'] },
        customProperties: [{ key: 'scale', value: '2' }],
      },
      { identifier: 'Bare', fieldType: null, filterOperators: [], supportedValues: [], isDeprecated: false },
    ]);
  });
});
