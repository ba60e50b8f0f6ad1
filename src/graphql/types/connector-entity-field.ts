import { Field, ObjectType } from 'type-graphql';
import type { EntityField } from '../../metadata/model.ts';
import { CustomProperty } from './custom-property.ts';
import { DestinationFieldProperties } from './destination-field-properties.ts';
import { NumericRange } from './numeric-range.ts';
import { SourceFieldProperties } from './source-field-properties.ts';

@ObjectType({ description: 'A field of an entity, as the source application describes it to AppFlow.' })
export class ConnectorEntityField implements EntityField {
  @Field(() => String, { description: 'Unique in its entity; what flows map.' })
  identifier!: string;

  @Field(() => String, { nullable: true, description: 'The field this one is nested in.' })
  parentIdentifier!: string | null;

  @Field(() => String, { nullable: true })
  label!: string | null;

  @Field(() => String, { nullable: true })
  description!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The application's own word for its type, such as `string` or `picklist`: AppFlow has no closed set.",
  })
  fieldType!: string | null;

  @Field(() => Boolean)
  isPrimaryKey!: boolean;

  @Field(() => Boolean)
  isDeprecated!: boolean;

  @Field(() => String, { nullable: true })
  defaultValue!: string | null;

  @Field(() => [String], { description: 'Operators that a flow may use to filter by this field.' })
  filterOperators!: readonly string[];

  @Field(() => [String], { description: 'The values it may take; empty when they are not enumerated.' })
  supportedValues!: readonly string[];

  @Field(() => String, { nullable: true, description: 'A regular expression that its values match.' })
  valueRegexPattern!: string | null;

  @Field(() => String, { nullable: true, description: 'The format of its values when it is a date.' })
  supportedDateFormat!: string | null;

  @Field(() => NumericRange, { nullable: true, description: 'Bounds of its value.' })
  fieldValueRange!: NumericRange | null;

  @Field(() => NumericRange, { nullable: true, description: 'Bounds of its length.' })
  fieldLengthRange!: NumericRange | null;

  @Field(() => SourceFieldProperties, { nullable: true, description: 'What flows can do when they read from it.' })
  sourceProperties!: SourceFieldProperties | null;

  @Field(() => DestinationFieldProperties, { nullable: true, description: 'What flows can do when they write to it.' })
  destinationProperties!: DestinationFieldProperties | null;

  @Field(() => [CustomProperty], { description: 'What a custom connector says beyond this; empty otherwise.' })
  customProperties!: readonly CustomProperty[];
}
