import type { Aspect } from './locate-in-document.ts';

/** Something wrong in a catalogue by its path, before it has a line. */
export interface UnlocatedProblem {
  readonly path: readonly PropertyKey[];
  readonly aspect: Aspect;
  readonly message: string;
}

export type Path = readonly string[];

/** A map as it was written: nothing is known about what stands in it. */
export type Written = Readonly<Record<string, unknown>>;

/** What was written as a map; an empty one when it is none, for then the schema has complained. */
export function toMap(value: unknown): Written {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Written) : {};
}

export function problem(path: Path, aspect: Aspect, message: string): UnlocatedProblem {
  return { path, aspect, message };
}

/** A message with the path in front, where there is one. */
export function withPath(path: readonly PropertyKey[], message: string): string {
  return path.length > 0 ? `${path.map(String).join('.')}: ${message}` : message;
}
