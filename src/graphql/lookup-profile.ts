import type { ConnectorProfile } from '../metadata/model.ts';
import type { MetadataSource } from '../metadata/source.ts';

/** The profile that meets the condition, `null` when there is none. One list answers every lookup, so many cost one call. */
export async function lookupProfile(
  source: MetadataSource,
  meets: (profile: ConnectorProfile) => boolean,
): Promise<ConnectorProfile | null> {
  const profiles = await source.listProfiles();
  return profiles.find(meets) ?? null;
}
