import { describe, expect, it } from 'vitest';
import { connectorTypes, resetRequirements } from '../../src/metadata/connector-type.ts';
import { isMetadataError } from '../../src/metadata/errors.ts';
import { checkEntityDetailsRef, checkEntityListRef, checkMember, checkReset } from '../../src/metadata/input-rules.ts';
import type { ResetRequest } from '../../src/metadata/refs.ts';

const profileless = ['CustomerProfiles', 'EventBridge', 'LookoutMetrics', 'S3', 'Upsolver'];

describe('a reset', () => {
  it.each(connectorTypes)('of a %s connector carries what resetRequirements says', connectorType => {
    const needs = resetRequirements(connectorType);
    const request: ResetRequest = {
      connectorProfileName: needs.connectorProfileName ? 'p' : undefined,
      connectorType: needs.connectorType ? connectorType : undefined,
      apiVersion: needs.apiVersion ? 'v1' : undefined,
    };
    expect(faultOf(() => checkReset(request))).toBeUndefined();
    expect(needs.connectorType).toBe(profileless.includes(connectorType));
  });

  it.each(connectorTypes.filter(type => !profileless.includes(type)))(
    'of a %s connector wants a profile',
    connectorType => {
      expect(faultOf(() => checkReset({ connectorType, apiVersion: 'v1' }))).toEqual(['connectorProfileName']);
    },
  );

  it('wants something to go by', () => {
    expect(faultOf(() => checkReset({}))).toEqual(['connectorProfileName']);
  });

  it('wants an API version for a custom connector', () => {
    const request = { connectorProfileName: 'p', connectorType: 'CustomConnector' };
    expect(faultOf(() => checkReset(request))).toEqual(['apiVersion']);
    expect(faultOf(() => checkReset({ ...request, apiVersion: 'v1' }))).toBeUndefined();
  });
});

describe('a member', () => {
  it.each([
    ['connectorProfileName', 'a/b!@#+=.-_9', 'a b'],
    ['connectorProfileName', 'a'.repeat(256), 'a'.repeat(257)],
    ['connectorProfileName', 'a', ''],
    ['connectorProfileName', 'a', 'ä'],
    ['connectorEntityName', 'ns:Obj%20(1)$', 'two words'],
    ['connectorEntityName', 'x'.repeat(1024), 'x'.repeat(1025)],
    ['entitiesPath', '', 'a:b'],
    ['entitiesPath', 'a b,c', '(a)'],
    ['apiVersion', 'v1.0', 'v 1'],
    ['apiVersion', 'v1', 'v1\n'],
  ] as const)('%s may be %j and not %j', (member, good, bad) => {
    expect(faultOf(() => checkMember(member, good))).toBeUndefined();
    expect(faultOf(() => checkMember(member, bad))).toEqual([member]);
  });

  it('is named as the caller gave it', () => {
    expect(faultOf(() => checkEntityDetailsRef({ connectorProfileName: 'p', connectorEntityName: '' }))).toEqual([
      'name',
    ]);
    expect(faultOf(() => checkEntityListRef({ connectorProfileName: 'p', entitiesPath: '$' }))).toEqual([
      'entitiesPath',
    ]);
  });

  it('is refused with what was expected and what came', () => {
    expect(() => checkMember('apiVersion', 'v 1')).toThrow('apiVersion must match ^\\S+$, got "v 1"');
  });
});

function faultOf(check: () => void): readonly string[] | null | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (isMetadataError(error, 'BAD_USER_INPUT')) return error.argumentPath;
    throw error;
  }
}
