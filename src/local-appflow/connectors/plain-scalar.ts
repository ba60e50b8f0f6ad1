import type { YamlCursor } from './yaml-cursor.ts';

/** What a scalar without quotes begins with, and how it goes on in a block, in brackets, and as a name in either. */
const first = '(?:[^\\s\\-?:,[\\]{}#&*!|>\'"%@`]|-(?=[^\\s,[\\]{}]))';

/** Scalars without quotes, on one line; may have spaces behind them. */
export const plainScalars = {
  inBlock: new RegExp(`${first}[^\\n:#]*(?:(?::(?=\\S)|(?<=\\S)#)[^\\n:#]*)*`, 'y'),
  inBrackets: new RegExp(`${first}[^\\n:#,[\\]{}]*(?:(?::(?=[^\\s,[\\]{}])|(?<=\\S)#)[^\\n:#,[\\]{}]*)*`, 'y'),
} as const;

/** Names without quotes, up to their colon. */
export const plainNames = {
  inBlock: new RegExp(`${first}(?:[^\\n:#]*[^\\s:#])?(?=:(?:[ \\n]|$))`, 'y'),
  inBrackets: new RegExp(`${first}(?:[^\\n:#,[\\]{}]*[^\\s:#,[\\]{}])?(?=:[ \\n])`, 'y'),
} as const;

const words: ReadonlyMap<string, null | boolean> = new Map<string, null | boolean>([
  ...['~', 'null', 'Null', 'NULL'].map(word => [word, null] as const),
  ...['true', 'True', 'TRUE'].map(word => [word, true] as const),
  ...['false', 'False', 'FALSE'].map(word => [word, false] as const),
]);
const longestWord = 5;
const numberStart = /^[-+.\d]/;
const decimal = /^[-+]?(?:\.\d+|\d+\.?\d*)(?:[eE][-+]?\d+)?$/;
const otherNumber = /^(?:0o[0-7]+|0x[\da-fA-F]+|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

const doubleQuoted = /"(?:[^"\\\n]|\\[^\n])*"/y;
const singleQuoted = /'(?:[^'\n]|'')*'/y;
const afterBlockName = /[ \n]|$/y;
/** As many characters as YAML gives a name. */
const longestName = 1024;

/** Takes a scalar without quotes; a number in another notation than the decimal one is not plain. */
export function takePlain(cursor: YamlCursor, pattern: RegExp): string | number | boolean | null {
  const value = fromPlainScalar(cursor.take(pattern));
  return value === undefined ? cursor.giveUp() : value;
}

/** Takes a scalar in quotes; one with an escape that JSON does not have is not plain. */
export function takeQuoted(cursor: YamlCursor): string {
  return fromQuotedScalar(cursor.take(cursor.next === '"' ? doubleQuoted : singleQuoted)) ?? cursor.giveUp();
}

/** Takes a member's name and the colon behind it. */
export function takeName(cursor: YamlCursor, where: keyof typeof plainNames): string {
  const { at, next } = cursor;
  const isQuoted = next === '"' || next === "'";
  const name = isQuoted ? takeQuoted(cursor) : cursor.take(plainNames[where]);
  if (!cursor.takes(':') || (isQuoted && name === '<<')) cursor.giveUp();
  if (where === 'inBlock' && !cursor.sees(afterBlockName)) cursor.giveUp();
  if (cursor.at - at > longestName) cursor.giveUp(at);
  return name;
}

/** What it stands for in YAML's core schema; `undefined` for a number in another notation than the decimal one. */
function fromPlainScalar(written: string): string | number | boolean | null | undefined {
  const source = written.endsWith(' ') ? written.replace(/ +$/, '') : written;
  const word = source.length <= longestWord ? words.get(source) : undefined;
  if (word !== undefined) return word;
  if (!numberStart.test(source)) return source;
  if (decimal.test(source)) return Number(source);
  return otherNumber.test(source) ? undefined : source;
}

function fromQuotedScalar(source: string): string | undefined {
  const inner = source.slice(1, -1);
  if (source.startsWith("'")) return inner.replaceAll("''", "'");
  if (!inner.includes('\\')) return inner;
  try {
    return JSON.parse(source);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
