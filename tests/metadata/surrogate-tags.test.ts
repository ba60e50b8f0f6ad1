import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MetadataRef, type ResetRequest, reaches } from '../../src/metadata/refs.ts';
import { tagsOf, tagsReachedBy } from '../../src/metadata/surrogate-tags.ts';

describe('a reset reaches an answer exactly when their tags meet', () => {
  it('for every combination of given, empty and left out', () => {
    const values = [undefined, '', 'a', 'b'];
    const three = ['connectorProfileName', 'connectorType', 'apiVersion'] as const;
    const resets = combinations(values, [...three, 'entitiesPath', 'connectorEntityName']).map(toTagged);
    const refs: MetadataRef[] = [
      { kind: 'connectors' },
      { kind: 'connector', connectorType: 'a', connectorLabel: 'b' },
      { kind: 'profiles' },
      ...combinations(values, [...three, 'entitiesPath']).map(list => ({ ...list, kind: 'entities' as const })),
      ...combinations(values, three).map(one => ({ ...one, kind: 'entity' as const, connectorEntityName: 'a' })),
    ];
    const differences = refs.flatMap(ref => {
      const tags = tagsOf(ref);
      return resets.filter(({ reset, purged }) => tags.some(tag => purged.has(tag)) !== reaches(reset, ref));
    });
    expect(differences).toEqual([]);
    expect(resets).toHaveLength(4 ** 5);
  });

  it('whatever the names hold', () => {
    // Separators, what stands for any value, what escaping makes, and half of a surrogate pair.
    const text = fc.constantFrom('*', '%002a', '%', ':', 'a:names', 'names:*', 'a,b', 'a b', 'é', '\ud83d', '\ude00');
    const coordinate = fc.option(text, { nil: undefined });
    const coordinates = { connectorProfileName: coordinate, connectorType: coordinate, apiVersion: coordinate };
    const ref: fc.Arbitrary<MetadataRef> = fc.oneof(
      fc.record({ kind: fc.constant('entities' as const), ...coordinates, entitiesPath: coordinate }),
      fc.record({ kind: fc.constant('entity' as const), ...coordinates, connectorEntityName: text }),
    );
    const reset: fc.Arbitrary<ResetRequest> = fc.record({
      ...coordinates,
      entitiesPath: coordinate,
      connectorEntityName: coordinate,
    });
    fc.assert(
      fc.property(ref, reset, (target, request) => {
        const { purged } = toTagged(request);
        expect(tagsOf(target).some(tag => purged.has(tag))).toBe(reaches(request, target));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('tags', () => {
  it('are few, and can be read', () => {
    const connectorProfileName = 'my-salesforce';
    expect(tagsOf({ kind: 'profiles' })).toEqual(['directory']);
    expect(tagsOf({ kind: 'entities', connectorProfileName })).toEqual([
      'profile:my-salesforce:names:',
      'profile:my-salesforce:names:*',
      'profile:*:names:',
      'profile:*:names:*',
    ]);
    expect(tagsOf({ kind: 'entity', connectorProfileName, connectorEntityName: 'Account' })).toEqual([
      'profile:my-salesforce:entity:Account',
      'profile:*:entity:Account',
    ]);
    expect(tagsReachedBy({ connectorProfileName, connectorEntityName: 'Account' })).toEqual([
      'directory',
      'profile:my-salesforce:type:*:api:*:entity:Account',
      'profile:my-salesforce:type:*:entity:Account',
      'profile:my-salesforce:api:*:entity:Account',
      'profile:my-salesforce:entity:Account',
      'type:*:api:*:entity:Account',
      'type:*:entity:Account',
      'api:*:entity:Account',
      'entity:Account',
    ]);
  });

  it('are made of what a header of tags can hold, so that no name adds or hides one', () => {
    fc.assert(
      fc.property(utf16, name => {
        expect(tagsOf({ kind: 'entity', connectorType: name, connectorEntityName: name }).join()).toMatch(
          /^[\w./:*%-]+,[\w./:*%-]+$/,
        );
      }),
    );
  });
});

/** Any text at all, halves of surrogate pairs included. */
const utf16 = fc.array(fc.nat(0xffff)).map(units => String.fromCharCode(...units));

function toTagged(reset: ResetRequest) {
  return { reset, purged: new Set(tagsReachedBy(reset)) };
}

function combinations(values: readonly (string | undefined)[], names: readonly string[]): ResetRequest[] {
  const [name, ...others] = names;
  if (name === undefined) return [{}];
  return combinations(values, others).flatMap(rest => values.map(value => ({ ...rest, [name]: value })));
}
