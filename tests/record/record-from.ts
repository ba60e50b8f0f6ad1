import { AppflowCalls } from '../../src/appflow/appflow-calls.ts';
import { createAppflowClient } from '../../src/appflow/appflow-client.ts';
import { systemClock } from '../../src/base/clock.ts';
import { CatalogError, checkCatalog } from '../../src/local-appflow/server.ts';
import { callsAtOnce } from '../../src/record/record-entities.ts';
import { type Recording, type RecordOptions, recordProfiles } from '../../src/record/record-profiles.ts';

export type GivenOptions = Pick<RecordOptions, 'profiles' | 'out'> & Partial<RecordOptions>;

/** Records from an endpoint as the command line does, through the real client; silently, unless a terminal is given. */
export async function recordFrom(url: string, given: GivenOptions): Promise<Recording> {
  const client = createAppflowClient({
    endpoint: { url, region: 'eu-west-1' },
    concurrency: callsAtOnce,
    timeoutMs: 30_000,
  });
  try {
    return await recordProfiles({
      calls: new AppflowCalls({ client, clock: systemClock, timeoutMs: 30_000, concurrency: callsAtOnce }),
      clock: systemClock,
      apiVersions: [],
      force: false,
      signal: new AbortController().signal,
      terminal: { write: () => undefined },
      check: complaintAbout,
      ...given,
    });
  } finally {
    client.destroy();
  }
}

async function complaintAbout(catalogPath: string): Promise<string | undefined> {
  try {
    await checkCatalog({ catalogPath });
    return undefined;
  } catch (error) {
    if (error instanceof CatalogError) return error.message;
    throw error;
  }
}
