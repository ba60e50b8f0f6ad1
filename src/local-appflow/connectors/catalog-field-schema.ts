import { z } from 'zod';
import { operators, writeOperations } from './appflow-values.ts';
import { expected, inWords } from './expected.ts';
import { maxCustomProperties, outputLimits } from './output-limits.ts';
import { limitedText, mapOf, oneOf, recordOf, scalarText } from './schema-parts.ts';

/** The words that may follow the type in a field's short form, and the members of the long form they stand for. */
const flags = {
  key: { primaryKey: true },
  required: { nullable: false },
  readonly: { creatable: false, updatable: false, upsertable: false },
  timestamp: { timestamp: true },
  deprecated: { deprecated: true },
} as const;

/** None, a length, digits as in `Decimal(10,2)`, or a type inside another as in `Collection(Edm.String)`. Whatever else has brackets is written as a map. */
const usableBrackets = /^[^()]*(?:[^()]\((?:\d+(?:,\d+)?|[A-Za-z_][^()]*)\))?$/;

const flag = z.boolean(expected('true or false')).optional();
const limit = z.number(expected('a number'));
const flagWords = Object.keys(flags).join(', ');

/** `[minimum, maximum]`, or a map of both. */
const range = z
  .preprocess(fromPair, mapOf('a list [minimum, maximum] or a map', { minimum: limit, maximum: limit }))
  .refine(({ minimum, maximum }) => minimum <= maximum, {
    error: ({ input }) => `expected a minimum not above the maximum, got ${JSON.stringify(input)}`,
  });

/**
 * A field as a catalogue writes it: `string`, `string(80) required, Last Name` or a map. The short form is a type, optionally a
 * length, any of the words key, required, readonly, timestamp and deprecated, and after a comma and a space a label.
 */
export const fieldSchema = z.preprocess(
  fromShortForm,
  mapOf('a type such as "string" or "string(80) required, Last Name", or a map', {
    type: limitedText(outputLimits.fieldType),
    label: limitedText(outputLimits.label).optional(),
    description: limitedText(outputLimits.description).optional(),
    parent: limitedText(outputLimits.identifier).optional(),
    primaryKey: flag,
    nullable: flag,
    deprecated: flag,
    default: scalarText(outputLimits.defaultValue).optional(),
    values: z.array(scalarText(outputLimits.supportedValue), expected('a list of values')).optional(),
    operators: z.array(oneOf(operators), expected('a list of operators')).optional(),
    range: range.optional(),
    length: z.preprocess(fromMaximum, range).optional(),
    pattern: limitedText(outputLimits.valueRegexPattern).optional(),
    dateFormat: limitedText(outputLimits.supportedDateFormat).optional(),
    /** False: AppFlow says nothing of reading it. */
    source: flag,
    retrievable: flag,
    queryable: flag,
    timestamp: flag,
    /** Whether AppFlow says anything of writing it; when absent, what the connector is. */
    destination: flag,
    creatable: flag,
    updatable: flag,
    upsertable: flag,
    defaultedOnCreate: flag,
    writeOperations: z.array(oneOf(writeOperations), expected('a list of write operations')).optional(),
    customProperties: recordOf(
      'a map of custom properties',
      outputLimits.customPropertyKey,
      scalarText(outputLimits.customPropertyValue),
    )
      .refine(found => Object.keys(found).length <= maxCustomProperties, {
        error: issue => `expected at most ${maxCustomProperties} custom properties, got ${sizeOf(issue.input)}`,
      })
      .optional(),
  }),
);

/** A field of a catalogue, its short form written out. */
export type CatalogField = z.infer<typeof fieldSchema>;

function fromShortForm(written: unknown, context: z.core.$RefinementCtx): unknown {
  if (typeof written !== 'string') return written;
  const [, head = written, label] = /^(.*?),\s+(.*)$/s.exec(written) ?? [];
  const [typeAndLength = '', ...words] = head.trim().split(/\s+/);
  for (const word of words.filter(word => !isFlag(word))) {
    const message = `expected only the words ${flagWords} after the type, got ${inWords(word)}`;
    context.issues.push({ code: 'custom', input: written, message, path: [] });
  }
  if (!usableBrackets.test(typeAndLength)) {
    const message = `expected a length in brackets such as string(80), or none, got ${inWords(typeAndLength)}`;
    context.issues.push({ code: 'custom', input: written, message, path: [] });
  }
  const [, type = typeAndLength, length] = /^(.+)\((\d+)\)$/.exec(typeAndLength) ?? [];
  return {
    type,
    ...(label !== undefined && { label }),
    ...(length !== undefined && { length: Number(length) }),
    ...Object.assign({}, ...words.filter(isFlag).map(word => flags[word])),
  };
}

function isFlag(word: string): word is keyof typeof flags {
  return Object.hasOwn(flags, word);
}

function fromMaximum(written: unknown): unknown {
  return typeof written === 'number' ? { minimum: 0, maximum: written } : written;
}

function fromPair(written: unknown): unknown {
  if (!Array.isArray(written) || written.length !== 2) return written;
  return { minimum: written[0], maximum: written[1] };
}

function sizeOf(value: unknown): number {
  return Object.keys(Object(value)).length;
}
