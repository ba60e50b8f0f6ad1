import { Directive, Field, ObjectType } from 'type-graphql';
import type { ConnectorType as DomainConnectorType } from '../../metadata/connector-type.ts';
import type * as model from '../../metadata/model.ts';
import { ConnectorType } from './connector-type.ts';

@Directive('@key(fields: "id")')
@ObjectType({
  description:
    "An application AppFlow can talk to: one of AWS's own, or a custom connector registered in the account. What a custom connector can do takes a DescribeConnector call, made when it is selected; if that fails, only those fields are null.",
})
export class Connector implements model.Connector {
  @Field(() => ConnectorType, {
    description: 'Which application. UNKNOWN when AppFlow knows it and this gateway does not.',
  })
  type!: DomainConnectorType;

  @Field(() => String, { description: "AppFlow's exact `connectorType`, also when `type` is UNKNOWN." })
  rawType!: string;

  @Field(() => String, { nullable: true, description: "Tells custom connectors apart; null for AWS's own." })
  label!: string | null;

  @Field(() => String, { nullable: true, description: 'The name to show.' })
  name!: string | null;

  @Field(() => String, { nullable: true })
  description!: string | null;

  @Field(() => String, { nullable: true, description: 'Who made the connector.' })
  owner!: string | null;

  @Field(() => String, { nullable: true, description: 'Version of the connector itself; not one of its API versions.' })
  version!: string | null;

  @Field(() => [String], {
    description: '`SOURCE` when flows can read from it, `DESTINATION` when they can write to it.',
  })
  modes!: readonly string[];

  /** Not in the schema: its members are, and for custom connectors they come from DescribeConnector. */
  configuration!: model.ConnectorConfiguration | null;
}
