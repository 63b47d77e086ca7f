export interface SeededRandom {
  /** Whole number from `low` to `high`, both included. */
  integer(low: number, high: number): number;
  pick<T>(from: readonly [T, ...T[]]): T;
}

/** Numbers that look random and are the same for the same seed (mulberry32). */
export function createRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  function integer(low: number, high: number): number {
    return low + Math.floor(next() * (high - low + 1));
  }
  return { integer, pick: (from) => from[integer(0, from.length - 1)] ?? from[0] };
}
