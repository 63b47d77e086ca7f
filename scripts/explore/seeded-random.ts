import { createRandom as createGenerator } from '../../src/nlu/hash.ts';

export interface SeededRandom {
  /** Whole number from `low` to `high`, both included. */
  integer(low: number, high: number): number;
  pick<T>(from: readonly [T, ...T[]]): T;
}

/** Choices that look random and are the same for the same seed. */
export function createRandom(seed: number): SeededRandom {
  const next = createGenerator(seed);
  function integer(low: number, high: number): number {
    return low + Math.floor(next() * (high - low + 1));
  }
  return { integer, pick: (from) => from[integer(0, from.length - 1)] ?? from[0] };
}
