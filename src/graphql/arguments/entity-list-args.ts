import { ArgsType, Field } from 'type-graphql';
import type { EntityListRef } from '../../metadata/refs.ts';
import { EntityPageArgs } from './entity-page-args.ts';

/** Which entity list of a known connector or profile, and which page of it. */
@ArgsType()
export class EntityListArgs extends EntityPageArgs {
  @Field(() => String, {
    nullable: true,
    description: 'Needed for custom connectors and for connectors with several API versions.',
  })
  apiVersion?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Name of the parent whose children to list; the top level when left out.',
  })
  entitiesPath?: string | null;
}

/** The part of a list's ref that these arguments hold. */
export function toNestedListRef(args: Pick<EntityListArgs, 'apiVersion' | 'entitiesPath'>): EntityListRef {
  return { apiVersion: args.apiVersion ?? undefined, entitiesPath: args.entitiesPath ?? undefined };
}
