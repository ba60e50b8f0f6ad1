import type { Budget } from '../base/budget.ts';
import { MetadataError } from '../metadata/errors.ts';
import { type ResetRequest, resetKeyOf } from '../metadata/refs.ts';
import type { MetadataSource, ResetReceipt } from '../metadata/source.ts';
import { LaterFlights } from './later-flights.ts';

/**
 * The source with a budget for resets: each profile (or connector, where there is no profile) has so many, and one more rejects with `RESET_THROTTLED` and
 * never reaches AppFlow. Equal resets share one call, which costs one unit; but none joins a call that is under way, because AppFlow may have carried that one out
 * before the change that the newcomer wants to see.
 *
 * @param budget Without one there is no limit.
 */
export function budgetResets(source: MetadataSource, budget: Budget | undefined): MetadataSource {
  const flights = new LaterFlights();
  return {
    listConnectors: signal => source.listConnectors(signal),
    describeConnector: (ref, signal) => source.describeConnector(ref, signal),
    listProfiles: signal => source.listProfiles(signal),
    listEntities: (ref, signal) => source.listEntities(ref, signal),
    describeEntity: (ref, signal) => source.describeEntity(ref, signal),
    // Shared, so that no caller's signal ends it.
    reset: request => flights.join(resetKeyOf(request), () => resetWithin(source, request, budget)),
  };
}

async function resetWithin(
  source: MetadataSource,
  request: ResetRequest,
  budget: Budget | undefined,
): Promise<ResetReceipt> {
  const waitMs = budget ? await budget.spend(ownerOf(request)) : 0;
  if (budget && waitMs > 0) throw toThrottled(request, budget.perMinute, waitMs);
  return source.reset(request);
}

/** Whose budget it is: a profile and a connector may have the same name. */
function ownerOf({ connectorProfileName, connectorType }: ResetRequest): string {
  return JSON.stringify([connectorProfileName, connectorProfileName === undefined ? connectorType : null]);
}

function toThrottled(
  { connectorProfileName, connectorType }: ResetRequest,
  perMinute: number,
  retryAfterMs: number,
): MetadataError {
  const what =
    connectorProfileName === undefined ? `The connector ${connectorType}` : `The profile ${connectorProfileName}`;
  return new MetadataError(
    'RESET_THROTTLED',
    `${what} may be reset ${perMinute} times a minute, and that is spent; the next reset is possible in ${Math.ceil(retryAfterMs / 1000)} s.`,
    { retryAfterMs },
  );
}
