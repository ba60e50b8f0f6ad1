import type { z } from 'zod';

/** Options for a zod schema that make its complaint read "expected WHAT, got VALUE". */
export function expected(what: string): { error: (issue: z.core.$ZodRawIssue) => string } {
  return { error: issue => `expected ${what}, got ${inWords(issue.input)}` };
}

/** A value as a complaint shows it: short, quoted where it is text, and by its kind where it is large. */
export function inWords(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  return shorten(JSON.stringify(value) ?? typeof value);
}

function shorten(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}
