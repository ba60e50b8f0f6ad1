import { MetadataError } from '../../src/metadata/errors.ts';
import type {
  Connector,
  ConnectorConfiguration,
  ConnectorProfile,
  EntityDetails,
  EntityList,
} from '../../src/metadata/model.ts';
import type {
  ConnectorRef,
  EntityDetailsRef,
  EntityListRef,
  MetadataRef,
  ResetRequest,
} from '../../src/metadata/refs.ts';
import { scopeOf } from '../../src/metadata/refs.ts';
import type { MetadataSource, ResetReceipt } from '../../src/metadata/source.ts';
import { aConfiguration, aConnector, aField, aProfile } from '../support/builders.ts';
import type { Machine } from './machine.ts';
import { possibleResets, type Subject, subjectNames, subjects } from './subjects.ts';
import type { World } from './world.ts';

type AnyRef = ResetRequest & { readonly kind?: MetadataRef['kind'] };

/** AppFlow reads the application again now and then although nobody asked it to. */
const forgottenByItself = 0.1;

/**
 * AppFlow, with the cache that `ResetConnectorMetadataCache` empties, in front of applications in which everything changes all the time: a
 * version is the number of the reading that saw it, so no two readings return the same.
 */
export class SimulatedAppflow {
  readonly #world: World;
  readonly #cache = new Map<Subject, number>();
  readonly #resetVersions = new Map<string, number>();
  #version = 0;
  #fetches = 0;
  #resets = 0;

  constructor(world: World) {
    this.#world = world;
  }

  /** Calls that read metadata, so far. */
  get fetches(): number {
    return this.#fetches;
  }

  /** The newest version there was when a reset, known by its request id, took effect; `undefined` when it has not. */
  versionAtReset(requestId: string): number | undefined {
    return this.#resetVersions.get(requestId);
  }

  /** Fetches one answer. It is read at some moment between the call and its return. */
  async fetch<T>(machine: Machine, ref: MetadataRef, toAnswer: (version: string) => T): Promise<T> {
    const { random, conditions, faults } = this.#world;
    this.#fetches += 1;
    const isSlow = random.chance(conditions.slowFetches);
    if (isSlow) faults.count('fetch slow');
    const durationMs = isSlow ? random.between(100, conditions.slowFetchMs) : 2 + random.exponential(25);
    const beforeMs = durationMs * random.next();
    await this.#world.time.pause(beforeMs);
    const version = this.#read(subjectOf(ref));
    await this.#world.time.pause(durationMs - beforeMs);
    await arrival(machine);
    if (version instanceof MetadataError) throw version;
    return toAnswer(String(version));
  }

  /** Resets. It takes effect at some moment of the call; when the answer is lost, then or later or not at all. */
  async reset(machine: Machine, request: ResetRequest): Promise<ResetReceipt> {
    const { random, conditions } = this.#world;
    this.#resets += 1;
    const requestId = `reset-${this.#resets}`;
    if (random.chance(conditions.refusedResets)) return this.#refuse(machine);
    if (random.chance(conditions.unansweredResets)) return this.#loseAnswer(machine, request, requestId);
    const durationMs = 2 + random.exponential(15);
    const beforeMs = durationMs * random.next();
    await this.#world.time.pause(beforeMs);
    this.#forget(request, requestId);
    await this.#world.time.pause(durationMs - beforeMs);
    await arrival(machine);
    return {
      scope: scopeOf(request),
      clearedEntries: 0,
      coherence: 'PROCESS',
      upstreamCalls: 1,
      upstreamMs: durationMs,
      coherenceMs: 0,
      upstreamRequestId: requestId,
    };
  }

