import { createHash } from 'node:crypto';

/**
 * Chance that a seed repeats. Numbers have names instead of following each other: which rule draws, and for the how-manieth time.
 * So one rule more in a plan leaves the others' fortunes alone.
 *
 * @returns A number evenly spread over [0, 1).
 */
export function seededChance(seed: number, rule: number, draw: number): number {
  const digest = createHash('sha256').update(`${seed} ${rule} ${draw}`).digest();
  return digest.readUInt32BE(0) / 2 ** 32;
}
