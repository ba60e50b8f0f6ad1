import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import type { MetadataCacheStatus } from '../../metadata/cache-status.ts';
import type { ConnectorType as DomainConnectorType } from '../../metadata/connector-type.ts';
import { MetadataError } from '../../metadata/errors.ts';
import { checkMember } from '../../metadata/input-rules.ts';
import type * as model from '../../metadata/model.ts';
import { keyOf } from '../../metadata/refs.ts';
import { ConnectorEntitiesArgs, toEntityListRef } from '../arguments/connector-entities-args.ts';
import { ConnectorEntityArgs } from '../arguments/connector-entity-args.ts';
import { selectConnectors } from '../arguments/connector-filter.ts';
import { selectProfiles } from '../arguments/connector-profile-filter.ts';
import { ConnectorProfilesArgs } from '../arguments/connector-profiles-args.ts';
import { ConnectorsArgs } from '../arguments/connectors-args.ts';
import { requireOperator } from '../authorized-source.ts';
import type { GatewayContext } from '../context.ts';
import { type EntityPage, loadEntityPage } from '../entity-page.ts';
import type { LocatedEntity } from '../located-entity.ts';
import { lookupEntity } from '../lookup-entity.ts';
import { lookupProfile } from '../lookup-profile.ts';
import { createPage, type Page, pageLimits, toPageSize } from '../page.ts';
import { loadProfilePage } from '../profile-page.ts';
import { Connector } from '../types/connector.ts';
import { ConnectorConnection } from '../types/connector-connection.ts';
import { ConnectorEntity } from '../types/connector-entity.ts';
import { ConnectorEntityConnection } from '../types/connector-entity-connection.ts';
import { ConnectorMetadataCache } from '../types/connector-metadata-cache.ts';
import { ConnectorProfile } from '../types/connector-profile.ts';
import { ConnectorProfileConnection } from '../types/connector-profile-connection.ts';
import { ConnectorType, toRawConnectorType } from '../types/connector-type.ts';
import { withoutImpliedType } from '../without-implied-type.ts';

// Whatever can fail is nullable, lists too: two lists asked for in one operation fail one by one.
@Resolver()
export class QueryResolver {
  @Query(() => ConnectorConnection, {
    nullable: true,
    description: "AWS's own connectors and the custom ones registered in the account.",
  })
  async connectors(
    @Args(() => ConnectorsArgs) { filter, first, after }: ConnectorsArgs,
    @Ctx() { metadata }: GatewayContext,
  ): Promise<Page<model.Connector>> {
    const size = toPageSize(first, pageLimits);
    const list = await metadata.listConnectors();
    const listKey = keyOf({ kind: 'connectors' });
    return createPage({ list, listKey, selection: selectConnectors(filter), toNode: item => item }, size, after);
  }

  @Query(() => Connector, { nullable: true, description: 'One connector; null when AppFlow does not have it.' })
  async connector(
    @Arg('type', () => ConnectorType) type: DomainConnectorType,
    @Arg('label', () => String, {
      nullable: true,
      description: 'Which one, when the account has several custom connectors.',
    })
    label: string | null | undefined,
    @Ctx() { metadata }: GatewayContext,
  ): Promise<model.Connector | null> {
    const rawType = toRawConnectorType(type, ['type']);
    checkMember('connectorLabel', label ?? undefined, ['label']);
    const ofType = (await metadata.listConnectors()).filter(connector => connector.rawType === rawType);
    return label == null ? onlyOne(ofType) : (ofType.find(connector => connector.label === label) ?? null);
  }

  @Query(() => ConnectorProfileConnection, {
    nullable: true,
    description: 'The connector profiles of the account and region.',
  })
  connectorProfiles(
    @Args(() => ConnectorProfilesArgs) { filter, ...page }: ConnectorProfilesArgs,
    @Ctx() { metadata }: GatewayContext,
  ): Promise<Page<model.ConnectorProfile>> {
    return loadProfilePage(metadata, selectProfiles(filter), page);
  }

  @Query(() => ConnectorProfile, { nullable: true, description: 'One connector profile; null when there is none.' })
  async connectorProfile(
    @Arg('name', () => String) name: string,
    @Ctx() { metadata }: GatewayContext,
  ): Promise<model.ConnectorProfile | null> {
    checkMember('connectorProfileName', name, ['name']);
    return lookupProfile(metadata, profile => profile.name === name);
  }

  @Query(() => ConnectorEntityConnection, {
    nullable: true,
    description: 'Names of entities: the top level, or those under `entitiesPath`.',
  })
  async connectorEntities(
    @Args(() => ConnectorEntitiesArgs) args: ConnectorEntitiesArgs,
    @Ctx() { metadata }: GatewayContext,
  ): Promise<EntityPage> {
    return loadEntityPage(metadata, await withoutImpliedType(metadata, toEntityListRef(args)), args);
  }

  @Query(() => ConnectorEntity, {
    nullable: true,
    description: 'One entity with its fields; null when the source application does not have it.',
  })
  async connectorEntity(
    @Args(() => ConnectorEntityArgs) args: ConnectorEntityArgs,
    @Ctx() { metadata }: GatewayContext,
  ): Promise<LocatedEntity | null> {
    checkMember('connectorEntityName', args.name, ['name']);
    return lookupEntity(metadata, await withoutImpliedType(metadata, toEntityListRef(args)), args.name);
  }

  @Query(() => ConnectorMetadataCache, {
    description: 'What the shared cache holds and how well it does. Never cached itself.',
  })
  connectorMetadataCache(@Ctx() { caller, cacheStatus }: GatewayContext): MetadataCacheStatus {
    requireOperator(caller);
    return cacheStatus();
  }
}

/** The connector of a type when no label was given. Only custom connectors share a type; then one has to be chosen. */
function onlyOne(connectors: readonly model.Connector[]): model.Connector | null {
  const unlabelled = connectors.find(({ label }) => label === null);
  if (unlabelled !== undefined || connectors.length <= 1) return unlabelled ?? connectors[0] ?? null;
  const labels = connectors.map(({ label }) => label).join(', ');
  throw new MetadataError('BAD_USER_INPUT', `label is required, one of: ${labels}; got nothing`, {
    argumentPath: ['label'],
  });
}
