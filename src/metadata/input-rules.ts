/**
 * AppFlow's published rules for its input, checked before any call so that bad input costs none.
 *
 * Maxima and patterns are those of the AppFlow API model of 2020-08-23; the conditions are those of its reference page of
 * ResetConnectorMetadataCache. AppFlow matches a pattern against the whole string.
 */
import { needsNoProfile } from './connector-type.ts';
import { MetadataError } from './errors.ts';
import type { EntityDetailsRef, EntityListRef, ResetRequest } from './refs.ts';

interface MemberRule {
  readonly maxLength: number;
  readonly pattern: RegExp;
}

const memberRules = {
  connectorProfileName: { maxLength: 256, pattern: /^[\w/!@#+=.-]+$/ },
  connectorLabel: { maxLength: 256, pattern: /^[a-zA-Z0-9][\w!@#.-]+$/ },
  connectorEntityName: { maxLength: 1024, pattern: /^\S+$/ },
  entitiesPath: { maxLength: 256, pattern: /^[\s\w/!@#+=,.-]*$/ },
  apiVersion: { maxLength: 256, pattern: /^\S+$/ },
} as const satisfies Record<string, MemberRule>;

export type ConstrainedMember = keyof typeof memberRules;

/**
 * Throws `BAD_USER_INPUT` when a value breaks AppFlow's length or pattern.
 *
 * @param argumentPath Where the caller gave it, when that is not the member's own name.
 */
export function checkMember(
  member: ConstrainedMember,
  value: string | undefined,
  argumentPath: readonly string[] = [member],
) {
  if (value === undefined) return;
  const { maxLength, pattern } = memberRules[member];
  if (value.length > maxLength) {
    throw badInput(argumentPath, `must have at most ${maxLength} characters, got ${value.length}`);
  }
  if (!pattern.test(value)) {
    throw badInput(argumentPath, `must match ${pattern.source}, got ${JSON.stringify(value)}`);
  }
}

/** Throws `BAD_USER_INPUT` when AppFlow could not list for these coordinates. */
export function checkEntityListRef(ref: EntityListRef): void {
  checkCoordinates(ref);
  checkMember('entitiesPath', ref.entitiesPath);
}

/** Throws `BAD_USER_INPUT` when AppFlow could not describe for these coordinates. */
export function checkEntityDetailsRef(ref: EntityDetailsRef, nameArgument = 'name'): void {
  checkMember('connectorEntityName', ref.connectorEntityName, [nameArgument]);
  checkCoordinates(ref);
}

/** Throws `BAD_USER_INPUT` when AppFlow would have to refuse this reset. */
export function checkReset(request: ResetRequest): void {
  checkEntityListRef(request);
  checkMember('connectorEntityName', request.connectorEntityName);
  if (request.connectorType === 'CustomConnector' && request.apiVersion === undefined) {
    throw badInput(['apiVersion'], 'is required when connectorType is CustomConnector, got nothing');
  }
}

function checkCoordinates({ connectorProfileName, connectorType, apiVersion }: EntityListRef): void {
  checkMember('connectorProfileName', connectorProfileName);
  checkMember('apiVersion', apiVersion);
  if (connectorProfileName !== undefined || (connectorType !== undefined && needsNoProfile(connectorType))) return;
  throw badInput(
    ['connectorProfileName'],
    `is required unless connectorType is CustomerProfiles, EventBridge, LookoutMetrics, S3 or Upsolver, got ${
      connectorType === undefined ? 'neither' : `connectorType ${connectorType} alone`
    }`,
  );
}

function badInput(argumentPath: readonly string[], complaint: string): MetadataError {
  return new MetadataError('BAD_USER_INPUT', `${argumentPath.join('.')} ${complaint}`, { argumentPath });
}
