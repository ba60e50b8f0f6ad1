import type { ConnectorEntity } from '../wire.ts';
import { type FieldOperators, toEntityField, type WriteAbility } from './catalog-field.ts';
import type { CatalogEntities, CatalogEntity } from './catalog-schema.ts';
import {
  type DescribeEntityRequest,
  type ListEntitiesRequest,
  type SourceApplication,
  SourceApplicationError,
  type SourceEntityDetails,
  type SourceEntityList,
  UnknownEntityError,
} from './source-application.ts';

export interface CatalogApplicationOptions {
  /** The entities of an API version; those of the newest one when none is asked for, `undefined` when there is no such version. */
  readonly entitiesOf: (apiVersion: string | undefined) => CatalogEntities | undefined;
  /** Seconds AppFlow may keep what an entity says nothing about; absent: an hour. */
  readonly cacheControl?: number | undefined;
  /** Absent for a connector that is no destination. */
  readonly ability?: WriteAbility | undefined;
  /** Filter operators of fields that state none; absent: those AppFlow has for their types. */
  readonly operators?: FieldOperators | undefined;
}

/** An application in memory: the entities a catalogue lists, as they were written. */
export function createCatalogApplication(options: CatalogApplicationOptions): SourceApplication {
  return {
    listEntities: async request => listEntities(options, request),
    describeEntity: async request => describeEntity(options, request),
    close: async () => undefined,
  };
}

function listEntities(options: CatalogApplicationOptions, request: ListEntitiesRequest): SourceEntityList {
  const top = entitiesOf(options, request.apiVersion);
  const parent = request.entitiesPath ? findEntity(top, request.entitiesPath) : { entities: top };
  if (request.entitiesPath && !parent?.entities) throw new UnknownEntityError(request.entitiesPath);
  return { groups: toGroups(parent?.entities ?? {}), ...timeToLive(parent, options) };
}

function describeEntity(options: CatalogApplicationOptions, request: DescribeEntityRequest): SourceEntityDetails {
  const entity = findEntity(entitiesOf(options, request.apiVersion), request.connectorEntityName);
  if (!entity) throw new UnknownEntityError(request.connectorEntityName);
  const fields = Object.entries(entity.fields ?? {});
  return {
    fields: fields.map(([identifier, field]) => toEntityField(identifier, field, options.ability, options.operators)),
    ...timeToLive(entity, options),
  };
}

function entitiesOf({ entitiesOf }: CatalogApplicationOptions, apiVersion: string | undefined): CatalogEntities {
  const entities = entitiesOf(apiVersion);
  if (!entities) throw new SourceApplicationError(`API version ${apiVersion} is not supported.`);
  return entities;
}

function findEntity(entities: CatalogEntities, name: string): CatalogEntity | undefined {
  if (Object.hasOwn(entities, name)) return entities[name];
  for (const { entities: nested } of Object.values(entities)) {
    const found = nested && findEntity(nested, name);
    if (found) return found;
  }
  return undefined;
}

function toGroups(entities: CatalogEntities): Record<string, ConnectorEntity[]> {
  const groups = new Map<string, ConnectorEntity[]>();
  for (const [name, entity] of Object.entries(entities)) {
    const { group = 'Objects' } = entity;
    const listed = groups.get(group) ?? [];
    listed.push(toListed(name, entity));
    groups.set(group, listed);
  }
  return Object.fromEntries(groups);
}

/** An empty label: AppFlow gives none. */
function toListed(name: string, { label = name, entities }: CatalogEntity): ConnectorEntity {
  return { name, ...(label && { label }), hasNestedEntities: entities !== undefined };
}

function timeToLive(entity: CatalogEntity | undefined, options: CatalogApplicationOptions) {
  const timeToLiveSeconds = entity?.cacheControl ?? options.cacheControl;
  return timeToLiveSeconds === undefined ? {} : { timeToLiveSeconds };
}
