import { Field, ObjectType } from 'type-graphql';
import type * as model from '../../metadata/model.ts';

@ObjectType({ description: 'What flows can do with a field of a destination.' })
export class DestinationFieldProperties implements model.DestinationFieldProperties {
  @Field(() => Boolean, { description: 'It can be set when a record is created.' })
  isCreatable!: boolean;

  @Field(() => Boolean, { description: 'It may be left empty.' })
  isNullable!: boolean;

  @Field(() => Boolean, { description: 'It can be set by an upsert.' })
  isUpsertable!: boolean;

  @Field(() => Boolean, { description: 'It can be changed later.' })
  isUpdatable!: boolean;

  @Field(() => Boolean, { description: 'The application fills it in when a record is created without it.' })
  isDefaultedOnCreate!: boolean;

  @Field(() => [String], { description: 'Write operations that may touch it, such as `INSERT`.' })
  supportedWriteOperations!: readonly string[];
}
