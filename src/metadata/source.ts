import type { Connector, ConnectorConfiguration, ConnectorProfile, EntityDetails, EntityList } from './model.ts';
import type { ConnectorRef, EntityDetailsRef, EntityListRef, ResetRequest, ResetScope } from './refs.ts';

/**
 * Where connector metadata comes from: AppFlow, a cache around it, or a fake in a test. Every implementation passes the
 * contract suite `tests/contracts/metadata-source.ts`.
 *
 * Lists are whole: an implementation reads every page. All methods reject with a `MetadataError` and nothing else.
 *
 * A caller's wait ends when its signal is aborted. What it waited for goes on while others wait for it, and is given up when nobody does any more;
 * a reset goes on in any case.
 */
export interface MetadataSource {
  /** AWS's own connectors and the custom ones registered in the account. */
  listConnectors(signal?: AbortSignal): Promise<readonly Connector[]>;

  /** Rejects with `NOT_FOUND` when there is no such connector. */
  describeConnector(ref: ConnectorRef, signal?: AbortSignal): Promise<ConnectorConfiguration>;

  listProfiles(signal?: AbortSignal): Promise<readonly ConnectorProfile[]>;

  /** Rejects with `NOT_FOUND` when the profile or connector does not exist. */
  listEntities(ref: EntityListRef, signal?: AbortSignal): Promise<EntityList>;

  /** Rejects with `NOT_FOUND` when the profile, the connector or the entity does not exist. */
  describeEntity(ref: EntityDetailsRef, signal?: AbortSignal): Promise<EntityDetails>;

  /**
   * Makes AppFlow and everything between it and the caller forget. When the promise fulfils, no read that starts afterwards
   * returns metadata from before the call. Retrying is always safe.
   */
  reset(request: ResetRequest, signal?: AbortSignal): Promise<ResetReceipt>;
}

/** What a completed reset did. */
export interface ResetReceipt {
  readonly scope: ResetScope;
  /** Cached answers this process dropped. */
  readonly clearedEntries: number;
  readonly coherence: ResetCoherence;
  /** AppFlow calls it cost, retries included. */
  readonly upstreamCalls: number;
  /** How long AppFlow's own reset took, in milliseconds. */
  readonly upstreamMs: number;
  /** How long it then took until nobody could read older metadata, in milliseconds; 0 where nobody keeps any. */
  readonly coherenceMs: number;
  /** AWS's id of the last of these calls, for support cases. */
  readonly upstreamRequestId: string | null;
}

/**
 * Why nobody can read older metadata: there is one process (`PROCESS`), every replica confirmed (`ALL_REPLICAS`), or those
 * that did not confirm have lost the right to serve from memory (`LEASES_EXPIRED`).
 */
export type ResetCoherence = 'PROCESS' | 'ALL_REPLICAS' | 'LEASES_EXPIRED';
