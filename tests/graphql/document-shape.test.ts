import fc from 'fast-check';
import { type DocumentNode, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { measureDocument } from '../../src/graphql/document-shape.ts';

/** Documents of fields, inline fragments and spreads in any order, circles included. */
const { set } = fc.letrec<{ set: string; selection: string }>(tie => ({
  selection: fc.oneof(
    { maxDepth: 6 },
    fc.constantFrom('x', 'a: x', 'x @skip(if: true)', 'x(list: [[1], {k: [2]}])'),
    fc.nat(9).map(index => `...F${index}`),
    tie('set').map(inner => `y ${inner}`),
    tie('set').map(inner => `... ${inner}`),
  ),
  set: fc.array(tie('selection'), { minLength: 1, maxLength: 6 }).map(selections => `{ ${selections.join(' ')} }`),
}));
const documents = fc
  .array(set, { minLength: 1, maxLength: 11 })
  .map(([operation, ...fragments]) =>
    [operation, ...fragments.map((fragment, index) => `fragment F${index} on Q ${fragment}`)].join(' '),
  );

const measure = (text: string) => measureDocument(parse(text), 50);

describe('the shape of a document', () => {
  it('counts what is written', () => {
    expect(
      measure('query A($x: Int, $y: Int) { a: one(list: [[1]]) @skip(if: $x) { b: two three } three } { four }'),
    ).toEqual({
      operations: 2,
      fragments: 0,
      variables: 2,
      depth: 3,
      topLevelFields: 2,
      aliases: 2,
      directives: 1,
      fields: 4,
      namesakes: 1,
    });
  });

  it('counts a fragment wherever it is spread, and as deep', () => {
    const fragments = 'fragment F on T { a: x { ...G } } fragment G on T { b: y @include(if: true) }';
    expect(measure(`{ ...F deep { ...F } ... { ...G } } ${fragments}`)).toMatchObject({
      topLevelFields: 3,
      fields: 6,
      aliases: 5,
      directives: 3,
      depth: 5,
    });
  });

  it('ends at a number for fragments that double each other, and at all for ones that never end', () => {
    const doubling = Array.from(
      { length: 49 },
      (_, i) => `fragment F${i} on Q { a: x { ...F${i + 1} } b: y { ...F${i + 1} } }`,
    );
    const shape = measure(`{ ...F0 } ${doubling.join(' ')} fragment F49 on Q { x }`);
    expect(shape).toMatchObject({ depth: 50 * 2, fields: 3 * 2 ** 49 - 2 });
    expect(measure('{ ...A } fragment A on Q { x ...B } fragment B on Q { y ...A ...Nothing }')).toMatchObject({
      fields: 3,
    });
    expect(measure('{ ...A } fragment A on Q { ...A }')).toMatchObject({ fields: 0 });
  });

  it('does not follow fragments where there are too many', () => {
    const chain = Array.from({ length: 500 }, (_, i) => `fragment F${i} on Q { ...F${i + 1} }`).join(' ');
    expect(measure(`{ ...F0 } ${chain}`)).toMatchObject({ fragments: 500, fields: 0 });
  });

  it('takes steps in proportion to the document, whatever it is', () => {
    fc.assert(
      fc.property(documents, text => {
        const { document, nodes, asked } = counted(parse(text));
        measureDocument(document, 50);
        expect(asked()).toBeLessThan(10 * nodes());
      }),
      { numRuns: 100 },
    );
  });
});

/** The same document, whose nodes count how often they are asked for their kind: a few times on the way in and out. */
function counted(root: DocumentNode) {
  let nodes = 0;
  let asked = 0;
  const wrap = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(wrap);
    nodes += 1;
    const members = Object.entries(value).flatMap(([name, member]) => (name === 'loc' ? [] : [[name, wrap(member)]]));
    return new Proxy(Object.fromEntries(members), {
      get(target, name) {
        if (name === 'kind') asked += 1;
        return Reflect.get(target, name);
      },
    });
  };
  return { document: wrap(root) as DocumentNode, nodes: () => nodes, asked: () => asked };
}
