import { Directive, Field, ObjectType } from 'type-graphql';
import type { ListedEntity } from '../../metadata/model.ts';
import type { EntityListRef } from '../../metadata/refs.ts';
import type { LocatedEntity } from '../located-entity.ts';

@Directive('@key(fields: "id")')
@ObjectType({
  description:
    'An object, table or group of them in the source application. A list answers names at no further cost; `fields`, `fingerprint` and `freshness` take one DescribeConnectorEntity call per entity when it is not cached.',
})
export class ConnectorEntity implements LocatedEntity {
  @Field(() => String, { description: 'The name by which AppFlow knows it.' })
  name!: string;

  /** Not in the schema: where it was found. */
  list!: EntityListRef;

  /** Not in the schema: what the list said, shown as `label`, `group` and `hasNestedEntities`. */
  listed!: ListedEntity | null;
}
