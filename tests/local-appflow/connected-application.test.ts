import { describe, expect, it } from 'vitest';
import { findConnectedApplication } from '../../src/local-appflow/connected-application.ts';
import { FakeApplication, FakeRegistry } from '../support/fake-registry.ts';

describe('findConnectedApplication', () => {
  it('finds a profile, and takes its type as redundant', () => {
    const { find, sales } = setUp();
    const found = find({ connectorProfileName: 'sales' });
    expect(found).toEqual({
      owner: 'profile sales of Salesforce',
      application: sales,
      apiVersion: undefined,
      resetNeedsApiVersion: false,
    });
    expect(find({ connectorProfileName: 'sales', connectorType: 'Salesforce' })).toEqual(found);
  });

  it('tells a profile from one of the same name that is of another connector', () => {
    const { find, registry, sales } = setUp();
    const owners = [find({ connectorProfileName: 'acme' }).owner];
    for (const connector of [
      { connectorType: 'CustomConnector', connectorLabel: 'Single' },
      { connectorType: 'CustomConnector', connectorLabel: 'Salesforce' },
      { connectorType: 'Salesforce' },
    ]) {
      registry.removeProfile('acme');
      registry.addProfile('acme', sales, connector);
      owners.push(find({ connectorProfileName: 'acme' }).owner);
    }
    expect(new Set(owners).size).toBe(owners.length);
  });

  it('finds a connector without profiles by its type', () => {
    const { find, buckets } = setUp();
    expect(find({ connectorType: 'S3' })).toMatchObject({ owner: 'type S3', application: buckets });
  });

  it('takes the last listed version when none is named, and passes on what a connector without a list is given', () => {
    const { find } = setUp();
    expect(find({ connectorProfileName: 'acme' })).toMatchObject({ apiVersion: 'v2', resetNeedsApiVersion: true });
    expect(find({ connectorProfileName: 'acme', apiVersion: 'v1' })).toMatchObject({ apiVersion: 'v1' });
    expect(find({ connectorProfileName: 'sales', apiVersion: 'v58.0' })).toMatchObject({ apiVersion: 'v58.0' });
  });

  it('wants a version for the reset of a custom connector, and of any with several versions', () => {
    const { find } = setUp();
    const needs = (name: string) => find({ connectorProfileName: name }).resetNeedsApiVersion;
    expect([needs('sales'), needs('single'), needs('desk')]).toEqual([false, true, true]);
  });

  it.each([
    [{}, 'ValidationException', 'connectorProfileName is required unless connectorType is one of'],
    [{ connectorType: 'Salesforce' }, 'ValidationException', 'connectorProfileName is required'],
    [{ connectorType: 'Upsolver' }, 'ResourceNotFoundException', 'Connector Upsolver has no entities here.'],
    [
      { connectorProfileName: 'nobody' },
      'ResourceNotFoundException',
      'Connector Profile with name nobody does not exist.',
    ],
    [
      { connectorProfileName: 'nobody', connectorType: 'S3' },
      'ResourceNotFoundException',
      'Connector Profile with name nobody does not exist.',
    ],
    [
      { connectorProfileName: 'sales', connectorType: 'S3' },
      'ValidationException',
      "connectorType must be the profile's own, Salesforce, or left out, got S3.",
    ],
    [
      { connectorProfileName: 'acme', apiVersion: 'v9' },
      'ValidationException',
      'apiVersion must be one the connector supports, v1 or v2, got v9.',
    ],
  ])('refuses %j', (coordinates, code, message) => {
    const { find } = setUp();
    expect(() => find(coordinates)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    );
  });
});

function setUp() {
  const registry = new FakeRegistry();
  const [sales, buckets] = [new FakeApplication(), new FakeApplication()];
  registry.addConnector('Salesforce');
  registry.addConnector('Zendesk', { configuration: { supportedApiVersions: ['v1', 'v2'] } });
  registry.addConnector('S3', { application: buckets });
  registry.addCustomConnector('Acme', ['v1', 'v2']);
  registry.addCustomConnector('Single', ['v1']);
  registry.addProfile('sales', sales);
  registry.addProfile('desk', sales, { connectorType: 'Zendesk' });
  registry.addProfile('acme', sales, { connectorType: 'CustomConnector', connectorLabel: 'Acme' });
  registry.addProfile('single', sales, { connectorType: 'CustomConnector', connectorLabel: 'Single' });
  const absent = { connectorProfileName: undefined, connectorType: undefined, apiVersion: undefined };
  const find = (given: Partial<Record<keyof typeof absent, string>>) =>
    findConnectedApplication(registry, { ...absent, ...given });
  return { registry, sales, buckets, find };
}
