import { describe, expect, it } from 'vitest';
import { checkMutant, controls, runControl } from './check-mutants.ts';
import { mutants } from './mutants.ts';
import { describeFailure } from './simulation-result.ts';

const timeout = 300_000;

describe('the simulator', () => {
  it.each(mutants)('catches it when $name', { timeout }, async mutant => {
    const check = await checkMutant(mutant);
    process.stdout.write(`${JSON.stringify({ proof: 'mutant', ...check })}\n`);
    expect(check.caught).not.toBeNull();
  });

  it.each(controls)(
    'finds nothing in $budget reads of the unchanged code, emphasis $emphasis',
    { timeout },
    async control => {
      const tally = await runControl(control.emphasis, control.budget);
      expect(describeFailure(tally)).toBeUndefined();
      expect(tally.confirmed).toBeGreaterThan(0);
    },
  );
});
