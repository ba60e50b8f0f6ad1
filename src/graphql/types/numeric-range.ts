import { Field, Float, ObjectType } from 'type-graphql';
import type * as model from '../../metadata/model.ts';

@ObjectType({ description: 'Inclusive bounds; null where there is none.' })
export class NumericRange implements model.NumericRange {
  @Field(() => Float, { nullable: true })
  minimum!: number | null;

  @Field(() => Float, { nullable: true })
  maximum!: number | null;
}
