import type { ConnectorType } from '@aws-sdk/client-appflow';
import type { Clock } from '../base/clock.ts';
import type {
  Connector,
  ConnectorConfiguration,
  ConnectorProfile,
  EntityDetails,
  EntityList,
  MetadataFreshness,
} from '../metadata/model.ts';
import {
  type ConnectorRef,
  type Coordinates,
  type EntityDetailsRef,
  type EntityListRef,
  type ResetRequest,
  scopeOf,
} from '../metadata/refs.ts';
import type { MetadataSource, ResetReceipt } from '../metadata/source.ts';
import type { AppflowCalls } from './appflow-calls.ts';
import { understand } from './errors.ts';
import {
  toConnectorConfiguration,
  toConnectorProfile,
  toConnectors,
  toEntities,
  toEntityFields,
} from './from-appflow.ts';
import { readAllPages } from './pages.ts';

/** The largest pages AppFlow allows: of entities, and of everything else. */
const entitiesPerPage = 10_000;
const othersPerPage = 100;

export interface AppflowSourceOptions {
  readonly calls: AppflowCalls;
  readonly clock: Clock;
  /**
   * How long AppFlow itself may have kept what it answers, in milliseconds: an hour by AWS's documentation, longer for custom connectors
   * that ask for it. Only what `completeAsOf` claims depends on it.
   */
  readonly upstreamCacheTtlMs: number;
}

/** The metadata of Amazon AppFlow, through its SDK. Keeps nothing. */
export class AppflowSource implements MetadataSource {
  readonly #calls: AppflowCalls;
  readonly #clock: Clock;
  readonly #upstreamCacheTtlMs: number;

  constructor({ calls, clock, upstreamCacheTtlMs }: AppflowSourceOptions) {
    this.#calls = calls;
    this.#clock = clock;
    this.#upstreamCacheTtlMs = upstreamCacheTtlMs;
  }

  /** Two lists at once: AWS's own connectors, and those registered in the account, which the first leaves out. */
  async listConnectors(signal?: AbortSignal): Promise<readonly Connector[]> {
    const [described, registered] = await Promise.all([
      readAllPages('DescribeConnectors', nextToken =>
        this.#calls.call(
          'DescribeConnectors',
          (appflow, options) => appflow.describeConnectors({ maxResults: othersPerPage, nextToken }, options),
          { signal },
        ),
      ),
      readAllPages('ListConnectors', nextToken =>
        this.#calls.call(
          'ListConnectors',
          (appflow, options) => appflow.listConnectors({ maxResults: othersPerPage, nextToken }, options),
          { signal },
        ),
      ),
    ]);
    return understand('DescribeConnectors', () => toConnectors(described, registered));
  }

  async describeConnector(
    { connectorType, connectorLabel }: ConnectorRef,
    signal?: AbortSignal,
  ): Promise<ConnectorConfiguration> {
    const input = { connectorType: toSdkType(connectorType), connectorLabel };
    const { connectorConfiguration = {} } = await this.#calls.call(
      'DescribeConnector',
      (appflow, options) => appflow.describeConnector(input, options),
      { signal },
    );
    return understand('DescribeConnector', () => toConnectorConfiguration(connectorConfiguration));
  }

  async listProfiles(signal?: AbortSignal): Promise<readonly ConnectorProfile[]> {
    const pages = await readAllPages('DescribeConnectorProfiles', nextToken =>
      this.#calls.call(
        'DescribeConnectorProfiles',
        (appflow, options) => appflow.describeConnectorProfiles({ maxResults: othersPerPage, nextToken }, options),
        { signal },
      ),
    );
    return understand('DescribeConnectorProfiles', () =>
      pages.flatMap(({ connectorProfileDetails = [] }) => connectorProfileDetails.map(toConnectorProfile)),
    );
  }

  async listEntities(ref: EntityListRef, signal?: AbortSignal): Promise<EntityList> {
    const freshness = this.#freshnessNow();
    const input = { ...toSdkCoordinates(ref), entitiesPath: ref.entitiesPath, maxResults: entitiesPerPage };
    const pages = await readAllPages('ListConnectorEntities', nextToken =>
      this.#calls.call(
        'ListConnectorEntities',
        (appflow, options) => appflow.listConnectorEntities({ ...input, nextToken }, options),
        { of: ref, signal },
      ),
    );
    return { entities: understand('ListConnectorEntities', () => toEntities(pages)), freshness };
  }

  async describeEntity(ref: EntityDetailsRef, signal?: AbortSignal): Promise<EntityDetails> {
    const freshness = this.#freshnessNow();
    const input = { ...toSdkCoordinates(ref), connectorEntityName: ref.connectorEntityName };
    const described = await this.#calls.call(
      'DescribeConnectorEntity',
      (appflow, options) => appflow.describeConnectorEntity(input, options),
      { of: ref, signal },
    );
    return { fields: understand('DescribeConnectorEntity', () => toEntityFields(described)), freshness };
  }

  /** Without a signal: once sent, a reset is not given up. */
  async reset(request: ResetRequest): Promise<ResetReceipt> {
    const { connectorEntityName, entitiesPath } = request;
    const input = { ...toSdkCoordinates(request), connectorEntityName, entitiesPath };
    const startedAt = this.#clock.monotonicNow();
    const { $metadata } = await this.#calls.call(
      'ResetConnectorMetadataCache',
      (appflow, options) => appflow.resetConnectorMetadataCache(input, options),
      { lane: 'resets', of: request },
    );
    return {
      scope: scopeOf(request),
      clearedEntries: 0,
      coherence: 'PROCESS',
      upstreamCalls: $metadata.attempts ?? 1,
      upstreamMs: this.#clock.monotonicNow() - startedAt,
      coherenceMs: 0,
      upstreamRequestId: $metadata.requestId ?? null,
    };
  }

  /** Taken before the call: what AppFlow answers is at least as new as that, give or take its own cache. */
  #freshnessNow(): MetadataFreshness {
    const now = this.#clock.wallNow();
    const fetchedAt = new Date(now);
    return {
      fetchedAt,
      expiresAt: fetchedAt,
      completeAsOf: new Date(now - this.#upstreamCacheTtlMs),
      isStale: false,
    };
  }
}

function toSdkCoordinates({ connectorProfileName, connectorType, apiVersion }: Coordinates) {
  return {
    connectorProfileName,
    connectorType: connectorType === undefined ? undefined : toSdkType(connectorType),
    apiVersion,
  };
}

/** The SDK's enum is closed, AppFlow's is not: a type this SDK does not know goes out as it came in. */
function toSdkType(connectorType: string): ConnectorType {
  return connectorType as ConnectorType;
}
