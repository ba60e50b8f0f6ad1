import type { Clock } from '../base/clock.ts';
import { withinDeadline } from './application-deadline.ts';
import type { ConnectedApplication } from './connected-application.ts';
import type { SourceEntityList } from './connectors/source-application.ts';
import { ExpiringCache } from './expiring-cache.ts';
import type { ConnectorEntity, ConnectorEntityField } from './wire.ts';

const hourSeconds = 3600;
/** The least a custom connector may ask for in `cacheControl` (AWS's connector SDK); less counts as this. */
const minTimeToLiveSeconds = 600;

/** One line of an entity list, with the group it is shown under. */
export interface GroupedEntity {
  readonly group: string;
  readonly entity: ConnectorEntity;
}

/** What ResetConnectorMetadataCache asks to forget, once its coordinates have been resolved. */
export interface CacheReset {
  readonly owner: string;
  readonly apiVersion: string | undefined;
  /** Given: the details of this entity, whatever its parent. Absent: names of entities. */
  readonly connectorEntityName: string | undefined;
  /** Given: the names under this parent, `""` being the top level. */
  readonly entitiesPath: string | undefined;
}

type NamesKey = readonly [owner: string, apiVersion: string | undefined, entitiesPath: string];
type DetailsKey = readonly [owner: string, apiVersion: string | undefined, connectorEntityName: string];

/**
 * AppFlow's own cache of entity names and details, between its callers and the source applications. Answers stay for one hour,
 * or for as long as the connector says, unless a reset takes them. Connectors and profiles are AppFlow's own data, not cached.
 */
export class MetadataCache {
  readonly #clock: Clock;
  readonly #namesResetReachesNested: boolean;
  readonly #names: ExpiringCache<NamesKey, readonly GroupedEntity[]>;
  readonly #details: ExpiringCache<DetailsKey, readonly ConnectorEntityField[]>;

  /**
   * @param options.namesResetReachesNested Whether a names reset without a path takes nested lists along with the top level.
   * AWS does not say.
   */
  constructor(clock: Clock, options: { readonly namesResetReachesNested: boolean }) {
    this.#clock = clock;
    this.#namesResetReachesNested = options.namesResetReachesNested;
    this.#names = new ExpiringCache(clock);
    this.#details = new ExpiringCache(clock);
  }

  /** The entities under one parent, group after group. An absent path and an empty one are the same list. */
  listEntities(connected: ConnectedApplication, entitiesPath = ''): Promise<readonly GroupedEntity[]> {
    const { owner, apiVersion, application } = connected;
    return this.#names.read([owner, apiVersion, entitiesPath], async () => {
      const list = await withinDeadline(
        this.#clock,
        () => application.listEntities({ entitiesPath: entitiesPath === '' ? undefined : entitiesPath, apiVersion }),
        application.patienceMs,
      );
      return { value: flatten(list.groups), timeToLiveMs: toTimeToLiveMs(list) };
    });
  }

  /** The fields of one entity. */
  describeEntity(
    connected: ConnectedApplication,
    connectorEntityName: string,
  ): Promise<readonly ConnectorEntityField[]> {
    const { owner, apiVersion, application } = connected;
    return this.#details.read([owner, apiVersion, connectorEntityName], async () => {
      const details = await withinDeadline(
        this.#clock,
        () => application.describeEntity({ connectorEntityName, apiVersion }),
        application.patienceMs,
      );
      return { value: details.fields, timeToLiveMs: toTimeToLiveMs(details) };
    });
  }

  /** Forgets what the reset is about, fills under way included, and says how many answers that were. */
  reset({ owner, apiVersion, connectorEntityName, entitiesPath }: CacheReset): number {
    if (connectorEntityName !== undefined) {
      return this.#details.drop(
        ([ofOwner, ofVersion, ofEntity]) =>
          ofOwner === owner && mayBeSame(ofVersion, apiVersion) && ofEntity === connectorEntityName,
      );
    }
    const anyPath = entitiesPath === undefined && this.#namesResetReachesNested;
    return this.#names.drop(
      ([ofOwner, ofVersion, ofPath]) =>
        ofOwner === owner && mayBeSame(ofVersion, apiVersion) && (anyPath || ofPath === (entitiesPath ?? '')),
    );
  }
}

/** Whoever leaves the version out, where that is allowed, may mean any: forgetting too much is harmless, too little is not. */
function mayBeSame(version: string | undefined, other: string | undefined): boolean {
  return version === undefined || other === undefined || version === other;
}

/** Once a fill, so that a page costs no more than its own length. */
function flatten(groups: SourceEntityList['groups']): GroupedEntity[] {
  return Object.entries(groups).flatMap(([group, entities]) => entities.map(entity => ({ group, entity })));
}

function toTimeToLiveMs({ timeToLiveSeconds = hourSeconds }: { readonly timeToLiveSeconds?: number | undefined }) {
  return Math.max(timeToLiveSeconds, minTimeToLiveSeconds) * 1000;
}
