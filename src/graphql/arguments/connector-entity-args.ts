import { ArgsType, Field } from 'type-graphql';
import type { ConnectorType as DomainConnectorType } from '../../metadata/connector-type.ts';
import { ConnectorType } from '../types/connector-type.ts';
import { EntityNameArgs } from './entity-name-args.ts';

@ArgsType()
export class ConnectorEntityArgs extends EntityNameArgs {
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
