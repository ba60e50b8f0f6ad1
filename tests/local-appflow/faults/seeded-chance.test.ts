import fc from 'fast-check';
import { expect, it } from 'vitest';
import { seededChance } from '../../../src/local-appflow/faults/seeded-chance.ts';

const number = fc.nat();

it('is the same for the same names, and never one', () => {
  fc.assert(
    fc.property(number, number, number, (seed, rule, draw) => {
      const chance = seededChance(seed, rule, draw);
      expect(chance).toBe(seededChance(seed, rule, draw));
      expect(chance >= 0 && chance < 1).toBe(true);
    }),
  );
});

it('is spread evenly, whichever of its names changes', () => {
  const means = [
    (n: number) => seededChance(n, 0, 0),
    (n: number) => seededChance(1, n, 0),
    (n: number) => seededChance(1, 0, n),
  ].map(draw => Array.from({ length: 2000 }, (_, n) => draw(n)).reduce((sum, chance) => sum + chance, 0) / 2000);
  for (const mean of means) expect(Math.abs(mean - 0.5)).toBeLessThan(0.03);
});
