import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import {
  argumentOf,
  atMost,
  type CostedOperation,
  fragmentsOf,
  isConnection,
  isLeftOut,
  type Parent,
  pageSizeOf,
  toCompositeType,
  toField,
} from './costed-operation.ts';

/**
 * How long a list counts that is not paged, such as the fields of an entity. Lower than many are, for they are as long as the
 * source application makes them; what a query can multiply without end is pages within pages.
 */
const unpagedListLength = 10;

/** A filter looks at the whole list, however short the page. */
const filterCost = 200;

/** Deeper is not looked into, but counted as without end: nobody writes it, and the stack is finite. */
const maxDepth = 200;

/**
 * Estimates how many values the answer to an operation holds when every page is full: one per field, multiplied by the lists it
 * is in. A page counts as long as `first` asks, `_entities` as long as its representations. Takes time in proportion to
 * the document, not to the estimate. `Number.MAX_SAFE_INTEGER` stands for that and anything more.
 */
export function estimateAnswerCost({ schema, document, operation, variables }: CostedOperation): number {
  const estimation: Estimation = {
    schema,
    variables,
    fragments: fragmentsOf(document),
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
  if (isLeftOut(selection, estimation.variables)) return free;
  switch (selection.kind) {
    case Kind.FIELD:
      return costOfField(selection, parent, estimation);
    case Kind.INLINE_FRAGMENT: {
      const { typeCondition } = selection;
      const type = typeCondition ? toCompositeType(typeCondition.name.value, estimation.schema) : parent;
      return costOfSet(selection.selectionSet, type, estimation);
    }
    case Kind.FRAGMENT_SPREAD:
      return costOfFragment(selection.name.value, estimation);
    default:
      return selection satisfies never;
  }
}

function costOfFragment(name: string, estimation: Estimation): Cost {
  const known = estimation.fragmentCosts.get(name);
  if (known !== undefined) return known;
  // Validation refuses a fragment that contains itself; if it did not, this would end all the same.
  estimation.fragmentCosts.set(name, free);
  const fragment = estimation.fragments.get(name);
  if (fragment === undefined) return free;
  const type = toCompositeType(fragment.typeCondition.name.value, estimation.schema);
  const cost = costOfSet(fragment.selectionSet, type, estimation);
  estimation.fragmentCosts.set(name, cost);
  return cost;
}

function costOfField(node: FieldNode, parent: Parent, estimation: Estimation): Cost {
  const own = argumentOf(node, 'filter', estimation.variables) == null ? 1 : 1 + filterCost;
  const field = toField(node.name.value, parent);
  const type = getNamedType(field?.type);
  if (!field || !node.selectionSet || !isCompositeType(type)) return { once: own, perItem: 0 };
  const { once, perItem } = costOfSet(node.selectionSet, type, estimation);
  const content = atMost(once + perItem * pageSizeOf(node, field, estimation.variables));
  if (!isListType(getNullableType(field.type))) return { once: own + content, perItem: 0 };
  if (isConnection(parent)) return { once: own, perItem: 1 + content };
  return { once: atMost(own + listLengthOf(node, estimation) * (1 + content)), perItem: 0 };
}

function listLengthOf(node: FieldNode, { variables }: Estimation): number {
  const representations = argumentOf(node, 'representations', variables);
  return Array.isArray(representations) ? representations.length : unpagedListLength;
}
