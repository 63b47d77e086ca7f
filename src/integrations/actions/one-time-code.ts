import { createHmac, timingSafeEqual } from 'node:crypto';
import { CODE_LIFE_MS } from '../../dialogs/actions.ts';

const DIGITS = 6;
const CHALLENGE = /^([0-9a-z]+)\.(.+)\.([\w-]{43})$/;

export interface Challenge {
  /** Whose challenge it is, for example conversation, customer code and phone: it holds for these alone. */
  readonly subject: readonly string[];
  /** UTC ms. */
  readonly now: number;
}

/** One-time codes that are derived from a key and the id of their challenge, so that no code is ever stored. */
export interface OneTimeCodes {
  /** The id of a new challenge; it carries its time of issue. `random`: a fresh unique id. */
  begin(challenge: Challenge & { readonly random: string }): string;
  /** Whether the id is ours, of this subject, and not too old. */
  isOpen(challengeId: string, challenge: Challenge): boolean;
  /** Whether the time of a challenge is over. */
  isExpired(challengeId: string, now: number): boolean;
  /** The six digits of a challenge. */
  codeOf(challengeId: string): string;
  /** Compares in constant time. */
  matches(challengeId: string, typed: string): boolean;
  /** A name for a phone or a customer code under which acts can be counted without storing the value itself. */
  fingerprint(value: string): string;
}

/** `key` must be secret and outlive restarts: another key voids the codes under way and the counts. */
export function createOneTimeCodes({ key }: { readonly key: string }): OneTimeCodes {
  // The purpose in front keeps one kind of value from being used as another.
  const derive = (purpose: string, value: string) => createHmac('sha256', key).update(`${purpose}\n${value}`).digest();
  const sign = (stem: string, subject: readonly string[]) =>
    derive('challenge', JSON.stringify([stem, ...subject])).toString('base64url');
  const codeOf = (challengeId: string) =>
    String(derive('code', challengeId).readUIntBE(0, 6) % 10 ** DIGITS).padStart(DIGITS, '0');

  const isExpired = (challengeId: string, now: number) => {
    const [, issued = ''] = CHALLENGE.exec(challengeId) ?? [];
    return !(now < Number.parseInt(issued, 36) + CODE_LIFE_MS);
  };

  return {
    codeOf,
    isExpired,
    begin({ subject, now, random }) {
      const stem = `${now.toString(36)}.${random}`;
      return `${stem}.${sign(stem, subject)}`;
    },
    isOpen(challengeId, { subject, now }) {
      const [, issued = '', random = '', tag = ''] = CHALLENGE.exec(challengeId) ?? [];
      return isSame(tag, sign(`${issued}.${random}`, subject)) && !isExpired(challengeId, now);
    },
    matches: (challengeId, typed) => isSame(typed, codeOf(challengeId)),
    fingerprint: (value) => derive('fingerprint', value).toString('base64url'),
  };
}

function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
