import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ObjectType } from 'type-graphql';
import type * as model from '../../metadata/model.ts';

@ObjectType({ description: 'When something was read, and how old it can be.' })
export class MetadataFreshness implements model.MetadataFreshness {
  @Field(() => GraphQLDateTime, { description: 'When the gateway began to read it from AppFlow.' })
  fetchedAt!: Date;

  @Field(() => GraphQLDateTime, { description: 'From then on the gateway reads it again.' })
  expiresAt!: Date;

  @Field(() => GraphQLDateTime, {
    description:
      "Nothing that happened in the source application before this instant is missing: it counts AppFlow's own caching too.",
  })
  completeAsOf!: Date;
}
