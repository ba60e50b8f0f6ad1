import { ArgsType, Field } from 'type-graphql';
import { ConnectorProfileFilter } from './connector-profile-filter.ts';
import { PageArgs } from './page-args.ts';

@ArgsType()
export class ConnectorProfilesArgs extends PageArgs {
  @Field(() => ConnectorProfileFilter, { nullable: true })
  filter?: ConnectorProfileFilter | null;
}
