import { type DefinitionNode, type DocumentNode, Kind, visit } from 'graphql';

/** How large a document is in every way that has a limit. Sums end at `Number.MAX_SAFE_INTEGER`. */
export interface DocumentShape {
  readonly operations: number;
  readonly fragments: number;
  /** Of the operation with the most, as are all that follow; what a fragment holds counts wherever it is spread. */
  readonly variables: number;
  readonly depth: number;
  readonly topLevelFields: number;
  readonly aliases: number;
  readonly directives: number;
  readonly fields: number;
  /** Pairs of fields, in the document as it is written, that answer under one name. */
  readonly namesakes: number;
}

/**
 * Measures a document that has been parsed and nothing else: it may spread fragments in circles, or double them without end. Takes one step for each of
 * its nodes, and one for each spread.
 *
 * @param maxFragments With more than so many, what they hold is not counted where they are spread: it would be sought along chains as long.
 */
export function measureDocument(document: DocumentNode, maxFragments: number): DocumentShape {
  const { definitions, names } = measureDefinitions(document);
  const operations = definitions.flatMap(({ definition }) =>
    definition.kind === Kind.OPERATION_DEFINITION ? [definition] : [],
  );
  const known = new Map(
    definitions.flatMap(({ definition, own }) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, own] as const] : [],
    ),
  );
  const fragments = definitions.length - operations.length;
  const totals = new Map<string, Sizes>();
  const sizes = definitions.map(({ own }) => (fragments > maxFragments ? own : withSpreads(own, { known, totals })));
  return {
    ...sizes.reduce(largest, nothing),
    operations: operations.length,
    fragments,
    variables: operations.reduce((most, { variableDefinitions = [] }) => Math.max(most, variableDefinitions.length), 0),
    namesakes: [...names.values()].reduce((pairs, count) => pairs + (count * (count - 1)) / 2, 0),
  };
}

/** What adds up where fragments are spread; `depth` is the deepest. */
type Sizes = Pick<DocumentShape, 'depth' | 'topLevelFields' | 'aliases' | 'directives' | 'fields'>;

interface Spread {
  readonly name: string;
  /** How many levels are around it. */
  readonly depth: number;
  readonly isTopLevel: boolean;
}

interface OwnSizes extends Sizes {
  readonly spreads: readonly Spread[];
}

const nothing: Sizes = { depth: 0, topLevelFields: 0, aliases: 0, directives: 0, fields: 0 };

interface MeasuredDefinition {
  readonly definition: DefinitionNode;
  /** Without what it spreads. */
  readonly own: OwnSizes;
}

interface MeasuredDefinitions {
  readonly definitions: readonly MeasuredDefinition[];
  /** How many fields answer under each name. */
  readonly names: ReadonlyMap<string, number>;
}

/** In one visit, which keeps a stack of its own, so that no nesting uses up ours. */
function measureDefinitions(document: DocumentNode): MeasuredDefinitions {
  const definitions: MeasuredDefinition[] = [];
  const names = new Map<string, number>();
  let own = emptySizes();
  let depth = 0;
  let fieldsAround = 0;
  const open = (definition: DefinitionNode) => {
    own = emptySizes();
    definitions.push({ definition, own });
  };
  const level = {
    enter() {
      depth += 1;
      own.depth = Math.max(own.depth, depth);
    },
    leave() {
      depth -= 1;
    },
  };
  visit(document, {
    OperationDefinition: open,
    FragmentDefinition: open,
    SelectionSet: level,
    ListValue: level,
    ObjectValue: level,
    Field: {
      enter({ alias, name }) {
        own.fields += 1;
        if (alias) own.aliases += 1;
        if (fieldsAround === 0) own.topLevelFields += 1;
        const responseName = (alias ?? name).value;
        names.set(responseName, (names.get(responseName) ?? 0) + 1);
        fieldsAround += 1;
      },
      leave() {
        fieldsAround -= 1;
      },
    },
    FragmentSpread({ name }) {
      own.spreads.push({ name: name.value, depth, isTopLevel: fieldsAround === 0 });
    },
    Directive() {
      own.directives += 1;
    },
  });
  return { definitions, names };
}

function emptySizes() {
  return { ...nothing, spreads: [] as Spread[] };
}

interface Fragments {
  readonly known: ReadonlyMap<string, OwnSizes>;
  /** Of each fragment once it is known, so that it is looked into once, however often it is spread. */
  readonly totals: Map<string, Sizes>;
}

function withSpreads({ spreads, ...own }: OwnSizes, fragments: Fragments): Sizes {
  return spreads.reduce((sum, spread) => withSpread(sum, spread, fragmentSizes(spread.name, fragments)), own);
}

function withSpread(sum: Sizes, { depth, isTopLevel }: Spread, fragment: Sizes): Sizes {
  return {
    depth: Math.max(sum.depth, add(depth, fragment.depth)),
    topLevelFields: isTopLevel ? add(sum.topLevelFields, fragment.topLevelFields) : sum.topLevelFields,
    aliases: add(sum.aliases, fragment.aliases),
    directives: add(sum.directives, fragment.directives),
    fields: add(sum.fields, fragment.fields),
  };
}

function fragmentSizes(name: string, fragments: Fragments): Sizes {
  const known = fragments.totals.get(name);
  if (known !== undefined) return known;
  // A fragment within itself counts nothing there: validation refuses it.
  fragments.totals.set(name, nothing);
  const own = fragments.known.get(name);
  if (own === undefined) return nothing;
  const total = withSpreads(own, fragments);
  fragments.totals.set(name, total);
  return total;
}

function add(a: number, b: number): number {
  return Math.min(a + b, Number.MAX_SAFE_INTEGER);
}

function largest(a: Sizes, b: Sizes): Sizes {
  return {
    depth: Math.max(a.depth, b.depth),
    topLevelFields: Math.max(a.topLevelFields, b.topLevelFields),
    aliases: Math.max(a.aliases, b.aliases),
    directives: Math.max(a.directives, b.directives),
    fields: Math.max(a.fields, b.fields),
  };
}
