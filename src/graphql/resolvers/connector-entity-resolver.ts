import { Arg, Args, Ctx, FieldResolver, ID, Resolver, Root } from 'type-graphql';
import { type ConnectorType as DomainConnectorType, toConnectorType } from '../../metadata/connector-type.ts';
import type * as model from '../../metadata/model.ts';
import type { MetadataSource } from '../../metadata/source.ts';
import { ConnectorEntityFieldFilter, selectFields } from '../arguments/connector-entity-field-filter.ts';
import { EntityPageArgs } from '../arguments/entity-page-args.ts';
import { contentFingerprint } from '../content-fingerprint.ts';
import type { GatewayContext } from '../context.ts';
import { type EntityPage, loadEntityPage } from '../entity-page.ts';
import { toEntityId } from '../ids.ts';
import { toChildListRef, toDetailsRef } from '../located-entity.ts';
import { lookupListed } from '../lookup-entity.ts';
import { lookupProfile } from '../lookup-profile.ts';
import { nullIfNotFound } from '../null-if-not-found.ts';
import { ConnectorEntity } from '../types/connector-entity.ts';
import { ConnectorEntityConnection } from '../types/connector-entity-connection.ts';
import { ConnectorEntityField } from '../types/connector-entity-field.ts';
import { ConnectorProfile } from '../types/connector-profile.ts';
import { ConnectorType } from '../types/connector-type.ts';
import { MetadataFreshness } from '../types/metadata-freshness.ts';

// Every field asks the source anew, which costs nothing where it is cached. A memo here would show a mutation's nested reads
// what was read before it.
@Resolver(() => ConnectorEntity)
export class ConnectorEntityResolver {
  @FieldResolver(() => ID, {
    description:
      'Names the entity as it was asked for: by profile or connector type, `apiVersion`, `entitiesPath` and `name`. Asked for without its parent, a nested entity has another id than in the list of its parent.',
  })
  id(@Root() entity: ConnectorEntity): string {
    return toEntityId(entity);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'The name to show; null when the list does not have it.',
  })
  label(@Root() entity: ConnectorEntity, @Ctx() { metadata }: GatewayContext): MaybePromise<string | null> {
    return ofListed(metadata, entity, ({ label }) => label);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "AppFlow's grouping key in the list it belongs to; null when the list does not have it.",
  })
  group(@Root() entity: ConnectorEntity, @Ctx() { metadata }: GatewayContext): MaybePromise<string | null> {
    return ofListed(metadata, entity, ({ group }) => group);
  }

  @FieldResolver(() => Boolean, {
    nullable: true,
    description: 'Whether it has children; null when the list it should be in does not have it.',
  })
  hasNestedEntities(
    @Root() entity: ConnectorEntity,
    @Ctx() { metadata }: GatewayContext,
  ): MaybePromise<boolean | null> {
    return ofListed(metadata, entity, ({ hasNestedEntities }) => hasNestedEntities);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'The parent it was asked for or listed under; null at the top level.',
  })
  entitiesPath(@Root() { list }: ConnectorEntity): string | null {
    return list.entitiesPath || null;
  }

  @FieldResolver(() => String, { nullable: true, description: 'The API version it was asked for with.' })
  apiVersion(@Root() { list }: ConnectorEntity): string | null {
    return list.apiVersion ?? null;
  }

  @FieldResolver(() => ConnectorType, { nullable: true, description: 'The type of the connector it is read through.' })
  async connectorType(
    @Root() entity: ConnectorEntity,
    @Ctx() { metadata }: GatewayContext,
  ): Promise<DomainConnectorType | null> {
    const { connectorType } = entity.list;
    if (connectorType !== undefined) return toConnectorType(connectorType);
    return (await loadProfile(metadata, entity))?.connectorType ?? null;
  }

  @FieldResolver(() => ConnectorProfile, {
    nullable: true,
    description: 'The profile it is read through; null for connectors that have none.',
  })
  profile(
    @Root() entity: ConnectorEntity,
    @Ctx() { metadata }: GatewayContext,
  ): Promise<model.ConnectorProfile | null> {
    return loadProfile(metadata, entity);
  }

  @FieldResolver(() => ConnectorEntityConnection, {
    nullable: true,
    description: 'Its children; null when it has none.',
  })
  async entities(
    @Root() entity: ConnectorEntity,
    @Args(() => EntityPageArgs) page: EntityPageArgs,
    @Ctx() { metadata }: GatewayContext,
  ): Promise<EntityPage | null> {
    const listed = await lookupListed(metadata, entity);
    if (listed?.hasNestedEntities === false) return null;
    const children = loadEntityPage(metadata, toChildListRef(entity), page);
    // Of what no list has, nobody knows whether it has children before AppFlow says that there is no such parent.
    return listed === null ? nullIfNotFound(children) : children;
  }

  @FieldResolver(() => [ConnectorEntityField], {
    nullable: true,
    description: 'Null with an error when it could not be described; siblings still resolve.',
  })
  async fields(
    @Root() entity: ConnectorEntity,
    @Arg('filter', () => ConnectorEntityFieldFilter, { nullable: true })
    filter: ConnectorEntityFieldFilter | null | undefined,
    @Ctx() { metadata }: GatewayContext,
  ): Promise<readonly model.EntityField[]> {
    const { fields } = await metadata.describeEntity(toDetailsRef(entity));
    const { keep } = selectFields(filter);
    return keep === undefined ? fields : fields.filter(keep);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Equal fingerprints mean equal fields, in the same order, whenever and wherever they were read.',
  })
  async fingerprint(@Root() entity: ConnectorEntity, @Ctx() { metadata }: GatewayContext): Promise<string> {
    const { fields } = await metadata.describeEntity(toDetailsRef(entity));
    return contentFingerprint(fields);
  }

  @FieldResolver(() => MetadataFreshness, { nullable: true, description: 'Of its fields.' })
  async freshness(
    @Root() entity: ConnectorEntity,
    @Ctx() { metadata }: GatewayContext,
  ): Promise<model.MetadataFreshness> {
    const { freshness } = await metadata.describeEntity(toDetailsRef(entity));
    return freshness;
  }
}

type MaybePromise<T> = T | Promise<T>;

/** At once for a listed entity: three promises for each of a page's entities are most of what the page costs. */
function ofListed<T>(
  source: MetadataSource,
  entity: ConnectorEntity,
  pick: (listed: model.ListedEntity) => T,
): MaybePromise<T | null> {
  if (entity.listed !== null) return pick(entity.listed);
  return lookupListed(source, entity).then(listed => listed && pick(listed));
}

async function loadProfile(source: MetadataSource, { list }: ConnectorEntity): Promise<model.ConnectorProfile | null> {
  const { connectorProfileName: name } = list;
  return name === undefined ? null : lookupProfile(source, profile => profile.name === name);
}
