import { Directive, Field, ObjectType } from 'type-graphql';
import type { Page } from '../page.ts';

// Other subgraphs of a graph have their own PageInfo, and composition wants every one of them to agree to that.
@Directive('@shareable')
@ObjectType({ description: 'Where a page stands in its list.' })
export class PageInfo implements Readonly<Page<unknown>['pageInfo']> {
  @Field(() => Boolean)
  hasNextPage!: boolean;

  @Field(() => Boolean)
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first item; null on an empty page.' })
  startCursor!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Cursor of the last item, to be given as `after` for the next page.',
  })
  endCursor!: string | null;
}
