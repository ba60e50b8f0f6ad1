import { ArgsType, Field } from 'type-graphql';
import { ConnectorFilter } from './connector-filter.ts';
import { PageArgs } from './page-args.ts';

@ArgsType()
export class ConnectorsArgs extends PageArgs {
  @Field(() => ConnectorFilter, { nullable: true })
  filter?: ConnectorFilter | null;
}
