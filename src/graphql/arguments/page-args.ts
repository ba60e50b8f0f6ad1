import { ArgsType, Field, Int } from 'type-graphql';
import { type PageRequest, pageLimits } from '../page.ts';

/** `first` and `after` of connectors and profiles. */
@ArgsType()
export class PageArgs implements PageRequest {
  @Field(() => Int, {
    nullable: true,
    defaultValue: pageLimits.defaultFirst,
    description: `How many to answer at most, 1 to ${pageLimits.maxFirst}.`,
  })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'Answer what comes after this cursor of the same list.' })
  after?: string | null;
}
