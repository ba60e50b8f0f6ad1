const bytesPerCharacter = 2;
const bytesPerScalar = 8;
const bytesPerObject = 32;

/**
 * Roughly how much memory a plain value holds: two bytes a character and fixed prices for the rest. Property names are shared
 * by V8 among objects of one shape and cost nothing. Within a factor of two of the heap for metadata, which is what a bound
 * needs; serialising to measure would cost more than the fetch's own parsing.
 */
export function estimateBytes(value: unknown): number {
  if (typeof value === 'string') return value.length * bytesPerCharacter;
  if (typeof value !== 'object' || value === null) return bytesPerScalar;
  let bytes = bytesPerObject;
  for (const member of Object.values(value)) bytes += bytesPerScalar + estimateBytes(member);
  return bytes;
}
