import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDocument, stringify } from 'yaml';
import { DeferredValue } from '../../../src/local-appflow/connectors/plain-yaml.ts';
import { readPlainYaml } from '../../../src/local-appflow/connectors/read-plain-yaml.ts';
import { NotPlainError } from '../../../src/local-appflow/connectors/yaml-cursor.ts';

describe('plain YAML', () => {
  it.each([
    ['a block', 'a: 1\nb:\n  c: x y\n  d:\ne: ~\n'],
    ['lists', 'a:\n- 1\n- b: 2\n  c: 3\n-\n  d\n: x\n'.slice(0, 25)],
    ['a list of lists in brackets', 'a:\n  - [1, [x, "y"]]\n  - {}\n'],
    ['brackets over several lines', 'a: [x,\n  y,\n ]\nb: { c: d,\n\n  e: f }\n'],
    ['JSON', '{"a": {"b":1.5,"c":["x",null,true]},\n"d": "\\u00e4\\n"}'],
    ['comments', '# one\n\na: b # two\n  # three\nc: d#e\n#four'],
    ['quotes', 'a: "x: y # z"\n\'b c\': \'it\'\'s\'\n"d": ""\n'],
    [
      'what looks like something else',
      'a: 2026-01-31T09:30:00Z\nb: http://x.y:80/z\nc: 1.0.0\nd: -x\nf: +1e3\ng: .5\nh: 007\ne: "7"\n7: null x\n',
    ],
    [
      'anchors',
      'a: &a { x: 1, y: 2 }\nb: { <<: *a, y: 3 }\nc: *a\nd: &d\n  - *a\ne: { z: 0, <<: [*a, { w: 4, x: 5 }] }\n',
    ],
  ])('may have %s', (_, text) => {
    expect(readPlainYaml(text).value).toEqual(fromLibrary(text));
  });

  it.each([
    'a: |\n  b\n',
    'a: b\n  c\n',
    'a: !tag b\n',
    'a: 1\na: 2\n',
    'a: *b\n',
    'a: &a 1\nb: &a 2\n',
    'a: 0x1F\n',
    'a: "\\x41"\n',
    'a: [b: c]\n',
    'a:\tb\n',
    '? a\n: b\n',
    '--- a\n',
    '__proto__: a\n',
    'a: [b\nc]\n',
    'a: {\n',
    '- &a b: c\n',
    'a: b: c\n',
    '',
  ])('is not %j', text => {
    expect(() => readPlainYaml(text)).toThrow(NotPlainError);
  });

  it('has no bombs', () => {
    const lists = Array.from({ length: 12 }, (_, n) => `l${n}: &l${n} [${n === 0 ? 'x' : `*l${n - 1},`.repeat(9)}]`);
    expect(() => readPlainYaml(lists.join('\n'))).toThrow(NotPlainError);
  });

  it('is read as the library reads it, if at all', () => {
    let plain = 0;
    const property = fc.property(texts(), text => {
      const read = readOrGiveUp(text);
      if (read instanceof NotPlainError) return;
      plain += 1;
      expect(read).toEqual(fromLibrary(text));
    });
    fc.assert(property, { numRuns: 3000 });
    expect(plain).toBeGreaterThan(100);
  });

  it('is nearly all that the library writes', () => {
    let plain = 0;
    const property = fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), fc.jsonValue()), value => {
      const written = JSON.parse(JSON.stringify(value));
      for (const text of [JSON.stringify(written), stringify(written, { lineWidth: 0 })]) {
        const read = readOrGiveUp(text);
        if (read instanceof NotPlainError) continue;
        plain += 1;
        expect(read).toEqual(fromLibrary(text));
      }
    });
    fc.assert(property, { numRuns: 200 });
    expect(plain).toBeGreaterThan(200);
  });

  it('can leave values in the text until they are asked for', () => {
    const text = 'a: &a { x: 1 }\nb:\n  fields:\n    p: *a\n    q: [1,\n      2]\nc: { fields: { r: 3 } }\n';
    const { value } = readPlainYaml(text, { defer: path => path.at(-1) === 'fields' });
    const { b, c } = value as { b: { fields: DeferredValue }; c: { fields: DeferredValue } };
    expect(b.fields).toBeInstanceOf(DeferredValue);
    for (let time = 0; time < 2; time += 1) expect(b.fields.read()).toEqual({ p: { x: 1 }, q: [1, 2] });
    expect(c.fields.read()).toEqual({ r: 3 });
  });
});

function fromLibrary(text: string): unknown {
  const document = parseDocument(text, { merge: true, stringKeys: true, prettyErrors: false });
  expect(document.errors).toEqual([]);
  return document.toJS();
}

function readOrGiveUp(text: string): unknown {
  try {
    return readPlainYaml(text).value;
  } catch (error) {
    if (error instanceof NotPlainError) return error;
    throw error;
  }
}

/** Lines that often make sense together, and sometimes do not. */
function texts(): fc.Arbitrary<string> {
  const scalar = fc.constantFrom(
    ...['x', 'x y', '1', '-1', '1.5', '1e3', '0o7', '.5', 'null', '~', 'true', 'no', '"q: #"', "'it''s'", '2026-01-31'],
    ...['a:b', 'a#b', 'a #b', '- x', '-', '*a', '&a x', '&b', '!t x', '|', '> ', '{ a: 1, b: [x] }', '[1, "x", y z]'],
    ...[
      '{a: 1}',
      '{"a":1}',
      '[a: b]',
      '{ a, b: c }',
      '{ <<: *a, b: 2 }',
      '[',
      '}',
      '"\\n\\u0041"',
      '"\\x41"',
      'x:',
      '',
    ],
    ...['{ a: 1, }', '[x, y]', '[]', '{}', '@x', '%x', '`x', 'x, y', 'x]', '? x', ': x', '<<', '"', "'"],
  );
  const name = fc.constantFrom(
    'a',
    'b',
    'c',
    'd',
    'e',
    'f',
    'g h',
    '"q"',
    "'s'",
    '7',
    '<<',
    '- a',
    '- ',
    '-',
    '&a a',
    '#',
  );
  const line = fc.tuple(
    fc.constantFrom(0, 0, 0, 0, 2, 2, 4),
    name,
    fc.constantFrom(': ', ': ', ': ', ':', ':  ', ' : '),
    scalar,
  );
  const end = fc.constantFrom('\n', '\n', '\n', '\n\n', ' # c\n', '\n  # c\n', '\r\n');
  const written = fc
    .tuple(line, end)
    .map(([[indent, key, colon, value], ending]) => ' '.repeat(indent) + key + colon + value + ending);
  return fc.array(written, { minLength: 1, maxLength: 4 }).map(lines => lines.join(''));
}
