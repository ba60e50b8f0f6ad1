import { createWriteStream } from 'node:fs';
import { access, rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { AppflowCalls } from '../appflow/appflow-calls.ts';
import type { Clock } from '../base/clock.ts';
import { catalogText, type WrittenCatalog } from './catalog-text.ts';
import { Journal } from './journal.ts';
import { Losses } from './losses.ts';
import { PatientCalls } from './patient-calls.ts';
import {
  fingerprintPlan,
  type PlannedProfile,
  planNeighbours,
  planRecording,
  type RecordingRequest,
} from './plan-recording.ts';
import { Progress, type ProgressStream } from './progress.ts';
import { recordEntities } from './record-entities.ts';
import { profilesOf, recordFlows } from './record-flows.ts';
import { RecordingInterrupted } from './recording-interrupted.ts';
import type { JournaledFlow } from './to-catalog-flow.ts';
import { type RecordedProfile, toWrittenCatalog } from './to-written-catalog.ts';

export interface RecordOptions extends RecordingRequest {
  readonly calls: Pick<AppflowCalls, 'call'>;
  /** Its timers have to keep the process alive. */
  readonly clock: Clock;
  /** The catalogue to write. What is read meanwhile is kept in `<out>.partial`. */
  readonly out: string;
  /** Whether files that are there already, and are not this recording's, are written over. */
  readonly force: boolean;
  /** Ends the recording, in a state from which the next one goes on. */
  readonly signal: AbortSignal;
  /** Where the person who waits looks. */
  readonly terminal: ProgressStream;
  /** What local AppFlow has to say against the file, if anything. */
  readonly check: (path: string) => Promise<string | undefined>;
}

/** How a recording ended. */
export interface Recording {
  /** A line for each kind of thing that could not be read, in the file's comments too. */
  readonly unread: readonly string[];
  /** The same for what AppFlow said and a catalogue cannot. */
  readonly unstated: readonly string[];
  /** Why local AppFlow would not serve the file, which is there all the same; absent when it would. */
  readonly complaint: string | undefined;
}

/** The file exists, and nobody said that it may be written over. */
export class OutputExistsError extends Error {}

/**
 * Records profiles into a catalogue that local AppFlow serves as AppFlow does: connectors, profiles, entities and fields. Nobody's
 * credentials are in it. A recording that was interrupted goes on where it ended when it is started again.
 *
 * @throws OutputExistsError, ForeignJournalError, RecordingInterrupted, and MetadataError for what AppFlow refuses.
 */
export async function recordProfiles(options: RecordOptions): Promise<Recording> {
  const { out, force, clock } = options;
  if (!force && (await exists(out))) throw new OutputExistsError(`${out} exists; --force writes over it.`);
  const progress = new Progress(options.terminal, clock);
  const calls = patientCalls(options, progress);
  const plan = await planRecording(calls, options);
  const journal = await openJournal(options, plan, progress);
  try {
    const recording = await recordPlan(plan, { ...options, calls, journal, progress });
    await journal.remove();
    return recording;
  } finally {
    progress.clear();
    await journal.close();
  }
}

function patientCalls({ calls, clock, signal }: RecordOptions, progress: Progress): PatientCalls {
  return new PatientCalls({
    calls,
    clock,
    signal,
    onPause: ({ message }, pauseMs) => progress.say(`${message} Trying again in ${Math.ceil(pauseMs / 1000)} s.`),
  });
}

async function openJournal(
  { profiles, apiVersions, out, force }: RecordOptions,
  plan: readonly PlannedProfile[],
  progress: Progress,
): Promise<Journal> {
  const versions = apiVersions.length > 0 ? `, API version ${apiVersions.join(', ')}` : '';
  const request = `profile ${profiles.join(', ')}${versions}`;
  const journal = await Journal.open(`${out}.partial`, { request, state: fingerprintPlan(plan) }, { force });
  if (journal.beginning === 'resumed')
    progress.say(`Going on with ${journal.path}: ${journal.size} answers are there.`);
  if (journal.beginning === 'outdated') {
    progress.say(`A profile or its connector has changed since ${journal.path} was written: starting over.`);
  }
  return journal;
}

interface Parts extends Omit<RecordOptions, 'calls'> {
  readonly calls: PatientCalls;
  readonly journal: Journal;
  readonly progress: Progress;
}

async function recordPlan(plan: readonly PlannedProfile[], parts: Parts): Promise<Recording> {
  const unread = new Losses();
  const unstated = new Losses();
  const profiles: RecordedProfile[] = [];
  for (const planned of plan) profiles.push(await recordProfile(planned, unread, unstated, parts));
  const flows = await readFlows(plan, unread, parts);
  profiles.push(...(await readNeighbours(plan, flows, parts)));
  const catalog = await toWrittenCatalog({ profiles, flows, unread, unstated, journal: parts.journal });
  const complaint = await writeCatalog(catalog, parts);
  return { unread: unread.lines(), unstated: unstated.lines(), complaint };
}

async function recordProfile(
  planned: PlannedProfile,
  unread: Losses,
  unstated: Losses,
  { calls, journal, progress }: Parts,
): Promise<RecordedProfile> {
  const { name, apiVersions } = planned;
  const entities = new Map();
  for (const apiVersion of apiVersions) {
    const title = apiVersion === undefined ? name : `${name} ${apiVersion}`;
    const recorded = await recordEntities(
      { profile: name, apiVersion },
      {
        calls,
        journal,
        lose: (what, entity) => unstated.add(what, entity),
        onUnread: (what, entity) => unread.add(what, entity),
        onProgress: (read, all) => progress.update(`${title}: ${read} of ${all} entities`),
      },
    );
    entities.set(apiVersion, recorded);
  }
  return { ...planned, entities };
}

function readFlows(
  plan: readonly PlannedProfile[],
  unread: Losses,
  { calls, journal, progress }: Parts,
): Promise<readonly JournaledFlow[]> {
  const names = plan.map(({ name }) => name);
  return recordFlows(names, {
    calls,
    journal,
    onUnread: (what, where) => unread.add(what, where),
    onProgress: (read, all) => progress.update(`${read} of ${all} flows`),
  });
}

async function readNeighbours(
  plan: readonly PlannedProfile[],
  flows: readonly JournaledFlow[],
  { calls }: Parts,
): Promise<RecordedProfile[]> {
  const recorded = new Set(plan.map(({ name }) => name));
  const others = new Set(flows.flatMap(profilesOf).filter(name => !recorded.has(name)));
  const planned = await planNeighbours(calls, [...others].sort());
  return planned.map(neighbour => ({ ...neighbour, entities: new Map() }));
}

/** Written beside the output and moved there when it is whole: nobody ever sees half a catalogue. */
async function writeCatalog(
  catalog: WrittenCatalog,
  { out, force, check, signal, progress }: Parts,
): Promise<string | undefined> {
  const unfinished = `${out}.unfinished`;
  progress.update(`Writing ${out}`);
  try {
    await pipeline(untilAborted(catalogText(catalog), signal), createWriteStream(unfinished));
    const complaint = await check(unfinished);
    if (!force && (await exists(out))) throw new OutputExistsError(`${out} exists by now; --force writes over it.`);
    await rename(unfinished, out);
    return complaint;
  } finally {
    await rm(unfinished, { force: true });
  }
}

async function* untilAborted(texts: AsyncGenerator<string>, signal: AbortSignal): AsyncGenerator<string> {
  for await (const text of texts) {
    if (signal.aborted) throw new RecordingInterrupted();
    yield text;
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
