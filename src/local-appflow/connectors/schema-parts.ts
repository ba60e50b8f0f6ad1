import { z } from 'zod';
import { expected, inWords } from './expected.ts';
import { breachOf, type TextLimit } from './output-limits.ts';

/** A text inside one of AppFlow's limits. */
export function limitedText(limit: TextLimit) {
  return z.string(expected(`text (${limit.allowed})`)).superRefine((text, context) => {
    const breach = breachOf(text, limit);
    if (breach) context.addIssue({ code: 'custom', message: breach });
  });
}

/** As {@link limitedText}, but a number or a boolean counts as the text it is written as. */
export function scalarText(limit: TextLimit) {
  return z.preprocess(
    value => (typeof value === 'number' || typeof value === 'boolean' ? String(value) : value),
    limitedText(limit),
  );
}

/** A date, with or without a time of day; one without is midnight UTC. */
export const instant = z.union(
  [z.iso.datetime({ offset: true }), z.iso.date()],
  expected('a date such as 2026-01-31T09:30:00Z'),
);

/** One of a closed set of words. */
export function oneOf<const T extends readonly string[]>(words: T) {
  return z.enum(words, expected(`one of ${words.join(', ')}`));
}

/** A map with these members and no others. */
export function mapOf<T extends z.core.$ZodLooseShape>(what: string, shape: T) {
  const names = Object.keys(shape).join(', ');
  return z.strictObject(shape, {
    error: issue =>
      issue.code === 'unrecognized_keys' ? `expected only ${names}` : `expected ${what}, got ${inWords(issue.input)}`,
  });
}

/** What a schema says, or `false`. Not a union, whose complaint would not say what is wrong inside. */
export function orFalse<T extends z.ZodType>(schema: T) {
  return z.unknown().transform((written, context): z.output<T> | false => {
    if (written === false) return false;
    const { data, error } = schema.safeParse(written, { reportInput: true });
    context.issues.push(...((error?.issues ?? []) as z.core.$ZodRawIssue[]));
    return error ? z.NEVER : data;
  });
}

/**
 * A map of any names inside a limit to values of one kind; a name with nothing under it counts as an empty map. Names are
 * checked beside the values, also when these are wrong: zod's own key schema would skip the value under a wrong name.
 */
export function recordOf<T extends z.core.SomeType>(what: string, names: TextLimit, values: T) {
  const record = z.record(z.string(), values, expected(what)).superRefine(checkNames(names), { when: () => true });
  return z.preprocess(emptyWhenNothing, record);
}

const aboutName = { about: 'name' };

/** Whether an issue is about a name rather than about what stands under it. */
export function isAboutName(issue: z.core.$ZodIssue): boolean {
  return issue.code === 'custom' && issue.params === aboutName;
}

function checkNames(limit: TextLimit): (found: unknown, context: z.core.$RefinementCtx) => void {
  return (found, context) => {
    if (typeof found !== 'object' || found === null || Array.isArray(found)) return;
    for (const name of Object.keys(found)) {
      const breach = breachOf(name, limit);
      if (breach) context.addIssue({ code: 'custom', message: breach, path: [name], params: aboutName });
    }
  };
}

/** Nothing written under a name that takes a map: the same as an empty map. */
export function emptyWhenNothing(written: unknown): unknown {
  return written === null ? {} : written;
}
