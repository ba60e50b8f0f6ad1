import { ArgsType, Field } from 'type-graphql';

/** Which entity of a known profile. */
@ArgsType()
export class EntityNameArgs {
  @Field(() => String, { description: 'Its name, as AppFlow lists it.' })
  name!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Needed for custom connectors and for connectors with several API versions.',
  })
  apiVersion?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Name of its parent when it is nested. Its fields are found without; `label`, `group` and `hasNestedEntities` are what the list under this path says.',
  })
  entitiesPath?: string | null;
}