  async #refuse(machine: Machine): Promise<never> {
    const { time, random, faults } = this.#world;
    faults.count('reset refused');
    await time.pause(random.between(1, 20));
    await arrival(machine);
    throw new MetadataError(random.pick(['UPSTREAM_THROTTLED', 'CONFLICT', 'NOT_FOUND']), 'refused');
  }

  async #loseAnswer(machine: Machine, request: ResetRequest, requestId: string): Promise<never> {
    const { time, random, faults } = this.#world;
    faults.count('reset unanswered');
    if (random.chance(0.7)) time.after(random.between(0, 500), () => this.#forget(request, requestId));
    await time.pause(250);
    await arrival(machine);
    throw new MetadataError(random.pick(['UPSTREAM_TIMEOUT', 'UPSTREAM_UNAVAILABLE']), 'no answer');
  }

  #read(subject: Subject): number | MetadataError {
    const { random, conditions, faults } = this.#world;
    if (random.chance(conditions.failedFetches)) {
      faults.count('fetch failed');
      return new MetadataError(random.pick(['UPSTREAM_UNAVAILABLE', 'UPSTREAM_THROTTLED']), 'failed');
    }
    if (random.chance(conditions.missingSubjects)) {
      faults.count('subject missing');
      this.#version += 1;
      return new MetadataError('NOT_FOUND', 'missing', { upstreamRequestId: String(this.#version) });
    }
    const cached = random.chance(forgottenByItself) ? undefined : this.#cache.get(subject);
    return cached ?? this.#readApplication(subject);
  }

  #readApplication(subject: Subject): number {
    this.#version += 1;
    if (subjects[subject].kind === 'entities' || subjects[subject].kind === 'entity') {
      this.#cache.set(subject, this.#version);
    }
    return this.#version;
  }

  #forget(request: ResetRequest, requestId: string): void {
    for (const subject of reachedBy(request)) this.#cache.delete(subject);
    this.#resetVersions.set(requestId, this.#version);
    this.#world.trace(() => `AppFlow forgets ${JSON.stringify(request)} (${requestId}) after version ${this.#version}`);
  }
}

/** AppFlow as one machine calls it. */
export class AppflowConnection implements MetadataSource {
  readonly appflow: SimulatedAppflow;
  readonly #machine: Machine;

  constructor(appflow: SimulatedAppflow, machine: Machine) {
    this.appflow = appflow;
    this.#machine = machine;
  }

  listConnectors(): Promise<readonly Connector[]> {
    return this.#fetch({ kind: 'connectors' }, version => [aConnector('Salesforce', { version })]);
  }

  describeConnector(ref: ConnectorRef): Promise<ConnectorConfiguration> {
    return this.#fetch({ ...ref, kind: 'connector' }, arn => aConfiguration({ arn }));
  }

  listProfiles(): Promise<readonly ConnectorProfile[]> {
    return this.#fetch({ kind: 'profiles' }, arn => [aProfile('crm', { arn })]);
  }

  listEntities(ref: EntityListRef): Promise<EntityList> {
    return this.#fetch({ ...ref, kind: 'entities' }, name => ({
      entities: [{ name, label: null, group: 'Objects', hasNestedEntities: false }],
      freshness: this.#freshness(),
    }));
  }

  describeEntity(ref: EntityDetailsRef): Promise<EntityDetails> {
    return this.#fetch({ ...ref, kind: 'entity' }, version => ({
      fields: [aField(version)],
      freshness: this.#freshness(),
    }));
  }

  reset(request: ResetRequest): Promise<ResetReceipt> {
    return this.appflow.reset(this.#machine, request);
  }

  #fetch<T>(ref: MetadataRef, toAnswer: (version: string) => T): Promise<T> {
    return this.appflow.fetch(this.#machine, ref, toAnswer);
  }

  #freshness() {
    const now = new Date(this.#machine.clock.wallNow());
    return { fetchedAt: now, expiresAt: now, completeAsOf: now, isStale: false };
  }
}

/** Fulfils when an answer that has come can be taken: at once unless the machine is paused. */
function arrival(machine: Machine): Promise<void> {
  return new Promise(resolve => machine.receive(resolve));
}

const subjectsByText = new Map(subjectNames.map(name => [toText(subjects[name]), name]));

function subjectOf(ref: MetadataRef): Subject {
  const subject = subjectsByText.get(toText(ref));
  if (!subject) throw new Error(`expected a question of the simulated world, got ${JSON.stringify(ref)}`);
  return subject;
}

function reachedBy(request: ResetRequest): readonly Subject[] {
  const text = toText(request);
  const reset = possibleResets.find(possible => toText(possible.request) === text);
  if (!reset) throw new Error(`expected a reset of the simulated world, got ${JSON.stringify(request)}`);
  return reset.reaches;
}

/** Every coordinate, those left out included. */
function toText(of: MetadataRef | ResetRequest): string {
  const { kind, connectorProfileName, connectorType, apiVersion, entitiesPath, connectorEntityName } = of as AnyRef;
  return `${kind}|${connectorProfileName}|${connectorType}|${apiVersion}|${entitiesPath}|${connectorEntityName}`;
}
