import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fromConnectorId,
  fromEntityId,
  fromProfileId,
  toConnectorId,
  toEntityId,
  toProfileId,
} from '../../src/graphql/ids.ts';

const name = fc.string({ minLength: 1, unit: 'grapheme' });
const maybe = fc.option(name, { nil: undefined });

describe('ids', () => {
  it('lead back to what they were made of', () => {
    fc.assert(
      fc.property(name, maybe, maybe, name, (profile, apiVersion, entitiesPath, entity) => {
        const located = {
          list: { connectorProfileName: profile, apiVersion, entitiesPath },
          name: entity,
          listed: null,
        };
        expect(fromEntityId(toEntityId(located))).toEqual(located);
        expect(fromProfileId(toProfileId({ name: profile }))).toBe(profile);
        expect(fromConnectorId(toConnectorId({ rawType: profile, label: entitiesPath ?? null }))).toEqual({
          connectorType: profile,
          connectorLabel: entitiesPath,
        });
      }),
    );
  });

  it('name an entity as it was asked for, without what cannot tell entities apart', () => {
    const plain = { connectorProfileName: 'my-sap' };
    const wordy = { ...plain, connectorType: 'SAPOData', entitiesPath: '' };
    const idIn = (list: object) => toEntityId({ list, name: 'A_Product', listed: null });
    expect(idIn(wordy)).toBe(idIn(plain));
    const others = [{ connectorType: 'S3' }, { connectorType: 'EventBridge' }, { ...plain, apiVersion: 'v1' }];
    const ids = [plain, { ...plain, entitiesPath: 'API_PRODUCT_SRV' }, ...others].map(idIn);
    expect(new Set(ids).size).toBe(5);
  });

  it('of another type, of another kind or of nothing at all lead nowhere', () => {
    const profileId = toProfileId({ name: 'my-sap' });
    expect(fromConnectorId(profileId)).toBeNull();
    expect(fromEntityId(profileId)).toBeNull();
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.anything(), fc.json().map(toBase64Url)), id => {
        expect([fromConnectorId(id), fromEntityId(id), fromProfileId(id)]).toEqual([null, null, null]);
      }),
    );
  });
});

function toBase64Url(text: string): string {
  return Buffer.from(text).toString('base64url');
}
