import { operations } from '../../../src/local-appflow/router.ts';
import { unsupportedOperations } from '../../../src/local-appflow/unsupported-operations.ts';
import type { Random } from '../../simulation/random.ts';

/** Where the fault plan is read and put, where faults are enabled; elsewhere a path that nothing has. */
export const faultControlPath = '/_faults';

/** Where a request may go. */
export interface FuzzTarget {
  readonly path: string;
  /** Those that are taken there. */
  readonly methods: readonly string[];
}

const supported = operations.map(toTarget);
const unsupported = [
  ...unsupportedOperations.map(toTarget),
  { path: '/tags/arn%3Aaws%3Aappflow%3Aeu-west-1%3A123456789012%3Aflow%2Fnightly', methods: ['GET', 'POST', 'DELETE'] },
];
const faultControl = { path: faultControlPath, methods: ['GET', 'PUT', 'PUT', 'PUT', 'DELETE'] };

/** Mostly an operation that local AppFlow has; now and then one that it has not, and the control route of the faults. */
export function pickTarget(random: Random): FuzzTarget {
  if (random.chance(0.8)) return random.pick(supported);
  return random.chance(0.6) ? random.pick(unsupported) : faultControl;
}

function toTarget({ path }: { readonly path: string }): FuzzTarget {
  return { path, methods: ['POST'] };
}
