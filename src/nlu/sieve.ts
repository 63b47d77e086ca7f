/**
 * A table of bits small enough for the processor's cache: tells at once of most hashes that they were never added, so
 * that the real table need not be searched.
 */
export interface Sieve {
  readonly bits: Uint32Array;
  /** The upper bits of a hash, from here on, are its place. */
  readonly shift: number;
}

/** An empty sieve of `2 ** size` bits. */
export function createSieve(size: number): Sieve {
  return { bits: new Uint32Array(2 ** (size - 5)), shift: 32 - size };
}

export function addTo({ bits, shift }: Sieve, hash: number): void {
  const bit = hash >>> shift;
  bits[bit >>> 5] = (bits[bit >>> 5] as number) | (1 << (bit & 31));
}

/** False where the hash was never added; true where it was, and seldom where it was not. */
export function mayHold({ bits, shift }: Sieve, hash: number): boolean {
  const bit = hash >>> shift;
  return ((bits[bit >>> 5] as number) & (1 << (bit & 31))) !== 0;
}
