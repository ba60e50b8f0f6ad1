import type { ConnectorEntity, ConnectorEntityField } from '../wire.ts';

/**
 * Port: an application whose metadata local AppFlow serves (a YAML catalogue, a PostgreSQL database, ...). It knows nothing of
 * caches, pages or AppFlow's errors: it answers as of now, every time it is asked.
 */
export interface SourceApplication {
  /** How long AppFlow waits for one answer, in milliseconds; ten seconds when absent. */
  readonly patienceMs?: number | undefined;

  /** Rejects with an `UnknownEntityError` when `entitiesPath` names nothing, with a `SourceApplicationError` when it fails. */
  listEntities(request: ListEntitiesRequest): Promise<SourceEntityList>;

  /** Rejects with an `UnknownEntityError` when there is no such entity, with a `SourceApplicationError` when it fails. */
  describeEntity(request: DescribeEntityRequest): Promise<SourceEntityDetails>;

  /** Releases connections and watchers; afterwards the application is not asked again. */
  close(): Promise<void>;
}

export interface ListEntitiesRequest {
  /** The parent, as its own list names it; absent or empty for the top level. */
  readonly entitiesPath: string | undefined;
  readonly apiVersion: string | undefined;
}

export interface DescribeEntityRequest {
  readonly connectorEntityName: string;
  readonly apiVersion: string | undefined;
}

export interface SourceEntityList {
  /** Entities by the group AppFlow shows them under; a custom connector has the single group `Objects`. */
  readonly groups: Readonly<Record<string, readonly ConnectorEntity[]>>;
  /** How long AppFlow may keep this, in seconds; the connector's own `cacheControl`. Absent: one hour. */
  readonly timeToLiveSeconds?: number | undefined;
}

export interface SourceEntityDetails {
  readonly fields: readonly ConnectorEntityField[];
  /** As in {@link SourceEntityList}. */
  readonly timeToLiveSeconds?: number | undefined;
}

/** The application has no entity of that name. */
export class UnknownEntityError extends Error {
  constructor(connectorEntityName: string, options?: { cause: unknown }) {
    super(`Entity ${connectorEntityName} does not exist.`, options);
    this.name = 'UnknownEntityError';
  }
}

/** The application could not answer. The message is shown to AppFlow's caller, so it holds no credentials. */
export class SourceApplicationError extends Error {
  /** Whether the application refused AppFlow's credentials, rather than failed. */
  readonly refusedCredentials: boolean;

  constructor(message: string, options: { refusedCredentials?: boolean; cause?: unknown } = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.name = 'SourceApplicationError';
    this.refusedCredentials = options.refusedCredentials ?? false;
  }
}
