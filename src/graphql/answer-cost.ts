import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isUnionType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionNode,
  type SelectionSetNode,
  TypeMetaFieldDef,
  valueFromASTUntyped,
} from 'graphql';
import { entityPageLimits } from './page.ts';

/**
 * How long a list counts that is not paged, such as the fields of an entity. Lower than many are, for they are as long as the
 * source application makes them; what a query can multiply without end is pages within pages.
 */
const unpagedListLength = 10;

/** A filter looks at the whole list, however short the page. */
const filterCost = 200;

/** Deeper is not looked into, but counted as without end: nobody writes it, and the stack is finite. */
const maxDepth = 200;

/** An operation of a document that has passed validation. */
export interface CostedOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** Coerced, with defaults. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * Estimates how many values the answer to an operation holds when every page is full: one per field, multiplied by the lists it
 * is in. A page counts as long as `first` asks, `_entities` as long as its representations. Takes time in proportion to
 * the document, not to the estimate. `Number.MAX_SAFE_INTEGER` stands for that and anything more.
 */
export function estimateAnswerCost({ schema, document, operation, variables }: CostedOperation): number {
  const fragments = document.definitions.filter(definition => definition.kind === Kind.FRAGMENT_DEFINITION);
  const estimation: Estimation = {
    schema,
    variables,
    fragments: new Map(fragments.map(fragment => [fragment.name.value, fragment])),
    fragmentCosts: new Map(),
    depth: 0,
  };
  const { once } = costOfSet(operation.selectionSet, schema.getRootType(operation.operation), estimation);
  return Math.min(once, Number.MAX_SAFE_INTEGER);
}

interface Estimation {
  readonly schema: GraphQLSchema;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Each fragment is looked into once, however often it is spread. */
  readonly fragmentCosts: Map<string, Cost>;
  /** How many selection sets, fragments' included, are around this place. */
  readonly depth: number;
}

/** What a selection adds to an answer: once, and again for every item of the page that it is selected on. */
interface Cost {
  readonly once: number;
  readonly perItem: number;
}

const free: Cost = { once: 0, perItem: 0 };
const endless: Cost = { once: Number.MAX_SAFE_INTEGER, perItem: 0 };

type Parent = GraphQLCompositeType | null | undefined;

function costOfSet({ selections }: SelectionSetNode, parent: Parent, estimation: Estimation): Cost {
  if (estimation.depth === maxDepth) return endless;
  const within = { ...estimation, depth: estimation.depth + 1 };
  const costs = selections.map(selection => costOfSelection(selection, parent, within));
  return {
    once: costs.reduce((sum, { once }) => sum + once, 0),
    perItem: costs.reduce((sum, { perItem }) => sum + perItem, 0),
  };
}

function costOfSelection(selection: SelectionNode, parent: Parent, estimation: Estimation): Cost {
  if (isLeftOut(selection, estimation)) return free;
  switch (selection.kind) {
    case Kind.FIELD:
      return costOfField(selection, parent, estimation);
    case Kind.INLINE_FRAGMENT: {
      const { typeCondition } = selection;
      const type = typeCondition ? toCompositeType(typeCondition.name.value, estimation) : parent;
      return costOfSet(selection.selectionSet, type, estimation);
    }
    case Kind.FRAGMENT_SPREAD:
      return costOfFragment(selection.name.value, estimation);
    default:
      return selection satisfies never;
  }
}

function isLeftOut({ directives = [] }: SelectionNode, { variables }: Estimation): boolean {
  return directives.some(directive => {
    const unwanted = { skip: true, include: false }[directive.name.value];
    return unwanted !== undefined && argumentOf(directive, 'if', variables) === unwanted;
  });
}

function costOfFragment(name: string, estimation: Estimation): Cost {
  const known = estimation.fragmentCosts.get(name);
  if (known !== undefined) return known;
  // Validation refuses a fragment that contains itself; if it did not, this would end all the same.
  estimation.fragmentCosts.set(name, free);
  const fragment = estimation.fragments.get(name);
  if (fragment === undefined) return free;
  const type = toCompositeType(fragment.typeCondition.name.value, estimation);
  const cost = costOfSet(fragment.selectionSet, type, estimation);
  estimation.fragmentCosts.set(name, cost);
  return cost;
}

function toCompositeType(name: string, { schema }: Estimation): GraphQLCompositeType | null {
  const type = schema.getType(name);
  return isCompositeType(type) ? type : null;
}

function costOfField(node: FieldNode, parent: Parent, estimation: Estimation): Cost {
  const own = argumentOf(node, 'filter', estimation.variables) == null ? 1 : 1 + filterCost;
  const field = toField(node.name.value, parent);
  const type = getNamedType(field?.type);
  if (!field || !node.selectionSet || !isCompositeType(type)) return { once: own, perItem: 0 };
  const { once, perItem } = costOfSet(node.selectionSet, type, estimation);
  const content = atMost(once + perItem * pageSizeOf(node, field, estimation));
  if (!isListType(getNullableType(field.type))) return { once: own + content, perItem: 0 };
  if (isConnection(parent)) return { once: own, perItem: 1 + content };
  return { once: atMost(own + listLengthOf(node, estimation) * (1 + content)), perItem: 0 };
}

/** Finite, so that no product of two costs is anything but a number. */
function atMost(cost: number): number {
  return Math.min(cost, Number.MAX_SAFE_INTEGER);
}

type AnyField = GraphQLField<unknown, unknown>;

function toField(name: string, parent: Parent): AnyField | undefined {
  const meta = [SchemaMetaFieldDef, TypeMetaFieldDef].find(field => field.name === name);
  if (meta !== undefined || !parent || isUnionType(parent)) return meta;
  return parent.getFields()[name];
}

/** Whether this is a page of a list, whose own lists are as long as the page. */
function isConnection(type: Parent): boolean {
  return !!type && !isUnionType(type) && 'pageInfo' in type.getFields();
}

/** A size that is none makes the field fail, so that it costs nothing more. */
function pageSizeOf(node: FieldNode, field: AnyField, { variables }: Estimation): number {
  const standard = field.args.find(({ name }) => name === 'first')?.defaultValue;
  const first = argumentOf(node, 'first', variables) ?? standard;
  return typeof first === 'number' ? Math.min(Math.max(first, 1), entityPageLimits.maxFirst) : 1;
}

function listLengthOf(node: FieldNode, { variables }: Estimation): number {
  const representations = argumentOf(node, 'representations', variables);
  return Array.isArray(representations) ? representations.length : unpagedListLength;
}

type WithArguments = Pick<FieldNode, 'arguments'>;

function argumentOf(
  { arguments: given = [] }: WithArguments,
  argument: string,
  variables: Readonly<Record<string, unknown>>,
): unknown {
  const node = given.find(({ name }) => name.value === argument);
  return node && valueFromASTUntyped(node.value, variables);
}
