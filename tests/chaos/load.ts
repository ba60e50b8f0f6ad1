import { setTimeout as pause } from 'node:timers/promises';
import { type BatchAnswer, batchQuery, toShown } from './batch.ts';
import { GraphQLConnection } from './graphql-connection.ts';
import { namesScope, type Oracle } from './oracle.ts';
import type { Replica, Rig } from './rig.ts';
import { entityNames, profileName } from './versioned-appflow.ts';

/** How long a client waits before it asks a gateway again that was not there. */
const retryPauseMs = 20;

export interface LoadOptions {
  readonly rig: Rig;
  readonly oracle: Oracle;
  readonly readersPerReplica: number;
  /** Between two requests of a reader, in milliseconds. */
  readonly readPauseMs: number;
  readonly resetters: number;
  /** Longest pause between two resets of a resetter, in milliseconds. */
  readonly resetPauseMs: number;
}

/** What the clients have seen so far; the reads are with the oracle. */
export interface LoadCounts {
  resetsConfirmed: number;
  /** Answered with an error, and so nothing was promised. */
  resetsRefused: number;
  /** Not answered, because the gateway was gone. */
  resetsLost: number;
  /** Read errors, by code: a gateway that is there has no excuse. */
  readonly failedReads: Record<string, number>;
  /** Why resets were refused, by code. */
  readonly refusals: Record<string, number>;
  /** How confirmed resets ended, by what their payload says of it. */
  readonly coherence: Record<string, number>;
  /** Durations of confirmed resets as their clients saw them, in milliseconds. */
  readonly resetMs: number[];
  /** The same without what the payload says AppFlow took. */
  readonly beyondUpstreamMs: number[];
  /** What the payload says it took until no replica could serve older metadata. */
  readonly coherenceMs: number[];
}

export interface Load {
  readonly counts: LoadCounts;
  /** Resolves when every client has stopped. */
  stop(): Promise<void>;
}

/** Nothing seen so far. */
export function createLoadCounts(): LoadCounts {
  return {
    resetsConfirmed: 0,
    resetsRefused: 0,
    resetsLost: 0,
    failedReads: {},
    refusals: {},
    coherence: {},
    resetMs: [],
    beyondUpstreamMs: [],
    coherenceMs: [],
  };
}

/** Starts clients that read and reset without end. */
export function startLoad(options: LoadOptions): Load {
  const { rig, readersPerReplica, resetters } = options;
  const counts = createLoadCounts();
  const stop = new AbortController();
  const clients = [
    ...rig.replicas.flatMap(replica => repeat(readersPerReplica, () => read(replica, options, counts, stop.signal))),
    ...repeat(resetters, () => resetWithoutEnd(options, counts, stop.signal)),
  ];
  return {
    counts,
    stop: async () => {
      stop.abort();
      await Promise.all(clients);
    },
  };
}

interface ResetAnswer {
  readonly resetConnectorMetadataCache: ResetPayload | null;
}

interface ResetPayload {
  readonly coherence: string;
  readonly upstreamMs: number;
  readonly coherenceMs: number;
}

/** Changes the application, resets a random scope at this replica, and tells the oracle if that was confirmed. */
export async function resetAt(
  replica: Replica,
  connection: GraphQLConnection,
  { rig, oracle }: Pick<LoadOptions, 'rig' | 'oracle'>,
  counts: LoadCounts,
): Promise<void> {
  const entity = rig.random.pick([undefined, ...entityNames]);
  const version = rig.upstream.change();
  const sentAt = performance.now();
  try {
    const { data, errors } = await connection.post<ResetAnswer>(replica.process.url ?? '', toMutation(entity));
    const payload = data?.resetConnectorMetadataCache;
    if (errors || !payload) {
      counts.resetsRefused += 1;
      increment(counts.refusals, errors?.[0]?.extensions.code ?? 'NONE');
      return;
    }
    oracle.confirmReset(entity ?? namesScope, version);
    countConfirmed(counts, payload, performance.now() - sentAt);
  } catch {
    // No answer, no promise.
    counts.resetsLost += 1;
  }
}

function countConfirmed(counts: LoadCounts, payload: ResetPayload, durationMs: number): void {
  counts.resetsConfirmed += 1;
  counts.resetMs.push(durationMs);
  counts.beyondUpstreamMs.push(durationMs - payload.upstreamMs);
  counts.coherenceMs.push(payload.coherenceMs);
  increment(counts.coherence, payload.coherence);
}

async function resetWithoutEnd(options: LoadOptions, counts: LoadCounts, stop: AbortSignal): Promise<void> {
  const { rig, resetPauseMs } = options;
  const connection = new GraphQLConnection();
  while (!stop.aborted) {
    const replica = rig.random.pick(rig.replicas);
    if (replica.process.url !== undefined) await resetAt(replica, connection, options, counts);
    await pause(rig.random.between(0, resetPauseMs));
  }
  connection.close();
}

function toMutation(entity: string | undefined): string {
  const name = entity === undefined ? '' : `, connectorEntityName: "${entity}"`;
  return `mutation { resetConnectorMetadataCache(input: { connectorProfileName: "${profileName}"${name} }) { coherence upstreamMs coherenceMs } }`;
}

async function read(replica: Replica, options: LoadOptions, counts: LoadCounts, stop: AbortSignal): Promise<void> {
  const connection = new GraphQLConnection();
  while (!stop.aborted) {
    if (replica.process.url === undefined) await pause(retryPauseMs);
    else await readAllAt(replica, connection, options.oracle, counts);
    if (options.readPauseMs > 0) await pause(options.readPauseMs);
  }
  connection.close();
}

/** Reads everything at this replica, and has the oracle judge it. */
export async function readAllAt(
  replica: Replica,
  connection: GraphQLConnection,
  oracle: Oracle,
  counts: LoadCounts,
): Promise<void> {
  const { url } = replica.process;
  const begun = oracle.beginRead();
  try {
    const { data, errors = [] } = await connection.post<BatchAnswer>(url ?? '', batchQuery);
    for (const { extensions } of errors) increment(counts.failedReads, extensions.code);
    for (const { scope, version } of toShown(data)) oracle.judge(replica.name, begun, scope, version);
  } catch (error) {
    // A gateway that was killed answers nothing; one that is there and fails to is counted.
    if (replica.process.url === url) increment(counts.failedReads, error instanceof Error ? error.message : 'UNKNOWN');
    await pause(retryPauseMs);
  }
}

function increment(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

function repeat<T>(times: number, make: (index: number) => T): T[] {
  return Array.from({ length: times }, (_, index) => make(index));
}
