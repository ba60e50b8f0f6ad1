import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyOf, type MetadataRef, type ResetRequest, reaches, resetTarget } from '../../src/metadata/refs.ts';

/** Given, empty or left out; few values, so that they meet. */
const coordinate = fc.constantFrom(undefined, '', 'a', 'b', 'a,b', 'a"b');
const coordinates = { connectorProfileName: coordinate, connectorType: coordinate, apiVersion: coordinate };
const entities = fc.record({ kind: fc.constant('entities' as const), ...coordinates, entitiesPath: coordinate });
const entity = fc.record({
  kind: fc.constant('entity' as const),
  ...coordinates,
  connectorEntityName: fc.constantFrom('a', 'b'),
});
const ref: fc.Arbitrary<MetadataRef> = fc.oneof(entities, entity);
const reset: fc.Arbitrary<ResetRequest> = fc.record({
  ...coordinates,
  entitiesPath: coordinate,
  connectorEntityName: fc.constantFrom(undefined, 'a', 'b'),
});

describe('keyOf', () => {
  it('is equal exactly when every coordinate is', () => {
    fc.assert(
      fc.property(ref, ref, (a, b) => {
        expect(keyOf(a) === keyOf(b)).toBe(isDeepStrictEqual(given(a), given(b)));
      }),
    );
  });

  it('does not let one coordinate run into the next', () => {
    expect(keyOf({ kind: 'entities', connectorProfileName: 'a,b' })).not.toBe(
      keyOf({ kind: 'entities', connectorProfileName: 'a', connectorType: 'b' }),
    );
  });

  it('tells an empty path from an absent one', () => {
    expect(keyOf({ kind: 'entities', entitiesPath: '' })).not.toBe(keyOf({ kind: 'entities' }));
  });
});

describe('a reset', () => {
  it('reaches the answer it is about', () => {
    fc.assert(
      fc.property(reset, request => {
        expect(reaches(request, resetTarget(request))).toBe(true);
      }),
    );
  });

  it('with a profile and its type is about the same answer as with the profile alone', () => {
    const both = resetTarget({ connectorProfileName: 'p', connectorType: 'Salesforce', connectorEntityName: 'e' });
    expect(keyOf(both)).toBe(keyOf(resetTarget({ connectorProfileName: 'p', connectorEntityName: 'e' })));
  });

  it('reaches more, never less, when a coordinate is left out', () => {
    const names = ['connectorProfileName', 'connectorType', 'apiVersion', 'entitiesPath'] as const;
    fc.assert(
      fc.property(reset, ref, fc.constantFrom(...names), (request, target, name) => {
        const wider = { ...request, [name]: undefined };
        expect(!reaches(request, target) || reaches(wider, target)).toBe(true);
      }),
    );
  });

  it('reaches what the reference predicate says, for every combination of given, empty and left out', () => {
    const values = [undefined, '', 'a', 'b'];
    const requests = combinations(values, [
      'connectorProfileName',
      'connectorType',
      'apiVersion',
      'entitiesPath',
      'connectorEntityName',
    ]);
    const lists = combinations(values, ['connectorProfileName', 'connectorType', 'apiVersion', 'entitiesPath']);
    const details = combinations(values, ['connectorProfileName', 'connectorType', 'apiVersion']);
    const differences = requests.flatMap(request => [
      ...lists.filter(list => reaches(request, { ...list, kind: 'entities' }) !== reachesList(request, list)),
      ...details.filter(entity => reaches(request, toEntityRef(entity)) !== reachesEntity(request, entity)),
    ]);
    expect(differences).toEqual([]);
    expect(requests.length * lists.length).toBe(4 ** 9);
  });

  it('of names leaves details alone, and the other way round', () => {
    fc.assert(
      fc.property(reset, ref, (request, target) => {
        const wanted = request.connectorEntityName === undefined ? 'entities' : 'entity';
        expect(!reaches(request, target) || target.kind === wanted).toBe(true);
      }),
    );
  });

  it('of names reaches nested lists too, unless a parent is given', () => {
    const nested = { kind: 'entities', connectorProfileName: 'p', entitiesPath: 'Parent' } as const;
    expect(reaches({ connectorProfileName: 'p' }, nested)).toBe(true);
    expect(reaches({ connectorProfileName: 'p', entitiesPath: 'Parent' }, nested)).toBe(true);
    expect(reaches({ connectorProfileName: 'p', entitiesPath: 'Other' }, nested)).toBe(false);
    expect(reaches({ connectorProfileName: 'p', entitiesPath: '' }, nested)).toBe(false);
  });

  it('with an empty path reaches the top level, however it was asked for', () => {
    expect(
      reaches({ connectorProfileName: 'p', entitiesPath: '' }, { kind: 'entities', connectorProfileName: 'p' }),
    ).toBe(true);
  });

  it('of one profile leaves another alone', () => {
    expect(reaches({ connectorProfileName: 'p' }, { kind: 'entities', connectorProfileName: 'q' })).toBe(false);
    expect(reaches({ connectorProfileName: 'p' }, { kind: 'entities', connectorType: 'S3' })).toBe(true);
  });

  it('has connectors and profiles read again, so that nothing at all is from before it', () => {
    for (const kind of ['connectors', 'profiles'] as const)
      expect(reaches({ connectorProfileName: 'p' }, { kind })).toBe(true);
  });
});

/** Said once more, in the words of the rule and without its code. */
function reachesList(request: ResetRequest, list: ResetRequest): boolean {
  if (request.connectorEntityName !== undefined || !meets(request, list)) return false;
  if (request.entitiesPath === undefined) return true;
  return request.entitiesPath === '' ? !list.entitiesPath : request.entitiesPath === list.entitiesPath;
}

/** Of the entity `a`. */
function reachesEntity(request: ResetRequest, entity: ResetRequest): boolean {
  return request.connectorEntityName === 'a' && meets(request, entity);
}

function toEntityRef(entity: ResetRequest): MetadataRef {
  return { ...entity, kind: 'entity', connectorEntityName: 'a' };
}

function meets(a: ResetRequest, b: ResetRequest): boolean {
  const differs = (name: keyof ResetRequest) => a[name] !== undefined && b[name] !== undefined && a[name] !== b[name];
  return !['connectorProfileName', 'connectorType', 'apiVersion'].some(name => differs(name as keyof ResetRequest));
}

function combinations(values: readonly (string | undefined)[], names: readonly string[]): ResetRequest[] {
  const [name, ...others] = names;
  if (name === undefined) return [{}];
  return combinations(values, others).flatMap(rest => values.map(value => ({ ...rest, [name]: value })));
}

/** The members that were not left out. */
function given(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined));
}
