import type { Conditions } from './conditions.ts';
import type { FaultCounts } from './fault-counts.ts';
import type { Random } from './random.ts';
import type { VirtualTime } from './virtual-time.ts';

/** What all parts of one simulated world have in common. */
export interface World {
  readonly time: VirtualTime;
  readonly random: Random;
  readonly faults: FaultCounts;
  /** The weather: changes in the course of a run. */
  conditions: Conditions;
  /** Writes a line about what happens into the run's log, when somebody wants to read it. */
  trace(describe: () => string): void;
}
