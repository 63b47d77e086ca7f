import { createHash } from 'node:crypto';

type KeyPart = string | number;

/**
 * Chance without memory: the same seed and the same key always give the same result, whatever happened in between.
 * So a failing run can be replayed although requests overlap differently each time.
 */
export interface Draws {
  /** A number from 0 up to, not including, 1. */
  fraction(...key: KeyPart[]): number;
  happens(probability: number, ...key: KeyPart[]): boolean;
  between(range: readonly [number, number], ...key: KeyPart[]): number;
  hex(length: number, ...key: KeyPart[]): string;
  /** Decimal digits as Zalo's ids: a string, mostly above 2^53. */
  digits(length: number, ...key: KeyPart[]): string;
}

/** Makes the draws of one seed. */
export function createDraws(seed: string | number): Draws {
  const digest = (key: readonly KeyPart[]) => createHash('sha256').update(JSON.stringify([seed, ...key]));
  const fraction = (...key: KeyPart[]) => digest(key).digest().readUInt32BE(0) / 2 ** 32;
  return {
    fraction,
    happens: (probability, ...key) => probability > 0 && fraction(...key) < probability,
    between: ([low, high], ...key) => Math.round(low + (high - low) * fraction(...key)),
    hex: (length, ...key) => digest(key).digest('hex').slice(0, length),
    digits: (length, ...key) => {
      const number = BigInt(`0x${digest(key).digest('hex')}`).toString();
      return number.padEnd(length, '7').slice(0, length);
    },
  };
}
