import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPage, entityPageLimits, type Page, toPageSize } from '../../src/graphql/page.ts';
import { createSelection, type Predicate } from '../../src/graphql/selection.ts';
import { MetadataError } from '../../src/metadata/errors.ts';

interface Item {
  readonly name: string;
}

const items = fc.uniqueArray(fc.record({ name: fc.string() }), { selector: ({ name }) => name, maxLength: 60 });
const pageSize = fc.integer({ min: 1, max: 70 });

describe('walking all pages', () => {
  it('shows the whole list in order, whatever the size of the pages', () => {
    fc.assert(
      fc.property(items, pageSize, (list, size) => {
        const pages = walk(list, size);
        expect(pages.flatMap(({ nodes }) => nodes)).toEqual(list);
        expect(pages.map(({ pageInfo }) => pageInfo.hasNextPage)).toEqual([
          ...Array(pages.length - 1).fill(true),
          false,
        ]);
        expect(pages.map(({ pageInfo }) => pageInfo.hasPreviousPage)).toEqual(pages.map((_, index) => index > 0));
        expect(pages.every(({ totalCount }) => totalCount === list.length)).toBe(true);
      }),
    );
  });

  it('shows what a filter keeps, and counts only that', () => {
    fc.assert(
      fc.property(items, pageSize, fc.string({ maxLength: 1 }), (list, size, part) => {
        const keep = ({ name }: Item) => name.includes(part);
        const pages = walk(list, size, keep);
        expect(pages.flatMap(({ nodes }) => nodes)).toEqual(list.filter(keep));
        expect(pages.every(({ totalCount }) => totalCount === list.filter(keep).length)).toBe(true);
      }),
    );
  });

  it('can go on from every single item', () => {
    fc.assert(
      fc.property(items, list => {
        const { edges } = pageOf(list, 100);
        edges.forEach(({ cursor, node }, index) => {
          expect(node).toBe(list[index]);
          expect(pageOf(list, 100, cursor).nodes).toEqual(list.slice(index + 1));
        });
      }),
    );
  });
});

describe('a cursor', () => {
  const list = named('a', 'b', 'c');
  const afterA = pageOf(list, 1).pageInfo.endCursor;

  it('outlives a refresh that brought the same content', () => {
    expect(pageOf(named('a', 'b', 'c'), 1, afterA).nodes).toEqual(named('b'));
  });

  it.each([
    ['grew', named('a', 'b', 'c', 'd')],
    ['shrank to nothing', []],
    ['has another first item', named('0', 'b', 'c')],
  ])('sends the client back to the first page when the list %s', (_, changed) => {
    const error = refusal(() => pageOf(changed, 1, afterA));
    expect(error.message).toMatch(/changed.*start again from the first page/);
    expect(error).toMatchObject({ code: 'BAD_USER_INPUT', argumentPath: ['after'], retryable: false });
  });

  it('is refused by another list of equal content, and by another filter', () => {
    expect(refusal(() => pageOf(list, 1, afterA, undefined, 'another list')).message).toMatch(/another list/);
    expect(refusal(() => pageOf(list, 1, afterA, () => true)).message).toMatch(/another filter/);
  });

  it('is refused when it is garbage', () => {
    fc.assert(
      fc.property(fc.string(), cursor => {
        expect(refusal(() => pageOf(list, 1, cursor)).message).toMatch(/must be a cursor that this list handed out/);
      }),
    );
  });

  it('is refused when its position was tampered with', () => {
    const text = Buffer.from(afterA ?? '', 'base64url').toString();
    const tampered = Buffer.from(text.replace(/\d+$/, '3')).toString('base64url');
    expect(refusal(() => pageOf(list, 1, tampered)).message).toMatch(/behind the end/);
  });
});

describe('the cost of a page', () => {
  it('does not grow with the list: items outside the page are not touched', () => {
    const touched = new Set<string>();
    const list = new Proxy(named(...Array(10_000).fill('x')), {
      get(target, key, receiver) {
        if (typeof key === 'string' && /^\d+$/.test(key)) touched.add(key);
        return Reflect.get(target, key, receiver);
      },
    });
    const page = pageOf(list, 100);
    expect([page.nodes.length, page.totalCount]).toEqual([100, 10_000]);
    expect(touched.size).toBeLessThanOrEqual(101);
  });

  it('includes hashing the list once, however many pages are asked for', () => {
    let hashed = 0;
    const list = Object.assign(named('a', 'b', 'c'), {
      toJSON(this: readonly Item[]) {
        hashed += 1;
        return [...this];
      },
    });
    walk(list, 1);
    expect(hashed).toBe(1);
  });
});

describe('the page size', () => {
  it('is the default when left out or null', () => {
    expect([toPageSize(undefined, entityPageLimits), toPageSize(null, entityPageLimits)]).toEqual([100, 100]);
  });

  it.each([0, -1, 1001])('is refused outside its bounds: %d', first => {
    const error = refusal(() => toPageSize(first, entityPageLimits));
    expect(error).toMatchObject({ code: 'BAD_USER_INPUT', argumentPath: ['first'] });
    expect(error.message).toBe(`first must be a whole number from 1 to 1000, got ${first}`);
  });
});

function pageOf(
  list: readonly Item[],
  first: number,
  after?: string | null,
  keep?: Predicate<Item>,
  listKey = 'the list',
): Page<Item> {
  const selection = createSelection<Item>(keep && { keep: 'some' }, [keep ?? false]);
  return createPage({ list, listKey, selection, toNode: item => item }, first, after);
}

function walk(list: readonly Item[], first: number, keep?: Predicate<Item>): Page<Item>[] {
  const pages = [pageOf(list, first, null, keep)];
  for (let last = pages[0]; last?.pageInfo.hasNextPage; last = pages.at(-1)) {
    pages.push(pageOf(list, first, last.pageInfo.endCursor, keep));
  }
  return pages;
}

function named(...names: string[]): Item[] {
  return names.map(name => ({ name }));
}

function refusal(attempt: () => unknown): MetadataError {
  try {
    attempt();
  } catch (error) {
    if (error instanceof MetadataError) return error;
    throw error;
  }
  throw new Error('expected a refusal, got an answer');
}
