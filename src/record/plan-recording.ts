import type { ConnectorConfiguration, ConnectorProfile } from '@aws-sdk/client-appflow';
import { fingerprint } from '../base/fingerprint.ts';
import { MetadataError } from '../metadata/errors.ts';
import type { PatientCalls } from './patient-calls.ts';
import { describeConnectorOf, describeProfiles } from './read-appflow.ts';
import { isCustom } from './to-catalog-connector.ts';

/** A profile to record, the connector behind it, and the API versions whose entities are read. */
export interface PlannedProfile {
  readonly name: string;
  readonly profile: ConnectorProfile;
  readonly connector: ConnectorConfiguration;
  /** `[undefined]` where AppFlow has no versions to choose from, or is left to choose. */
  readonly apiVersions: readonly (string | undefined)[];
}

export interface RecordingRequest {
  readonly profiles: readonly string[];
  /** Empty: all that a custom connector supports, and AppFlow's choice for one of AWS's own. */
  readonly apiVersions: readonly string[];
}

/**
 * Looks up what is asked for.
 *
 * @throws MetadataError NOT_FOUND for profiles that do not exist, BAD_USER_INPUT for API versions a connector does not have.
 */
export async function planRecording(
  calls: PatientCalls,
  { profiles, apiVersions }: RecordingRequest,
): Promise<readonly PlannedProfile[]> {
  const found = new Map(
    (await describeProfiles(calls, profiles)).map(profile => [profile.connectorProfileName, profile]),
  );
  const missing = profiles.filter(name => !found.has(name));
  if (missing.length > 0)
    throw new MetadataError('NOT_FOUND', `AppFlow has no connector profile ${missing.join(', ')}.`);
  const planned: PlannedProfile[] = [];
  for (const name of profiles) {
    const profile = found.get(name) ?? {};
    const connector = await describeConnectorOf(calls, profile);
    planned.push({ name, profile, connector, apiVersions: toApiVersions(name, connector, apiVersions) });
  }
  return planned;
}

/** Profiles that flows lead to: they are recorded without entities, for a flow names nothing that is not there. */
export async function planNeighbours(
  calls: PatientCalls,
  names: readonly string[],
): Promise<readonly PlannedProfile[]> {
  if (names.length === 0) return [];
  const planned: PlannedProfile[] = [];
  for (const profile of await describeProfiles(calls, names)) {
    const connector = await describeConnectorOf(calls, profile);
    planned.push({ name: profile.connectorProfileName ?? '', profile, connector, apiVersions: [] });
  }
  return planned;
}

/** Changes when a profile or its connector does, and with them perhaps every answer. */
export function fingerprintPlan(plan: readonly PlannedProfile[]): string {
  return fingerprint(plan);
}

function toApiVersions(
  name: string,
  connector: ConnectorConfiguration,
  asked: readonly string[],
): readonly (string | undefined)[] {
  const { supportedApiVersions: supported = [] } = connector;
  const strangers = asked.filter(version => supported.length > 0 && !supported.includes(version));
  if (strangers.length > 0) throw badVersion(name, `has the API versions ${supported.join(', ')}`, strangers);
  if (isCustom(connector) && supported.length > 0) return supported.filter(isAsked(asked));
  // A catalogue has versions of custom connectors only.
  if (asked.length > 1) throw badVersion(name, 'can be recorded in one API version only', asked);
  return [asked[0]];
}

function isAsked(asked: readonly string[]): (version: string) => boolean {
  return version => asked.length === 0 || asked.includes(version);
}

function badVersion(profile: string, what: string, asked: readonly string[]): MetadataError {
  return new MetadataError('BAD_USER_INPUT', `Profile ${profile} ${what}, got ${asked.join(', ')}.`);
}
