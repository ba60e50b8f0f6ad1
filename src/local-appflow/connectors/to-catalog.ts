import { type Catalog, catalogSchema } from './catalog-schema.ts';
import { checkCatalogReferences, type ReservedNames } from './check-catalog-references.ts';
import { toProblems } from './to-problems.ts';
import type { UnlocatedProblem } from './unlocated-problem.ts';

/** Makes what was written a catalogue, or says all that is wrong with it; `catalog` is absent when something of its shape is. */
export function toCatalog(
  written: unknown,
  reserved: ReservedNames,
): { catalog?: Catalog; problems: readonly UnlocatedProblem[] } {
  const result = catalogSchema.safeParse(written, { reportInput: true });
  const problems = [...(result.error?.issues.flatMap(toProblems) ?? []), ...checkCatalogReferences(written, reserved)];
  if (!result.success) return { problems };
  const { connectors = {}, customConnectors = {}, profiles = {}, flows = {}, faults } = result.data;
  return { catalog: { connectors, customConnectors, profiles, flows, ...(faults && { faults }) }, problems };
}
