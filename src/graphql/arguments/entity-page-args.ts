import { ArgsType, Field, Int } from 'type-graphql';
import { entityPageLimits, type PageRequest } from '../page.ts';
import { ConnectorEntityFilter } from './connector-entity-filter.ts';

/** Which page of a known entity list. */
@ArgsType()
export class EntityPageArgs implements PageRequest {
  @Field(() => ConnectorEntityFilter, { nullable: true })
  filter?: ConnectorEntityFilter | null;

  @Field(() => Int, {
    nullable: true,
    defaultValue: entityPageLimits.defaultFirst,
    description: `How many to answer at most, 1 to ${entityPageLimits.maxFirst}.`,
  })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'Answer what comes after this cursor of the same list.' })
  after?: string | null;
}
