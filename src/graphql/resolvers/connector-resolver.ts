import { Args, Ctx, FieldResolver, ID, Resolver, Root } from 'type-graphql';
import { needsNoProfile, resetRequirements } from '../../metadata/connector-type.ts';
import { checkEntityListRef } from '../../metadata/input-rules.ts';
import type { ConnectorConfiguration, ConnectorProfile } from '../../metadata/model.ts';
import type { MetadataSource } from '../../metadata/source.ts';
import { EntityListArgs, toNestedListRef } from '../arguments/entity-list-args.ts';
import { PageArgs } from '../arguments/page-args.ts';
import type { GatewayContext } from '../context.ts';
import { type EntityPage, loadEntityPage } from '../entity-page.ts';
import { toConnectorId } from '../ids.ts';
import type { Page } from '../page.ts';
import { loadProfilePage } from '../profile-page.ts';
import { createSelection } from '../selection.ts';
import { Connector } from '../types/connector.ts';
import { ConnectorEntityConnection } from '../types/connector-entity-connection.ts';
import { ConnectorProfileConnection } from '../types/connector-profile-connection.ts';
import { ResetRequirements } from '../types/reset-requirements.ts';

// What comes from the configuration is nullable, lists too: AppFlow lists registered custom connectors without it, and a
// DescribeConnector call that fails must not take the connector's name away.
@Resolver(() => Connector)
export class ConnectorResolver {
  @FieldResolver(() => ID)
  id(@Root() connector: Connector): string {
    return toConnectorId(connector);
  }

  @FieldResolver(() => String, { nullable: true })
  async arn(@Root() connector: Connector, @Ctx() { metadata }: GatewayContext): Promise<string | null> {
    return (await loadConfiguration(metadata, connector)).arn;
  }

  @FieldResolver(() => String, { nullable: true, description: 'Where its logo is; the gateway never fetches it.' })
  async logoUrl(@Root() connector: Connector, @Ctx() { metadata }: GatewayContext): Promise<string | null> {
    return (await loadConfiguration(metadata, connector)).logoUrl;
  }

  @FieldResolver(() => [String], {
    nullable: true,
    description: 'Values that `apiVersion` may take. AppFlow does not say which of them a profile uses.',
  })
  async supportedApiVersions(
    @Root() connector: Connector,
    @Ctx() { metadata }: GatewayContext,
  ): Promise<readonly string[]> {
    return (await loadConfiguration(metadata, connector)).supportedApiVersions;
  }

  @FieldResolver(() => Boolean, { nullable: true })
  async canUseAsSource(@Root() connector: Connector, @Ctx() { metadata }: GatewayContext): Promise<boolean | null> {
    return (await loadConfiguration(metadata, connector)).canUseAsSource;
  }

  @FieldResolver(() => Boolean, { nullable: true })
  async canUseAsDestination(
    @Root() connector: Connector,
    @Ctx() { metadata }: GatewayContext,
  ): Promise<boolean | null> {
    return (await loadConfiguration(metadata, connector)).canUseAsDestination;
  }

  @FieldResolver(() => [String], {
    nullable: true,
    description: 'What can start a flow from it: `Scheduled`, `Event`, `OnDemand`.',
  })
  async supportedTriggerTypes(
    @Root() connector: Connector,
    @Ctx() { metadata }: GatewayContext,
  ): Promise<readonly string[]> {
    return (await loadConfiguration(metadata, connector)).supportedTriggerTypes;
  }

  @FieldResolver(() => [String], {
    nullable: true,
    description: 'How flows can write to it: `INSERT`, `UPSERT`, `UPDATE`, `DELETE`.',
  })
  async supportedWriteOperations(
    @Root() connector: Connector,
    @Ctx() { metadata }: GatewayContext,
  ): Promise<readonly string[]> {
    return (await loadConfiguration(metadata, connector)).supportedWriteOperations;
  }

  @FieldResolver(() => ResetRequirements, {
    nullable: true,
    description: 'What a reset for this connector has to carry, so that a front end can build a valid one.',
  })
  async resetRequirements(
    @Root() connector: Connector,
    @Ctx() { metadata }: GatewayContext,
  ): Promise<ResetRequirements> {
    // Custom connectors need the version however many there are: no call to find out.
    if (connector.rawType === 'CustomConnector') return resetRequirements(connector.rawType);
    const { supportedApiVersions } = await loadConfiguration(metadata, connector);
    return resetRequirements(connector.rawType, supportedApiVersions);
  }

  @FieldResolver(() => ConnectorProfileConnection, { nullable: true, description: 'The profiles that connect to it.' })
  profiles(
    @Root() { rawType, label }: Connector,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { metadata }: GatewayContext,
  ): Promise<Page<ConnectorProfile>> {
    const ofConnector = createSelection<ConnectorProfile>({ connector: [rawType, label] }, [
      profile => profile.rawConnectorType === rawType && (label === null || profile.connectorLabel === label),
    ]);
    return loadProfilePage(metadata, ofConnector, page);
  }

  @FieldResolver(() => ConnectorEntityConnection, {
    nullable: true,
    description: 'Entities of a connector that needs no profile; null for the others, whose profiles have them.',
  })
  async entities(
    @Root() { rawType }: Connector,
    @Args(() => EntityListArgs) args: EntityListArgs,
    @Ctx() { metadata }: GatewayContext,
  ): Promise<EntityPage | null> {
    if (!needsNoProfile(rawType)) return null;
    const ref = { connectorType: rawType, ...toNestedListRef(args) };
    checkEntityListRef(ref);
    return loadEntityPage(metadata, ref, args);
  }
}

async function loadConfiguration(source: MetadataSource, connector: Connector): Promise<ConnectorConfiguration> {
  const { rawType, label, configuration } = connector;
  return configuration ?? source.describeConnector({ connectorType: rawType, connectorLabel: label ?? undefined });
}
