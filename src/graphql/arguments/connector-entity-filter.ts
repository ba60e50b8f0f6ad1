import { Field, InputType } from 'type-graphql';
import type { ListedEntity } from '../../metadata/model.ts';
import { containsIgnoringCase, createSelection, type Selection } from '../selection.ts';

@InputType({ description: 'Keeps the entities that meet every condition given.' })
export class ConnectorEntityFilter {
  @Field(() => String, { nullable: true, description: 'Whose name or label contains this, ignoring case.' })
  nameContains?: string | null;

  @Field(() => String, { nullable: true, description: 'Listed by AppFlow under exactly this group.' })
  group?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'That have children, or that have none.' })
  hasNestedEntities?: boolean | null;
}

/** What the filter keeps of an entity list. */
export function selectEntities(filter: ConnectorEntityFilter | null | undefined): Selection<ListedEntity> {
  const { nameContains, group, hasNestedEntities } = filter ?? {};
  return createSelection(filter, [
    nameContains != null && (({ name, label }) => containsIgnoringCase([name, label], nameContains)),
    group != null && (entity => entity.group === group),
    hasNestedEntities != null && (entity => entity.hasNestedEntities === hasNestedEntities),
  ]);
}
