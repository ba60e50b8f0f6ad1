/** Chance that a seed repeats: a run that found something can be had again. */
export interface SeededRandom {
  /** Evenly spread over [from, to). */
  between(from: number, to: number): number;
  pick<T>(items: readonly T[]): T;
  /** The items in another order. */
  shuffle<T>(items: readonly T[]): T[];
}

/** Creates one from a whole number; the same number gives the same sequence. */
export function createSeededRandom(seed: number): SeededRandom {
  const next = mulberry32(seed);
  const between = (from: number, to: number) => from + next() * (to - from);
  return {
    between,
    pick: <T>(items: readonly T[]) => {
      if (items.length === 0) throw new Error('expected items to pick from, got none');
      // The index is below the length, so what stands there is a T, be it undefined.
      return items[Math.floor(next() * items.length)] as T;
    },
    shuffle: items =>
      items
        .map(item => ({ item, order: next() }))
        .sort((a, b) => a.order - b.order)
        .map(({ item }) => item),
  };
}

/** Tommy Ettinger's generator: 32 bits of state, and even enough to choose faults by. */
function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
