import { type Document, isAlias, isMap, isNode, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';

/** What a problem is about: the key itself, or what stands under it. */
export type Aspect = 'key' | 'value';

/**
 * Offset in the text of what a path leads to, following aliases and merged maps. Where the path ends early (a short form, a
 * missing member) it is the offset of the last thing that exists.
 */
export function locateInDocument(document: Document, path: readonly PropertyKey[], aspect: Aspect): number {
  let found: Found = { value: document.contents ?? undefined };
  let offset = 0;
  for (const [index, segment] of path.entries()) {
    const next = childOf(resolve(found.value, document), String(segment), document);
    if (!next) break;
    found = next;
    const isLast = index === path.length - 1;
    offset = startOf(isLast && aspect === 'key' ? (next.key ?? next.value) : (next.value ?? next.key)) ?? offset;
  }
  return path.length === 0 ? (startOf(found.value) ?? 0) : offset;
}

interface Found {
  readonly key?: Node | undefined;
  readonly value: Node | undefined;
}

function childOf(node: Node | undefined, segment: string, document: Document): Found | undefined {
  if (isMap(node)) return inMap(node, segment, document);
  if (!isSeq(node)) return undefined;
  return { value: nodeOf(node.items[Number(segment)]) };
}

function inMap(map: YAMLMap, segment: string, document: Document): Found | undefined {
  // The last, because of a name written twice it is the last that is read.
  const own = map.items.findLast(pair => nameOf(pair) === segment);
  if (own) return { key: nodeOf(own.key), value: nodeOf(own.value) };
  const merged = map.items.filter(pair => nameOf(pair) === '<<').map(pair => resolve(nodeOf(pair.value), document));
  for (const source of merged.flatMap(node => (isSeq(node) ? node.items.map(nodeOf) : [node]))) {
    const found = childOf(resolve(source, document), segment, document);
    if (found) return found;
  }
  return undefined;
}

function nameOf({ key }: Pair): string | undefined {
  return isScalar(key) ? String(key.value) : undefined;
}

function resolve(node: Node | undefined, document: Document): Node | undefined {
  return isAlias(node) ? node.resolve(document) : node;
}

function nodeOf(value: unknown): Node | undefined {
  return isNode(value) ? value : undefined;
}

function startOf(node: Node | undefined): number | undefined {
  return node?.range?.[0];
}
