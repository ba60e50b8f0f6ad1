import { describe, expect, it } from 'vitest';
import { toInput } from '../../src/local-appflow/constraints.ts';
import { AppflowError } from '../../src/local-appflow/errors.ts';

const constraints = {
  name: { type: 'string', required: true, maxLength: 8, pattern: '[a-z.]+' },
  kind: { type: 'string', values: ['Big', 'Small'] },
  maxResults: { type: 'integer', min: 1, max: 100 },
  tags: { type: 'list', maxLength: 2, element: { type: 'string', maxLength: 8, pattern: '[a-z.]+' } },
} as const;

describe('toInput', () => {
  it('gives every member of the table and no other; null and absent are the same', () => {
    const input = toInput(constraints, { name: 'a.b', kind: null, maxResults: 7, stranger: true });
    expect(input).toEqual({ name: 'a.b', kind: undefined, maxResults: 7, tags: undefined });
  });

  it.each([
    [{}, "Value null at 'name' failed to satisfy constraint: Member must not be null"],
    [
      { name: 'a b' },
      "Value 'a b' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-z.]+",
    ],
    [
      { name: 'x'.repeat(9) },
      "Value 'xxxxxxxxx' at 'name' failed to satisfy constraint: Member must have length less than or equal to 8",
    ],
    [
      { name: 'a', kind: 'big' },
      "Value 'big' at 'kind' failed to satisfy constraint: Member must satisfy enum value set: [Big, Small]",
    ],
    [
      { name: 'a', maxResults: 0 },
      "Value '0' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ],
    [
      { name: 'a', maxResults: 101 },
      "Value '101' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 100",
    ],
    [
      { name: 'a', tags: ['a', 'b', 'c'] },
      "Value '[a, b, c]' at 'tags' failed to satisfy constraint: Member must have length less than or equal to 2",
    ],
    [
      { name: 'a', tags: ['A', 'B'] },
      "Value '[A, B]' at 'tags' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 8, Member must satisfy regular expression pattern: [a-z.]+]",
    ],
  ])('says what is wrong with %j', (body, complaint) => {
    expect(refusalOf(body)).toEqual(['ValidationException', `1 validation error detected: ${complaint}`]);
  });

  it('names every breach at once, counted, in the order of the table and not of the body', () => {
    const [, message] = refusalOf({ maxResults: 0, name: 'NOT VALID' });
    expect(message).toBe(
      "3 validation errors detected: Value 'NOT VALID' at 'name' failed to satisfy constraint: Member must have length less than or equal to 8; " +
        "Value 'NOT VALID' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-z.]+; " +
        "Value '0' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 1",
    );
  });

  it('says once what elements have to satisfy, however many do not', () => {
    const [, message] = refusalOf({ name: 'a', tags: ['A', 'ok', '!'] });
    expect(message).toMatch(
      /^2 validation errors detected: Value '\[A, ok, !\]' at 'tags' .* equal to 2; Value .* pattern: \[a-z.\]\+\]$/,
    );
  });

  it('takes a whole number however it is written', () => {
    expect(toInput(constraints, JSON.parse('{"name":"a","maxResults":1e1}')).maxResults).toBe(10);
  });

  it('matches patterns against the whole value, line ends included', () => {
    expect(refusalOf({ name: 'ok\n' })[0]).toBe('ValidationException');
    expect(refusalOf({ name: '' })[0]).toBe('ValidationException');
  });

  it.each([
    [[], 'The body must be a JSON object, got an array.'],
    [null, 'The body must be a JSON object, got null.'],
    [{ name: 5 }, 'name must be a JSON string, got the number 5.'],
    [{ name: ['a'] }, 'name must be a JSON string, got an array.'],
    [{ name: 'a', maxResults: '7' }, 'maxResults must be a whole JSON number of 32 bits, got a string.'],
    [{ name: 'a', maxResults: 1.5 }, 'maxResults must be a whole JSON number of 32 bits, got the number 1.5.'],
    [
      { name: 'a', maxResults: 2 ** 31 },
      'maxResults must be a whole JSON number of 32 bits, got the number 2147483648.',
    ],
    [{ name: 'a', maxResults: true }, 'maxResults must be a whole JSON number of 32 bits, got a boolean.'],
    [{ name: 'a', tags: 'a' }, 'tags must be a JSON array of strings, got a string.'],
    [{ name: 'a', tags: ['a', null] }, 'tags must be a JSON array of strings, got other elements.'],
    [{ name: 'NOT VALID', kind: {} }, 'kind must be a JSON string, got an object.'],
  ])('finds a wrong JSON type before anything else: %j', (body, message) => {
    expect(refusalOf(body)).toEqual(['SerializationException', message]);
  });
});

function refusalOf(body: unknown): [string, string] {
  try {
    toInput(constraints, body);
  } catch (error) {
    if (error instanceof AppflowError) return [error.code, error.message];
    throw error;
  }
  throw new Error('expected a refusal');
}
