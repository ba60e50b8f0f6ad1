import { Args, Ctx, FieldResolver, ID, Resolver, Root } from 'type-graphql';
import { checkEntityListRef, checkMember } from '../../metadata/input-rules.ts';
import type * as model from '../../metadata/model.ts';
import type { EntityListRef } from '../../metadata/refs.ts';
import { EntityListArgs, toNestedListRef } from '../arguments/entity-list-args.ts';
import { EntityNameArgs } from '../arguments/entity-name-args.ts';
import type { GatewayContext } from '../context.ts';
import { type EntityPage, loadEntityPage } from '../entity-page.ts';
import { toProfileId } from '../ids.ts';
import type { LocatedEntity } from '../located-entity.ts';
import { lookupConnector } from '../lookup-connector.ts';
import { lookupEntity } from '../lookup-entity.ts';
import { Connector } from '../types/connector.ts';
import { ConnectorEntity } from '../types/connector-entity.ts';
import { ConnectorEntityConnection } from '../types/connector-entity-connection.ts';
import { ConnectorProfile } from '../types/connector-profile.ts';

@Resolver(() => ConnectorProfile)
export class ConnectorProfileResolver {
  @FieldResolver(() => ID)
  id(@Root() profile: ConnectorProfile): string {
    return toProfileId(profile);
  }

  @FieldResolver(() => Connector, {
    nullable: true,
    description: 'The connector it uses; null when AppFlow does not list it.',
  })
  connector(
    @Root() { rawConnectorType, connectorLabel }: ConnectorProfile,
    @Ctx() { metadata }: GatewayContext,
  ): Promise<model.Connector | null> {
    return lookupConnector(metadata, {
      connectorType: rawConnectorType,
      connectorLabel: connectorLabel ?? undefined,
    });
  }

  @FieldResolver(() => ConnectorEntityConnection, {
    nullable: true,
    description: 'Names of its entities: the top level, or those under `entitiesPath`.',
  })
  async entities(
    @Root() profile: ConnectorProfile,
    @Args(() => EntityListArgs) args: EntityListArgs,
    @Ctx() { metadata }: GatewayContext,
  ): Promise<EntityPage> {
    return loadEntityPage(metadata, toListRef(profile, args), args);
  }

  @FieldResolver(() => ConnectorEntity, {
    nullable: true,
    description: 'One of its entities with its fields; null when the source application does not have it.',
  })
  async entity(
    @Root() profile: ConnectorProfile,
    @Args(() => EntityNameArgs) args: EntityNameArgs,
    @Ctx() { metadata }: GatewayContext,
  ): Promise<LocatedEntity | null> {
    checkMember('connectorEntityName', args.name, ['name']);
    return lookupEntity(metadata, toListRef(profile, args), args.name);
  }
}

/** Without the connector's type: AppFlow knows it from the profile, and the cache would hold every answer under two keys. */
function toListRef(
  profile: ConnectorProfile,
  args: Pick<EntityListArgs, 'apiVersion' | 'entitiesPath'>,
): EntityListRef {
  const ref = { connectorProfileName: profile.name, ...toNestedListRef(args) };
  checkEntityListRef(ref);
  return ref;
}
