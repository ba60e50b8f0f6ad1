import { Field, Int, ObjectType } from 'type-graphql';
import type { EntityPage } from '../entity-page.ts';
import { createConnection } from './connection.ts';
import { ConnectorEntity } from './connector-entity.ts';
import { MetadataFreshness } from './metadata-freshness.ts';

@ObjectType({
  description:
    'A page of entities, sorted by name. Cursors outlive a background refresh as long as the list says the same; when it has changed, `after` is refused and the walk starts again from the first page.',
})
export class ConnectorEntityConnection
  extends createConnection('ConnectorEntity', () => ConnectorEntity)
  implements EntityPage
{
  @Field(() => Int, { description: 'How many entities there are on all pages, after the filter.' })
  totalCount!: number;

  @Field(() => MetadataFreshness, { description: 'Of the whole list: all pages were read at once.' })
  freshness!: MetadataFreshness;
}
