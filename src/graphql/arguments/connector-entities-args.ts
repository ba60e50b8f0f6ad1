import { ArgsType, Field } from 'type-graphql';
import type { ConnectorType as DomainConnectorType } from '../../metadata/connector-type.ts';
import { checkEntityListRef } from '../../metadata/input-rules.ts';
import type { EntityListRef } from '../../metadata/refs.ts';
import { ConnectorType, toRawConnectorType } from '../types/connector-type.ts';
import { EntityListArgs, toNestedListRef } from './entity-list-args.ts';

@ArgsType()
export class ConnectorEntitiesArgs extends EntityListArgs {
  @Field(() => String, {
    nullable: true,
    description:
      'Required, except for connectors that have no profile: CUSTOMER_PROFILES, EVENT_BRIDGE, LOOKOUT_METRICS, S3, UPSOLVER.',
  })
  connectorProfileName?: string | null;

  @Field(() => ConnectorType, {
    nullable: true,
    description:
      "Required for the connectors that have no profile; beside a profile it adds nothing and has to be that profile's.",
  })
  connectorType?: DomainConnectorType | null;
}

/** The list to read. Throws `BAD_USER_INPUT` when AppFlow could not list for these arguments. */
export function toEntityListRef(args: ConnectorEntitiesArgs): EntityListRef {
  const ref = {
    connectorProfileName: args.connectorProfileName ?? undefined,
    connectorType: toRawConnectorType(args.connectorType),
    ...toNestedListRef(args),
  };
  checkEntityListRef(ref);
  return ref;
}
