/** A small generator of random numbers: the same seed gives the same walk. */
export function randomFrom(seed: number): <T>(from: readonly T[]) => T {
  let state = seed * 2_654_435_761 + 1;
  return (from) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    const mixed = Math.imul(state ^ (state >>> 13), 0x297a2d39) >>> 0;
    return from[mixed % from.length] as (typeof from)[number];
  };
}

export type Pick = ReturnType<typeof randomFrom>;
