import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type * as model from '../../metadata/model.ts';
import type { EntityListRef } from '../../metadata/refs.ts';
import type { MetadataSource } from '../../metadata/source.ts';
import { withArgumentPrefix } from '../argument-path.ts';
import { EntityPageArgs } from '../arguments/entity-page-args.ts';
import type { GatewayContext } from '../context.ts';
import { type EntityPage, loadEntityPage } from '../entity-page.ts';
import type { LocatedEntity } from '../located-entity.ts';
import { lookupEntity } from '../lookup-entity.ts';
import { lookupProfile } from '../lookup-profile.ts';
import { ConnectorEntity } from '../types/connector-entity.ts';
import { ConnectorEntityConnection } from '../types/connector-entity-connection.ts';
import { ConnectorProfile } from '../types/connector-profile.ts';
import { ResetConnectorMetadataCachePayload } from '../types/reset-connector-metadata-cache-payload.ts';
import { withoutImpliedType } from '../without-implied-type.ts';

@Resolver(() => ResetConnectorMetadataCachePayload)
export class ResetConnectorMetadataCachePayloadResolver {
  @FieldResolver(() => ConnectorProfile, {
    nullable: true,
    description: 'The profile that the input named; null when it named none.',
  })
  async profile(
    @Root() { request: { connectorProfileName: name } }: ResetConnectorMetadataCachePayload,
    @Ctx() { metadata }: GatewayContext,
  ): Promise<model.ConnectorProfile | null> {
    return name === undefined ? null : lookupProfile(metadata, profile => profile.name === name);
  }

  @FieldResolver(() => ConnectorEntityConnection, {
    nullable: true,
    description:
      'The list that was reset, read again: the top level, or the children of `entitiesPath`. Null when the details of one entity were reset.',
  })
  async entities(
    @Root() { request: { connectorEntityName: name, ...list } }: ResetConnectorMetadataCachePayload,
    @Args(() => EntityPageArgs) page: EntityPageArgs,
    @Ctx() { metadata }: GatewayContext,
  ): Promise<EntityPage | null> {
    return name === undefined ? loadEntityPage(metadata, await toReadRef(metadata, list), page) : null;
  }

  @FieldResolver(() => ConnectorEntity, {
    nullable: true,
    description:
      'The entity that was reset, described again. Null when the source application no longer has it, and when names were reset.',
  })
  async entity(
    @Root() { request: { connectorEntityName: name, ...list } }: ResetConnectorMetadataCachePayload,
    @Ctx() { metadata }: GatewayContext,
  ): Promise<LocatedEntity | null> {
    return name === undefined ? null : lookupEntity(metadata, await toReadRef(metadata, list), name);
  }
}

/** Read as queries read it, so that its cursors and ids are theirs. */
function toReadRef(source: MetadataSource, list: EntityListRef): Promise<EntityListRef> {
  return withArgumentPrefix('input', () => withoutImpliedType(source, list));
}
