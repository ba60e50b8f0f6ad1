import { Field, InputType } from 'type-graphql';
import type { EntityField } from '../../metadata/model.ts';
import { containsIgnoringCase, createSelection, type Selection } from '../selection.ts';

@InputType({ description: 'Keeps the fields that meet every condition given. An empty list is met by none.' })
export class ConnectorEntityFieldFilter {
  @Field(() => String, { nullable: true, description: 'Whose identifier or label contains this, ignoring case.' })
  identifierContains?: string | null;

  @Field(() => [String], { nullable: true, description: 'Of one of these field types, ignoring case.' })
  fieldTypes?: readonly string[] | null;

  @Field(() => Boolean, { nullable: true })
  isPrimaryKey?: boolean | null;

  @Field(() => Boolean, { nullable: true })
  isDeprecated?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'That flows can, or cannot, read; unsaid by the connector counts as cannot.',
  })
  isRetrievable?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'That flows can, or cannot, set on new records; unsaid by the connector counts as cannot.',
  })
  isCreatable?: boolean | null;
}

/** What the filter keeps of an entity's fields. */
export function selectFields(filter: ConnectorEntityFieldFilter | null | undefined): Selection<EntityField> {
  const { identifierContains, isPrimaryKey, isDeprecated, isRetrievable, isCreatable } = filter ?? {};
  const fieldTypes = filter?.fieldTypes?.map(type => type.toLowerCase());
  return createSelection(filter, [
    identifierContains != null &&
      (({ identifier, label }) => containsIgnoringCase([identifier, label], identifierContains)),
    fieldTypes !== undefined && (({ fieldType }) => fieldType !== null && fieldTypes.includes(fieldType.toLowerCase())),
    isPrimaryKey != null && (field => field.isPrimaryKey === isPrimaryKey),
    isDeprecated != null && (field => field.isDeprecated === isDeprecated),
    isRetrievable != null && (field => (field.sourceProperties?.isRetrievable ?? false) === isRetrievable),
    isCreatable != null && (field => (field.destinationProperties?.isCreatable ?? false) === isCreatable),
  ]);
}
