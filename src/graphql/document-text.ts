import { type ASTNode, type DocumentNode, Kind } from 'graphql';

/**
 * A text that is equal for documents that differ in layout only, or in the order of what has none: definitions, variables, arguments, directives,
 * members of objects, and selections, except where a mutation runs them one after the other. Code generators sort what they print. Takes
 * as many calls of its own as the document nests deep.
 */
export function documentText(document: DocumentNode): string {
  return textOfNode(document, false);
}

/** What an array of these names holds has no order. */
const unordered: ReadonlySet<string> = new Set([
  'arguments',
  'definitions',
  'directives',
  'fields',
  'selections',
  'variableDefinitions',
]);

/** How a string was quoted, and where a node stood, say nothing. */
const meaningless: ReadonlySet<string> = new Set(['block', 'loc']);

/** @param isSerial Whether fields right within this node run one after the other. */
function textOfNode(node: ASTNode, isSerial: boolean): string {
  const serial = isSerialWithin(node, isSerial);
  const members = Object.entries(node)
    .filter(([name, value]) => value !== undefined && !meaningless.has(name))
    .map(
      ([name, value]) => `${name}:${textOf(value, unordered.has(name) && !(serial && name === 'selections'), serial)}`,
    );
  return `{${members.join()}}`;
}

function textOf(value: unknown, sorted: boolean, isSerial: boolean): string {
  if (Array.isArray(value)) {
    const texts = value.map(item => textOf(item, false, isSerial));
    return `[${(sorted ? texts.sort() : texts).join()}]`;
  }
  return isNode(value) ? textOfNode(value, isSerial) : JSON.stringify(value);
}

function isSerialWithin(node: ASTNode, isSerial: boolean): boolean {
  switch (node.kind) {
    case Kind.OPERATION_DEFINITION:
      return node.operation === 'mutation';
    case Kind.FRAGMENT_DEFINITION:
      return node.typeCondition.name.value === 'Mutation';
    case Kind.FIELD:
      return false;
    default:
      return isSerial;
  }
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'kind' in value;
}
