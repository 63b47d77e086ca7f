import { createHash } from 'node:crypto';

/** A number in [0, 1) that depends on nothing but the words. */
export function seeded(words: string): number {
  return createHash('sha256').update(words).digest().readUInt32BE(0) / 2 ** 32;
}

/** One of the items, always the same for the same words. */
export function pick<T>(items: readonly [T, ...T[]] | readonly T[], words: string): T {
  return items[Math.floor(seeded(words) * items.length)] as T;
}
