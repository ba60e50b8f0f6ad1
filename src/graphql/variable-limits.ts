import { GraphQLError } from 'graphql';
import type { GraphQLErrorCode } from './errors.ts';
import { documentLimits, limits } from './limits.ts';

/** Refuses variables that are more, longer or deeper than any operation needs, with `BAD_USER_INPUT` and what came. */
export function checkVariables(variables: Readonly<Record<string, unknown>>): void {
  const entries = Object.entries(variables);
  if (entries.length > documentLimits.variables) {
    throw tooMuch('There may be', documentLimits.variables, 'variables', entries.length);
  }
  let values = 0;
  for (const [name, value] of entries) values += countValues(name, value, limits.variableValues - values);
}

interface Visited {
  readonly value: unknown;
  readonly depth: number;
}

/** Keeps its own stack, because JSON nests as deep as a body is long, and ends as soon as there is too much. */
function countValues(variable: string, whole: unknown, allowed: number): number {
  const open: Visited[] = [{ value: whole, depth: 0 }];
  let count = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, depth } = next;
    count += 1;
    if (count > allowed) throw tooMuch('All variables together may have', limits.variableValues, 'values', 'more');
    checkValue(variable, value, depth);
    if (typeof value !== 'object' || value === null) continue;
    for (const member of Object.values(value)) open.push({ value: member, depth: depth + 1 });
  }
  return count;
}

function checkValue(variable: string, value: unknown, depth: number): void {
  const subject = `Variable "$${variable.slice(0, 100)}" may have`;
  if (depth > documentLimits.depth) throw tooMuch(subject, documentLimits.depth, 'levels of nesting', 'more');
  if (typeof value === 'string' && value.length > limits.textLength) {
    throw tooMuch(subject, limits.textLength, 'characters in one text', value.length);
  }
  if (Array.isArray(value) && value.length > limits.listItems) {
    throw tooMuch(subject, limits.listItems, 'items in one list', value.length);
  }
}

function tooMuch(subject: string, limit: number, noun: string, got: number | 'more'): GraphQLError {
  const code: GraphQLErrorCode = 'BAD_USER_INPUT';
  return new GraphQLError(`${subject} ${limit.toLocaleString('en')} ${noun}; got ${got.toLocaleString('en')}.`, {
    extensions: { code, got, limit, http: { status: 400 } },
  });
}
