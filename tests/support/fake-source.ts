import { createDeferred } from '../../src/base/deferred.ts';
import { MetadataError } from '../../src/metadata/errors.ts';
import type {
  Connector,
  ConnectorConfiguration,
  ConnectorProfile,
  EntityDetails,
  EntityField,
  EntityList,
  ListedEntity,
  MetadataFreshness,
} from '../../src/metadata/model.ts';
import {
  type ConnectorRef,
  type Coordinates,
  type EntityDetailsRef,
  type EntityListRef,
  keyOf,
  type MetadataRef,
  type ResetRequest,
  scopeOf,
} from '../../src/metadata/refs.ts';
import type { MetadataSource, ResetReceipt } from '../../src/metadata/source.ts';

/** An entity of a fake application, with its children. */
export interface FakeEntity extends ListedEntity {
  readonly fields: readonly EntityField[];
  readonly children: readonly FakeEntity[];
}

/**
 * An application that always answers as of now: a `MetadataSource` in memory, without any cache. It records every call by the
 * key of what was asked, and fails or holds calls on demand.
 */
export class FakeSource implements MetadataSource {
  connectors: readonly Connector[] = [];
  configurations = new Map<string, ConnectorConfiguration>();
  profiles: readonly ConnectorProfile[] = [];
  /** Entities by profile name, or by connector type where no profile is needed. */
  readonly entities = new Map<string, readonly FakeEntity[]>();
  /** How far behind its answers claim they may be. */
  upstreamCacheTtlMs = 0;
  /** Keys of reads and resets, in the order they came in. */
  readonly calls: string[] = [];
  readonly #failures: { readonly match: (key: string) => boolean; readonly error: MetadataError }[] = [];
  readonly #gates: { readonly match: (key: string) => boolean; readonly opened: Promise<void> }[] = [];
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** The next call whose key contains `part` rejects with `error`, after anything it would have read. */
  failNext(part: string, error: MetadataError): void {
    this.#failures.push({ match: key => key.includes(part), error });
  }

  /**
   * Holds every call whose key contains `part`, after it has read its answer, as a slow reply would. The returned function
   * lets them go.
   */
  hold(part: string): () => void {
    const { promise: opened, resolve: open } = createDeferred<void>();
    const gate = { match: (key: string) => key.includes(part), opened };
    this.#gates.push(gate);
    return () => {
      this.#gates.splice(this.#gates.indexOf(gate), 1);
      open();
    };
  }

  listConnectors(): Promise<readonly Connector[]> {
    return this.#answer({ kind: 'connectors' }, () => this.connectors);
  }

  describeConnector(ref: ConnectorRef): Promise<ConnectorConfiguration> {
    return this.#answer({ kind: 'connector', ...ref }, () =>
      found(this.configurations.get(ref.connectorLabel ?? ref.connectorType), `connector ${ref.connectorType}`),
    );
  }

  listProfiles(): Promise<readonly ConnectorProfile[]> {
    return this.#answer({ kind: 'profiles' }, () => this.profiles);
  }

  listEntities(ref: EntityListRef): Promise<EntityList> {
    return this.#answer({ kind: 'entities', ...ref }, () => ({
      entities: this.#children(ref).map(({ fields: _, children: __, ...listed }) => listed),
      freshness: this.#freshness(),
    }));
  }

  describeEntity(ref: EntityDetailsRef): Promise<EntityDetails> {
    return this.#answer({ kind: 'entity', ...ref }, () => {
      const entity = flatten(this.#application(ref)).find(({ name }) => name === ref.connectorEntityName);
      return { fields: found(entity, `entity ${ref.connectorEntityName}`).fields, freshness: this.#freshness() };
    });
  }

  async reset(request: ResetRequest): Promise<ResetReceipt> {
    await this.#call(`reset ${JSON.stringify(request)}`, () => this.#application(request));
    return {
      scope: scopeOf(request),
      clearedEntries: 0,
      coherence: 'PROCESS',
      upstreamCalls: 1,
      upstreamMs: 0,
      coherenceMs: 0,
      upstreamRequestId: 'fake-request-id',
    };
  }

  #children(ref: EntityListRef): readonly FakeEntity[] {
    const top = this.#application(ref);
    if (!ref.entitiesPath) return top;
    const parent = flatten(top).find(({ name }) => name === ref.entitiesPath);
    return found(parent, `entity ${ref.entitiesPath}`).children;
  }

  #application({ connectorProfileName, connectorType }: Coordinates): readonly FakeEntity[] {
    const name = connectorProfileName ?? connectorType ?? '';
    return found(this.entities.get(name), `profile ${name}`);
  }

  #freshness(): MetadataFreshness {
    const fetchedAt = new Date(this.#now());
    return {
      fetchedAt,
      expiresAt: fetchedAt,
      completeAsOf: new Date(fetchedAt.getTime() - this.upstreamCacheTtlMs),
      isStale: false,
    };
  }

  #answer<T>(ref: MetadataRef, read: () => T): Promise<T> {
    return this.#call(keyOf(ref), read);
  }

  async #call<T>(key: string, read: () => T): Promise<T> {
    this.calls.push(key);
    const answer = read();
    for (const gate of this.#gates.filter(({ match }) => match(key))) await gate.opened;
    const failure = this.#failures.findIndex(({ match }) => match(key));
    if (failure >= 0) throw this.#failures.splice(failure, 1)[0]?.error;
    return answer;
  }
}

function flatten(entities: readonly FakeEntity[]): FakeEntity[] {
  return entities.flatMap(entity => [entity, ...flatten(entity.children)]);
}

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new MetadataError('NOT_FOUND', `There is no ${what}.`);
  return value;
}
