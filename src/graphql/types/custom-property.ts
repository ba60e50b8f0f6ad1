import { Field, ObjectType } from 'type-graphql';
import type * as model from '../../metadata/model.ts';

@ObjectType({ description: 'A name and value that a custom connector attached.' })
export class CustomProperty implements model.CustomProperty {
  @Field(() => String)
  key!: string;

  @Field(() => String)
  value!: string;
}
