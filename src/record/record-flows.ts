import { isMetadataError } from '../metadata/errors.ts';
import { forEachAtOnce } from './for-each-at-once.ts';
import type { Journal } from './journal.ts';
import type { PatientCalls } from './patient-calls.ts';
import { describeFlow, listFlows } from './read-appflow.ts';
import { callsAtOnce } from './record-entities.ts';
import type { JournaledFlow } from './to-catalog-flow.ts';

export interface RecordFlowsOptions {
  readonly calls: PatientCalls;
  readonly journal: Journal;
  /** Told what could not be read for good. */
  readonly onUnread: (what: string, where: string) => void;
  readonly onProgress: (read: number, all: number) => void;
}

/**
 * Reads the flows that touch one of the profiles, in AppFlow's order. AppFlow's list says neither profile nor entity, so every flow
 * of the account is described.
 */
export async function recordFlows(
  profiles: readonly string[],
  options: RecordFlowsOptions,
): Promise<readonly JournaledFlow[]> {
  const listed = await listUnlessDenied(options);
  const flows = new Map<string, JournaledFlow>();
  let read = 0;
  await forEachAtOnce(listed, callsAtOnce, async ({ flowName = '', lastUpdatedAt }) => {
    const flow = await describeOnce(flowName, lastUpdatedAt, options);
    if (flow && profilesOf(flow).some(name => profiles.includes(name))) flows.set(flowName, flow);
    options.onProgress(++read, listed.length);
  });
  return listed.flatMap(({ flowName = '' }) => flows.get(flowName) ?? []);
}

/** The profiles a flow reads from and writes to. */
export function profilesOf({ sourceFlowConfig, destinationFlowConfigList = [] }: JournaledFlow): readonly string[] {
  return [sourceFlowConfig, ...destinationFlowConfigList].flatMap(end => end?.connectorProfileName ?? []);
}

/** Whoever may read metadata need not be allowed to read flows. */
async function listUnlessDenied({ calls, onUnread }: RecordFlowsOptions) {
  try {
    return await listFlows(calls);
  } catch (error) {
    if (!isMetadataError(error, 'UPSTREAM_ACCESS_DENIED')) throw error;
    onUnread('flows', error.message);
    return [];
  }
}

/** A flow that has changed since it was kept is read again. */
async function describeOnce(
  name: string,
  lastUpdatedAt: Date | undefined,
  { calls, journal, onUnread }: RecordFlowsOptions,
): Promise<JournaledFlow | undefined> {
  const key = ['flow', name, lastUpdatedAt?.toISOString() ?? null];
  try {
    if (!journal.has(key)) journal.write(key, await describeFlow(calls, name));
    return (await journal.read(key)) as JournaledFlow;
  } catch (error) {
    if (!isMetadataError(error, 'NOT_FOUND')) throw error;
    onUnread(`a flow (${error.message})`, name);
    return undefined;
  }
}
