import type { z } from 'zod';
import { inWords } from './expected.ts';
import { isAboutName } from './schema-parts.ts';
import type { UnlocatedProblem } from './unlocated-problem.ts';

/** A zod issue as problems: an issue about unknown members is one for each of them. */
export function toProblems(issue: z.core.$ZodIssue): UnlocatedProblem[] {
  const { path, message } = issue;
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(key => ({ path: [...path, key], aspect: 'key', message: `${message}, got ${inWords(key)}` }));
  }
  return [{ path, aspect: isAboutName(issue) ? 'key' : 'value', message }];
}
