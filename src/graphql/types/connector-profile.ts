import { Directive, Field, ObjectType } from 'type-graphql';
import type { ConnectorType as DomainConnectorType } from '../../metadata/connector-type.ts';
import type * as model from '../../metadata/model.ts';
import { ConnectionMode } from './connection-mode.ts';
import { ConnectorType } from './connector-type.ts';
import { DateTime } from './date-time.ts';

@Directive('@key(fields: "id")')
@Directive('@key(fields: "arn")')
@ObjectType({
  description:
    'A named connection to one application. Never shows credentials: neither the ARN of the secret nor the connection properties are in this API.',
})
export class ConnectorProfile implements model.ConnectorProfile {
  @Field(() => String)
  arn!: string;

  @Field(() => String, { description: 'Unique in the account and region.' })
  name!: string;

  @Field(() => ConnectorType, {
    description: 'Which application. UNKNOWN when AppFlow knows it and this gateway does not.',
  })
  connectorType!: DomainConnectorType;

  @Field(() => String, { description: "AppFlow's exact `connectorType`, also when `connectorType` is UNKNOWN." })
  rawConnectorType!: string;

  @Field(() => String, { nullable: true, description: 'Which custom connector, when it is one.' })
  connectorLabel!: string | null;

  @Field(() => ConnectionMode, { nullable: true })
  connectionMode!: model.ConnectionMode | null;

  @Field(() => String, {
    nullable: true,
    description: "AppFlow's exact `connectionMode`, also when `connectionMode` is UNKNOWN.",
  })
  rawConnectionMode!: string | null;

  @Field(() => DateTime, { nullable: true })
  createdAt!: Date | null;

  @Field(() => DateTime, { nullable: true })
  lastUpdatedAt!: Date | null;
}
