import { z } from 'zod';
import { expected, inWords } from '../connectors/expected.ts';
import { mapOf, oneOf } from '../connectors/schema-parts.ts';
import { operations } from '../router.ts';
import { type FaultErrorName, faultErrorStatuses } from './fault-errors.ts';

/** An hour: longer than anyone waits, and far from the most a timer can take. */
const longestMs = 3_600_000;
/** Of a body or a message that a rule writes out. */
const longestText = 10_000;

const operationNames = operations.map(({ name }) => name);
const errorNames = Object.keys(faultErrorStatuses) as FaultErrorName[];

/** Which requests a rule is about, and how often it strikes them; everything may be left out. */
const target = {
  /** AppFlow's names of operations; all of them when absent. */
  operations: names(oneOf(operationNames), 'a list of operations'),
  /** Profiles that the request names; when absent, any and none. */
  profiles: names(text(), 'a list of profile names'),
  /** Entities that are described, reset, or listed below; when absent, any and none. */
  entities: names(text(), 'a list of entity names'),
  /** Flows that are described; when absent, any and none. */
  flows: names(text(), 'a list of flow names'),
  /** How many matching requests pass before the first strike. */
  after: wholeNumber(0, Number.MAX_SAFE_INTEGER).default(0),
  /** How often it strikes before it stops; for ever when absent. */
  times: wholeNumber(1, Number.MAX_SAFE_INTEGER).optional(),
  /** The chance that a matching request is struck. */
  rate: z
    .number(expected('a number from 0 to 1'))
    .refine(rate => rate >= 0 && rate <= 1, expected('a number from 0 to 1'))
    .default(1),
};

/** Whether the operation is carried out all the same, so that only its answer is lost. */
const takesEffect = z.boolean(expected('true or false')).default(false);

const milliseconds = wholeNumber(0, longestMs);
const delay = z.union(
  [
    milliseconds,
    z
      .tuple([milliseconds, milliseconds])
      .refine(([least, most]) => least <= most, expected('a list [least, most], the least first')),
  ],
  expected(`whole milliseconds, at most ${longestMs}, or a list [least, most] of them`),
);

const kinds = [
  mapOf('a rule', { fault: z.literal('latency'), ms: delay, ...target }),
  mapOf('a rule', {
    fault: z.literal('error'),
    name: oneOf(errorNames),
    message: text().optional(),
    retryAfterSeconds: wholeNumber(0, 86_400).optional(),
    takesEffect,
    ...target,
  }),
  mapOf('a rule', { fault: z.literal('hang'), takesEffect, ...target }),
  mapOf('a rule', { fault: z.literal('connection-reset'), takesEffect, ...target }),
  /** `bytes`: how much of the body is sent; half of it when absent, and never all of it. */
  mapOf('a rule', { fault: z.literal('truncated-body'), bytes: wholeNumber(0, 1e9).optional(), ...target }),
  mapOf('a rule', { fault: z.literal('malformed-body'), body: text().default('<html>It works!</html>'), ...target }),
  mapOf('a rule', {
    fault: z.literal('slow-body'),
    pieceBytes: wholeNumber(1, 1e9).default(64),
    pauseMs: milliseconds.default(100),
    ...target,
  }),
  /** With neither number a token is of no use from the start. */
  mapOf('a rule', {
    fault: z.literal('expired-token'),
    afterUses: wholeNumber(0, 1e9).optional(),
    afterSeconds: wholeNumber(0, 86_400).optional(),
    ...target,
  }),
] as const;

const kindNames = kinds.map(({ shape }) => shape.fault.value);

const rule = z.discriminatedUnion('fault', kinds, {
  error: ({ code, input }) => {
    if (code !== 'invalid_union') return `expected a map with fault and what it needs, got ${inWords(input)}`;
    const { fault } = input as { readonly fault?: unknown };
    return `expected one of ${kindNames.join(', ')}, got ${inWords(fault)}`;
  },
});

/** The shape of `faults` in a catalogue, and of what the control route takes. */
export const faultPlanSchema = mapOf('a map with seed and rules', {
  /** The same seed and the same requests in the same order give the same faults. */
  seed: wholeNumber(0, Number.MAX_SAFE_INTEGER).default(1),
  rules: z.array(rule, expected('a list of rules')).default([]),
});

/** How local AppFlow is to misbehave. */
export type FaultPlan = z.infer<typeof faultPlanSchema>;
/** One way to misbehave, told apart by `fault`, and the requests it is for. */
export type FaultRule = FaultPlan['rules'][number];

/** One that does nothing. */
export const noFaults: FaultPlan = { seed: 1, rules: [] };

function text() {
  return z.string(expected('text')).max(longestText, {
    error: issue => `expected at most ${longestText} characters, got ${String(issue.input).length}`,
  });
}

function wholeNumber(least: number, most: number) {
  const what = expected(
    most === Number.MAX_SAFE_INTEGER ? `a whole number from ${least} up` : `a whole number from ${least} to ${most}`,
  );
  return z.number(what).refine(value => Number.isSafeInteger(value) && value >= least && value <= most, what);
}

function names<T extends z.core.SomeType>(name: T, what: string) {
  return z
    .array(name, expected(what))
    .nonempty(expected(`${what}, at least one`))
    .optional();
}
