import { Field, ObjectType } from 'type-graphql';
import type * as model from '../../metadata/model.ts';

@ObjectType({ description: 'What flows can do with a field of a source.' })
export class SourceFieldProperties implements model.SourceFieldProperties {
  @Field(() => Boolean, { description: 'It can be read.' })
  isRetrievable!: boolean;

  @Field(() => Boolean, { description: 'It can be used in a condition.' })
  isQueryable!: boolean;

  @Field(() => Boolean, { description: 'Incremental flows can find new records by it.' })
  isTimestampFieldForIncrementalQueries!: boolean;
}
