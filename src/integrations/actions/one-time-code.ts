import { createHmac, timingSafeEqual } from 'node:crypto';

/** How long a one-time code is good for. */
export const CODE_LIFE_MS = 5 * 60_000;

/** Codes that are derived, never stored: whoever has no key can neither read nor make one. */
export interface OneTimeCodes {
  /** A new challenge; `id` is unique. It carries its time of issue, so that no row is needed for it. */
  challenge(id: string, now: number): string;
  isExpired(challengeId: string, now: number): boolean;
  /** Six digits, for this challenge and this customer only. */
  codeFor(challengeId: string, customerCode: string): string;
  /** Compares in constant time. */
  isRight(challengeId: string, customerCode: string, code: string): boolean;
}

const DIGITS = 6;
const CODES = 10n ** BigInt(DIGITS);

/** `key` is the server's secret: the same on every node, and for as long as codes are under way. */
export function createOneTimeCodes({ key }: { readonly key: string }): OneTimeCodes {
  function codeFor(challengeId: string, customerCode: string): string {
    const digest = createHmac('sha256', key).update(`one-time-code\n${challengeId}\n${customerCode}`).digest();
    // 64 bits over a million codes: the bias of the remainder is below 10^-13.
    return String(digest.readBigUInt64BE(0) % CODES).padStart(DIGITS, '0');
  }
  return {
    challenge: (id, now) => `${now.toString(36)}.${id}`,
    isExpired(challengeId, now) {
      const issuedAt = Number.parseInt(challengeId.split('.')[0] ?? '', 36);
      return !(issuedAt <= now && now < issuedAt + CODE_LIFE_MS);
    },
    codeFor,
    isRight(challengeId, customerCode, code) {
      const expected = Buffer.from(codeFor(challengeId, customerCode));
      const given = Buffer.from(code);
      return given.length === expected.length && timingSafeEqual(given, expected);
    },
  };
}
