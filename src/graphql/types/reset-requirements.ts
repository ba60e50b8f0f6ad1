import { Field, ObjectType } from 'type-graphql';
import type * as connectorType from '../../metadata/connector-type.ts';

@ObjectType({
  description:
    'What the input of `resetConnectorMetadataCache` has to carry for a connector, so that a front end can build a valid one.',
})
export class ResetRequirements implements connectorType.ResetRequirements {
  @Field(() => Boolean)
  connectorProfileName!: boolean;

  @Field(() => Boolean)
  connectorType!: boolean;

  @Field(() => Boolean, { description: 'True for custom connectors and for connectors with several API versions.' })
  apiVersion!: boolean;
}
