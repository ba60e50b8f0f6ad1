/** What every estimate reads of an operation: which selections count, what fields are, and how long their pages get. */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  isCompositeType,
  isUnionType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionNode,
  TypeMetaFieldDef,
  valueFromASTUntyped,
} from 'graphql';
import { entityPageLimits } from './page.ts';

/** An operation of a document that has passed validation. */
export interface CostedOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** Coerced, with defaults. */
  readonly variables: Variables;
}

export type Variables = Readonly<Record<string, unknown>>;

/** The type that a selection is on, where it is known. */
export type Parent = GraphQLCompositeType | null | undefined;

type AnyField = GraphQLField<unknown, unknown>;
type WithArguments = Pick<FieldNode, 'arguments'>;

/** The fragments of a document by name. */
export function fragmentsOf({ definitions }: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const fragments = definitions.filter(definition => definition.kind === Kind.FRAGMENT_DEFINITION);
  return new Map(fragments.map(fragment => [fragment.name.value, fragment]));
}

/** Whether `@skip` or `@include` leaves the selection out. */
export function isLeftOut({ directives = [] }: SelectionNode, variables: Variables): boolean {
  return directives.some(directive => {
    const unwanted = { skip: true, include: false }[directive.name.value];
    return unwanted !== undefined && argumentOf(directive, 'if', variables) === unwanted;
  });
}

/** The object, interface or union of this name; `null` when it is none. */
export function toCompositeType(name: string, schema: GraphQLSchema): GraphQLCompositeType | null {
  const type = schema.getType(name);
  return isCompositeType(type) ? type : null;
}

/** The field of this name, those of introspection included. */
export function toField(name: string, parent: Parent): AnyField | undefined {
  const meta = [SchemaMetaFieldDef, TypeMetaFieldDef].find(field => field.name === name);
  if (meta !== undefined || !parent || isUnionType(parent)) return meta;
  return parent.getFields()[name];
}

/** Whether this is a page of a list, whose own lists are as long as the page. */
export function isConnection(type: Parent): boolean {
  return !!type && !isUnionType(type) && 'pageInfo' in type.getFields();
}

/** How long the page may be that the field answers. A size that is none makes the field fail, so that it costs nothing more. */
export function pageSizeOf(node: FieldNode, field: AnyField, variables: Variables): number {
  const standard = field.args.find(({ name }) => name === 'first')?.defaultValue;
  const first = argumentOf(node, 'first', variables) ?? standard;
  return typeof first === 'number' ? Math.min(Math.max(first, 1), entityPageLimits.maxFirst) : 1;
}

/** The value of an argument as it was given; `undefined` when it was not. */
export function argumentOf({ arguments: given = [] }: WithArguments, argument: string, variables: Variables): unknown {
  const node = given.find(({ name }) => name.value === argument);
  return node && valueFromASTUntyped(node.value, variables);
}

/** Finite, so that no product of two costs is anything but a number. */
export function atMost(cost: number): number {
  return Math.min(cost, Number.MAX_SAFE_INTEGER);
}
