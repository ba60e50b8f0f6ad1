import { MetadataError } from '../metadata/errors.ts';
import { createCursors } from './cursor.ts';
import type { Selection } from './selection.ts';

/** Which page a caller asks for. `null` counts as left out. */
export interface PageRequest {
  readonly first?: number | null;
  readonly after?: string | null;
}

/** How many items a page may hold. */
export interface PageLimits {
  readonly defaultFirst: number;
  readonly maxFirst: number;
}

/** Entity lists are long and cheap to show: up to 1,000 names a page. */
export const entityPageLimits = { defaultFirst: 100, maxFirst: 1000 } as const satisfies PageLimits;

/** Connectors and profiles. */
export const pageLimits = { defaultFirst: 50, maxFirst: 100 } as const satisfies PageLimits;

/** One page of a list, in the shape of a Relay connection. */
export interface Page<Node> {
  readonly nodes: readonly Node[];
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  /** Of everything the filter keeps, on all pages. */
  readonly totalCount: number;
}

/** A whole list and how to show it. */
export interface PagedList<Item, Node> {
  readonly list: readonly Item[];
  /** Names the list among all others, the same in every process. */
  readonly listKey: string;
  readonly selection: Selection<Item>;
  readonly toNode: (item: Item) => Node;
}

/** The page size asked for. Throws `BAD_USER_INPUT` outside 1..maxFirst; to be called before any read. */
export function toPageSize(first: number | null | undefined, { defaultFirst, maxFirst }: PageLimits): number {
  const size = first ?? defaultFirst;
  if (size >= 1 && size <= maxFirst) return size;
  throw new MetadataError('BAD_USER_INPUT', `first must be a whole number from 1 to ${maxFirst}, got ${size}`, {
    argumentPath: ['first'],
  });
}

/**
 * Creates one page of a list. Unfiltered it costs as much as the page is long, however long the list is: what needs the whole
 * list (cursors, a filtered total) is computed when it is selected.
 *
 * @param first A size that `toPageSize` has checked.
 */
export function createPage<Item, Node>(
  { list, listKey, selection: { keep, key }, toNode }: PagedList<Item, Node>,
  first: number,
  after: string | null | undefined,
): Page<Node> {
  const { toCursor, fromCursor } = createCursors(list, JSON.stringify([listKey, key]));
  const start = after == null ? 0 : fromCursor(after) + 1;
  const { positions, items, hasNextPage } = take(list, keep, start, first);
  const nodes = items.map(toNode);
  const cursorAt = (position: number | undefined) => (position === undefined ? null : toCursor(position));
  return {
    nodes,
    get edges() {
      return positions.map((position, index) => ({ cursor: toCursor(position), node: nodes[index] as Node }));
    },
    get pageInfo() {
      const [startCursor, endCursor] = [cursorAt(positions[0]), cursorAt(positions.at(-1))];
      return { hasNextPage, hasPreviousPage: start > 0, startCursor, endCursor };
    },
    get totalCount() {
      return keep === undefined ? list.length : list.filter(keep).length;
    },
  };
}

interface Taken<Item> {
  readonly positions: readonly number[];
  readonly items: readonly Item[];
  readonly hasNextPage: boolean;
}

/** The first items kept from `start` on, looking one item further to know whether there are more. */
function take<Item>(list: readonly Item[], keep: Selection<Item>['keep'], start: number, first: number): Taken<Item> {
  const positions: number[] = [];
  const items: Item[] = [];
  for (let position = start; position < list.length; position++) {
    const item = list[position] as Item;
    if (keep !== undefined && !keep(item)) continue;
    if (items.length === first) return { positions, items, hasNextPage: true };
    positions.push(position);
    items.push(item);
  }
  return { positions, items, hasNextPage: false };
}
