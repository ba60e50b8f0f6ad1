import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { keyOf } from '../metadata/refs.ts';
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
  type Variables,
} from './costed-operation.ts';
import { type Directory, directoryCalls, type FieldCalls, fieldCalls, type ObjectRead } from './field-calls.ts';
import { fromEntityId } from './ids.ts';

/**
 * Estimates how many calls to AppFlow an operation could cause when nothing is cached and every page is full. What fields share is
 * counted once: the directories in the whole operation (in a mutation, for each reset, which has them read again), and what an object is read from. What a selection
 * asks for twice under two aliases counts twice. Lists count one call each, however many pages AppFlow has of them, and a call counts
 * once, however often it is tried. Takes time in proportion to the document and the representations.
 */
export function estimateUpstreamCalls({ schema, document, operation, variables }: CostedOperation): number {
  const root = schema.getRootType(operation.operation);
  const estimation: Estimation = { schema, variables, fragments: fragmentsOf(document), known: new Map() };
  const { directories, calls } = callsOfSet(operation.selectionSet, root, estimation);
  return atMost(calls + callsFor(directories));
}

interface Estimation {
  readonly schema: GraphQLSchema;
  readonly variables: Variables;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** What each fragment costs on each type, looked into once, however often it is spread. */
  readonly known: Map<string, Calls>;
}

/** What a selection asks for: of its object, once, and again for every item of the page that it is selected on. */
interface Calls {
  readonly directories: ReadonlySet<Directory>;
  readonly reads: ReadonlySet<ObjectRead>;
  readonly calls: number;
  readonly perItem: number;
}

const none: Calls = { directories: new Set(), reads: new Set(), calls: 0, perItem: 0 };

function callsOfSet({ selections }: SelectionSetNode, parent: Parent, estimation: Estimation): Calls {
  return selections.map(selection => callsOfSelection(selection, parent, estimation)).reduce(together, none);
}

function together(a: Calls, b: Calls): Calls {
  return {
    directories: new Set([...a.directories, ...b.directories]),
    reads: new Set([...a.reads, ...b.reads]),
    calls: atMost(a.calls + b.calls),
    perItem: atMost(a.perItem + b.perItem),
  };
}

function callsOfSelection(selection: SelectionNode, parent: Parent, estimation: Estimation): Calls {
  if (isLeftOut(selection, estimation.variables)) return none;
  switch (selection.kind) {
    case Kind.FIELD:
      return callsOfField(selection, parent, estimation);
    case Kind.INLINE_FRAGMENT: {
      const type = narrowed(parent, selection.typeCondition?.name.value, estimation);
      return type ? callsOfSet(selection.selectionSet, type, estimation) : none;
    }
    case Kind.FRAGMENT_SPREAD:
      return callsOfFragment(selection.name.value, parent, estimation);
    default:
      return selection satisfies never;
  }
}

/** The object's own type within a fragment that applies to it; nothing where the fragment is for another one. */
function narrowed(parent: Parent, condition: string | undefined, { schema }: Estimation): Parent {
  if (condition === undefined || condition === parent?.name) return parent;
  const type = toCompositeType(condition, schema);
  if (!isObjectType(type)) return parent;
  return isObjectType(parent) ? undefined : type;
}

function callsOfFragment(name: string, parent: Parent, estimation: Estimation): Calls {
  const fragment = estimation.fragments.get(name);
  const type = narrowed(parent, fragment?.typeCondition.name.value, estimation);
  if (!fragment || !type) return none;
  const key = `${type.name} ${name}`;
  const known = estimation.known.get(key);
  if (known !== undefined) return known;
  // Validation refuses a fragment that contains itself; if it did not, this would end all the same.
  estimation.known.set(key, none);
  const calls = callsOfSet(fragment.selectionSet, type, estimation);
  estimation.known.set(key, calls);
  return calls;
}

function callsOfField(node: FieldNode, parent: Parent, estimation: Estimation): Calls {
  const { variables } = estimation;
  const field = toField(node.name.value, parent);
  if (!field || !parent) return none;
  const own = fieldCalls[`${parent.name}.${node.name.value}`] ?? {};
  const asked = {
    ...none,
    directories: directoriesOf(own, node, variables),
    reads: new Set(own.reads),
    calls: own.calls ?? 0,
  };
  const type = getNamedType(field.type);
  if (!node.selectionSet || !isCompositeType(type)) return asked;
  if (field.name === '_entities') return callsOfReferences(node, node.selectionSet, estimation);
  const content = callsOfSet(node.selectionSet, type, estimation);
  const calls = callsOfObject(content, own, pageSizeOf(node, field, variables));
  const directories = content.directories;
  if (isConnection(parent) && isListType(getNullableType(field.type))) {
    return together(asked, { ...none, directories, perItem: calls });
  }
  const all = together(asked, { ...none, directories, calls });
  // Each field of a mutation runs after the reset of the one before it.
  return parent.name === 'Mutation' ? { ...none, calls: atMost(all.calls + callsFor(all.directories)) } : all;
}

function directoriesOf(own: FieldCalls, node: FieldNode, variables: Variables): ReadonlySet<Directory> {
  const { directories = [], directoriesWith } = own;
  const isGiven = directoriesWith && argumentOf(node, directoriesWith.argument, variables) != null;
  return new Set([...directories, ...(isGiven ? directoriesWith.directories : [])]);
}

/** What one object costs with what is selected on it. */
function callsOfObject(
  { calls, reads, perItem }: Calls,
  { readsOfResult = [], known = [] }: FieldCalls,
  pageSize: number,
): number {
  const asked = new Set([...reads, ...readsOfResult]);
  for (const read of known) asked.delete(read);
  return atMost(calls + asked.size + perItem * pageSize);
}

function callsFor(directories: ReadonlySet<Directory>): number {
  return [...directories].reduce((sum, directory) => sum + directoryCalls[directory], 0);
}

/** What a reference is found by, as `resolveReferences` finds it: by a directory, or in the list of its id and then by its name. */
const referenceCalls: Readonly<Record<string, FieldCalls>> = {
  Connector: { directories: ['connectors'] },
  ConnectorProfile: { directories: ['profiles'] },
  ConnectorEntity: { readsOfResult: ['details'], known: ['list'] },
};

function callsOfReferences(node: FieldNode, selectionSet: SelectionSetNode, estimation: Estimation): Calls {
  const given = argumentOf(node, 'representations', estimation.variables);
  const representations: readonly unknown[] = Array.isArray(given) ? given : [given];
  return Object.entries(referenceCalls)
    .map(([typename, own]) => {
      const ofType = representations.filter(representation => memberOf(representation, '__typename') === typename);
      if (ofType.length === 0) return none;
      const content = callsOfSet(selectionSet, toCompositeType(typename, estimation.schema), estimation);
      const calls = atMost(ofType.length * callsOfObject(content, own, 1) + listsOf(ofType));
      return together({ ...none, directories: new Set(own.directories) }, { ...content, reads: new Set(), calls });
    })
    .reduce(together, none);
}

/** How many lists the entities among the references are in: a hundred of one list cost one call. */
function listsOf(representations: readonly unknown[]): number {
  const entities = representations.map(representation => fromEntityId(memberOf(representation, 'id')));
  return new Set(entities.flatMap(entity => (entity ? [keyOf({ kind: 'entities', ...entity.list })] : []))).size;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined;
}
