import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { toBlockScalar, toScalar } from '../../src/record/catalog-scalar.ts';

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.stringMatching(/^[\w .:,#{}[\]&*!|>'"%@<~-]{0,12}$/),
  fc.constantFrom('<<', 'True', 'null', '~', '2026-01-01T00:00:00Z', 'arn:aws:x:y:1:z', 'a: b', 'a:', 'https://h/?a=b'),
);

it('a text in a catalogue is read as that text, as a value, as a name and in brackets', () => {
  fc.assert(
    fc.property(text, text, (one, other) => {
      expect(parse(`a: ${toBlockScalar(one)}`, { merge: true })).toEqual({ a: one });
      expect(parse(`[${toScalar(one)}, { ${toScalar('k')}: ${toScalar(other)} }]`)).toEqual([one, { k: other }]);
      if (one !== '__proto__') expect(parse(`${toScalar(one)}: 1`, { merge: true })).toEqual({ [one]: 1 });
    }),
    { numRuns: 1000 },
  );
});

it('needs no quotes for what people write', () => {
  for (const plain of [
    'Account',
    'Last Name',
    'string(80)',
    'arn:aws:appflow:eu-west-1:1:flow/x',
    'https://acme.com/a',
  ]) {
    expect(toScalar(plain)).toBe(plain);
  }
});
