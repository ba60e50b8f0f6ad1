/**
 * Input constraints as data, and what AWS says when they are broken.
 *
 * AppFlow answers in the wording of AWS's older service framework (seen on the real service for the pattern; for the others it
 * is what services of that age say). Order: members as the table has them, and for one member its length, pattern, values.
 */
import { AppflowError } from './errors.ts';

export interface StringConstraint {
  readonly type: 'string';
  readonly required?: true;
  readonly maxLength?: number;
  /** As the model prints it: without anchors, although the whole string has to match. */
  readonly pattern?: string;
  readonly values?: readonly string[];
}

export interface IntegerConstraint {
  readonly type: 'integer';
  readonly required?: true;
  readonly min: number;
  readonly max: number;
}

export interface ListConstraint {
  readonly type: 'list';
  readonly required?: true;
  readonly maxLength: number;
  readonly element: StringConstraint;
}

export type Constraint = StringConstraint | IntegerConstraint | ListConstraint;

/** The input of one operation, member by member. */
export type InputConstraints = Readonly<Record<string, Constraint>>;

/** What a body becomes once it has passed: every member of the table, absent ones as `undefined`, and no other. */
export type InputOf<C extends InputConstraints> = {
  readonly [M in keyof C]: C[M] extends { readonly required: true } ? ValueOf<C[M]> : ValueOf<C[M]> | undefined;
};

/** An input that has passed, of whatever operation it is. */
export type CheckedInput = Readonly<Record<string, MemberValue>>;

type MemberValue = string | number | readonly string[] | undefined;

type ValueOf<C extends Constraint> = C extends StringConstraint
  ? string
  : C extends IntegerConstraint
    ? number
    : readonly string[];

/**
 * Checks a parsed body against the table. Members the table lacks are ignored, and `null` counts as absent, as in restJson1.
 *
 * Throws a SerializationException for a value of the wrong JSON type, else a ValidationException that names every breach.
 */
export function toInput<C extends InputConstraints>(constraints: C, body: unknown): InputOf<C> {
  const values = readMembers(constraints, body);
  const breaches = Object.entries(constraints).flatMap(([member, constraint]) =>
    findBreaches(constraint, values[member]).map(breach => describeBreach(member, values[member], breach)),
  );
  if (breaches.length > 0) throw new AppflowError('ValidationException', describeBreaches(breaches));
  return values as InputOf<C>;
}

function readMembers(constraints: InputConstraints, body: unknown): Record<string, MemberValue> {
  if (!isObject(body)) {
    throw new AppflowError('SerializationException', `The body must be a JSON object, got ${kindOf(body)}.`);
  }
  return Object.fromEntries(
    Object.entries(constraints).map(([member, { type }]) => [member, readValue(member, type, body[member])]),
  );
}

function readValue(member: string, type: Constraint['type'], value: unknown): MemberValue {
  if (value === null || value === undefined) return undefined;
  if (!isOfType[type](value)) {
    const came = Array.isArray(value) && type === 'list' ? 'other elements' : kindOf(value);
    throw new AppflowError('SerializationException', `${member} must be ${jsonTypes[type]}, got ${came}.`);
  }
  return value as MemberValue;
}

const isOfType = {
  string: value => typeof value === 'string',
  // The model's integers have 32 bits.
  integer: value => typeof value === 'number' && (value | 0) === value,
  list: value => Array.isArray(value) && value.every(element => typeof element === 'string'),
} satisfies Record<Constraint['type'], (value: unknown) => boolean>;

const jsonTypes = {
  string: 'a JSON string',
  integer: 'a whole JSON number of 32 bits',
  list: 'a JSON array of strings',
} satisfies Record<Constraint['type'], string>;

function findBreaches(constraint: Constraint, value: MemberValue): string[] {
  if (value === undefined) return constraint.required ? ['Member must not be null'] : [];
  switch (constraint.type) {
    case 'string':
      return findStringBreaches(constraint, String(value));
    case 'integer':
      return findIntegerBreaches(constraint, Number(value));
    case 'list':
      return findListBreaches(constraint, Array.isArray(value) ? value : []);
    default:
      return constraint satisfies never;
  }
}

function findStringBreaches(constraint: StringConstraint, value: string): string[] {
  return toRules(constraint)
    .filter(({ isKept }) => !isKept(value))
    .map(({ words }) => words);
}

interface StringRule {
  readonly words: string;
  isKept(value: string): boolean;
}

function toRules({ maxLength, pattern, values }: StringConstraint): StringRule[] {
  const rules: StringRule[] = [];
  if (maxLength !== undefined) {
    const words = `Member must have length less than or equal to ${maxLength}`;
    rules.push({ words, isKept: value => value.length <= maxLength });
  }
  if (pattern !== undefined) {
    const words = `Member must satisfy regular expression pattern: ${pattern}`;
    const whole = new RegExp(`^(?:${pattern})$`);
    rules.push({ words, isKept: value => whole.test(value) });
  }
  if (values !== undefined) {
    const words = `Member must satisfy enum value set: [${values.join(', ')}]`;
    rules.push({ words, isKept: value => values.includes(value) });
  }
  return rules;
}

function findIntegerBreaches({ min, max }: IntegerConstraint, value: number): string[] {
  if (value < min) return [`Member must have value greater than or equal to ${min}`];
  return value > max ? [`Member must have value less than or equal to ${max}`] : [];
}

/** For elements AWS says all they have to satisfy, kept or broken (seen on Lambda and CodePipeline). */
function findListBreaches({ maxLength, element }: ListConstraint, values: readonly string[]): string[] {
  const rules = toRules(element);
  const areKept = values.every(value => rules.every(({ isKept }) => isKept(value)));
  return [
    ...(values.length > maxLength ? [`Member must have length less than or equal to ${maxLength}`] : []),
    ...(areKept ? [] : [`Member must satisfy constraint: [${rules.map(({ words }) => words).join(', ')}]`]),
  ];
}

function describeBreaches(breaches: readonly string[]): string {
  const errors = breaches.length === 1 ? '1 validation error' : `${breaches.length} validation errors`;
  return `${errors} detected: ${breaches.join('; ')}`;
}

function describeBreach(member: string, value: MemberValue, breach: string): string {
  return `Value ${quote(value)} at '${member}' failed to satisfy constraint: ${breach}`;
}

function quote(value: MemberValue): string {
  if (value === undefined) return 'null';
  return Array.isArray(value) ? `'[${value.join(', ')}]'` : `'${value}'`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'number') return `the number ${value}`;
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
