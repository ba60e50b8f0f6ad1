import { beforeEach, describe, expect, it } from 'vitest';
import { lookupEntity, lookupListed } from '../../src/graphql/lookup-entity.ts';
import { MetadataError, type MetadataErrorCode, metadataErrorCodes } from '../../src/metadata/errors.ts';
import type { FakeSource } from '../support/fake-source.ts';
import { createSampleSource } from './test-gateway.ts';

const list = { connectorProfileName: 'my-salesforce' };
const codes = Object.keys(metadataErrorCodes) as MetadataErrorCode[];
let source: FakeSource;

beforeEach(() => {
  source = createSampleSource();
});

describe('an entity looked up by name', () => {
  it('is where it was asked for, null when there is none', async () => {
    expect(await lookupEntity(source, list, 'Account')).toEqual({ list, name: 'Account', listed: null });
    expect(await lookupEntity(source, list, 'Nothing')).toBeNull();
    expect(await lookupEntity(source, { connectorProfileName: 'nobody' }, 'Account')).toBeNull();
  });

  it.each(codes.filter(code => code !== 'NOT_FOUND'))('does not pass for absent when it fails with %s', async code => {
    const error = new MetadataError(code, 'It failed.');
    source.failNext('"Account"', error);
    await expect(lookupEntity(source, list, 'Account')).rejects.toBe(error);
  });
});

describe("an entity's line in its list", () => {
  it('is null when the list does not have it, and fails when the list does', async () => {
    const located = (name: string) => ({ list, name, listed: null });
    expect(await lookupListed(source, located('Opportunity'))).toMatchObject({ label: 'Deal' });
    expect(await lookupListed(source, located('Nothing'))).toBeNull();
    const error = new MetadataError('CONNECTOR_FAILED', 'Salesforce is down.');
    source.failNext('"entities"', error);
    await expect(lookupListed(source, located('Opportunity'))).rejects.toBe(error);
  });
});
