import { Field, ObjectType } from 'type-graphql';
import type * as model from '../../metadata/model.ts';
import { DateTime } from './date-time.ts';

@ObjectType({ description: 'When something was read, and how old it can be.' })
export class MetadataFreshness implements model.MetadataFreshness {
  @Field(() => DateTime, { description: 'When the gateway began to read it from AppFlow.' })
  fetchedAt!: Date;

  @Field(() => DateTime, { description: 'From then on the gateway reads it again.' })
  expiresAt!: Date;

  @Field(() => DateTime, {
    description:
      "Nothing that happened in the source application before this instant is missing: it counts AppFlow's own caching too.",
  })
  completeAsOf!: Date;

  @Field(() => Boolean, {
    description:
      'Whether AppFlow failed when it was to be read again: then it is the last answer, past `expiresAt`. Never from before a reset, and only where the operator allows it (`STALE_IF_ERROR_SECONDS`).',
  })
  isStale!: boolean;
}
