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

/** Writes the hashes from `from` up to `to` that the sieve may hold to `kept`, from `count` on; returns where they end. */
export function sift(
  { bits, shift }: Sieve,
  hashes: Int32Array,
  from: number,
  to: number,
  kept: Int32Array,
  count: number,
): number {
  let end = count;
  for (let i = from; i < to; i++) {
    const hash = hashes[i] as number;
    const bit = hash >>> shift;
    // Written always and kept by counting on: a branch here would be guessed wrong half of the time.
    kept[end] = hash;
    end += ((bits[bit >>> 5] as number) >>> (bit & 31)) & 1;
  }
  return end;
}
