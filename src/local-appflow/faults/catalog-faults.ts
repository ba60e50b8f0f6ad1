import type { Log } from '../../base/log.ts';
import { type FaultPlan, noFaults } from './fault-plan.ts';
import type { Faults } from './faults.ts';

/**
 * Creates what is told of the faults in a catalogue each time that is read. They come into force when they differ from those of the
 * reading before, so saving other changes leaves alone what the control route has put in force since. Without `faults` (not enabled) they
 * are ignored, with a warning.
 */
export function createCatalogFaults(faults: Faults | undefined, log: Log): (plan: FaultPlan | undefined) => void {
  let last: string | undefined;
  return plan => {
    const written = plan && JSON.stringify(plan);
    if (written === last) return;
    last = written;
    if (faults) faults.replace(plan ?? noFaults);
    else if (plan)
      log.warn({ rules: plan.rules.length }, 'the faults in the catalogue are ignored: they are not enabled');
  };
}
