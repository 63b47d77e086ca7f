import type { Entity } from '../understanding.ts';
import { type Extractor, entityOver, gapBefore, type Reading } from './extractor.ts';
import { digitWordAt } from './number-words.ts';
import { digitsSaidAt, letterSaidAt, skipPause } from './spelled.ts';

const WELL_FORMED = /^(P[ABCDEHKMNPQT]|HN)[0-9A-Z]{4}[0-9]{7}$/;
const PREFIX = /^(p[abcdehkmnpqt]|hn)/;
/** Prefixes of corporations whose unit part is digits, so that a letter O there is a zero. */
const DIGITS_ONLY = /^P[BEK]/;
const CODE_LENGTH = 13;
const SHORTEST = 8;
/** Where the tail of seven digits begins. */
const UNIT_END = 6;

interface Part {
  readonly chars: string;
  readonly spoken: boolean;
  readonly next: number;
}

/** Finds customer codes, pasted, broken up by blanks and dots, or spelled aloud. */
export const findCustomerCodes: Extractor = (reading) => {
  const found: Entity[] = [];
  for (let i = 0; i < reading.tokens.length; i++) {
    const code = readCode(reading, i);
    if (code === undefined) continue;
    found.push(code.entity);
    i = code.last;
  }
  return found;
};

function readCode(reading: Reading, first: number): { entity: Entity; last: number } | undefined {
  const start = readPrefix(reading, first);
  if (start === undefined) return undefined;
  let { chars, next } = start;
  let digits = chars.replace(/\D/g, '').length;
  for (let part = readPart(reading, next, chars.length); part; part = readPart(reading, next, chars.length)) {
    // "PB0201 0066 190 không hiển thị": a whole code in digits does not go on in words.
    if (part.spoken && chars.length === CODE_LENGTH && reading.tokens[next - 1]?.isNumber) break;
    const isSeparate = gapBefore(reading, next) !== '' && !part.spoken;
    if (isSeparate && chars.length === CODE_LENGTH && part.chars.length !== 3) break;
    if (isSeparate && chars.length >= 11 && /^(0\d{9}|84\d{9})$/.test(part.chars)) break;
    chars += part.chars;
    digits += part.chars.replace(/\D/g, '').length;
    next = part.next;
  }
  if (chars.length < SHORTEST || digits < 6) return undefined;
  const { value, problem } = judge(chars.toUpperCase());
  const confidence = problem === undefined ? 0.99 : 0.8;
  return {
    entity: entityOver(reading, 'customer_code', first, next - 1, value, confidence, problem),
    last: next - 1,
  };
}

/** "p" or "h". */
const isFirstLetter = (code: number): boolean => code === 112 || code === 104;

function readPrefix(reading: Reading, first: number): { chars: string; next: number } | undefined {
  const token = reading.tokens[first];
  if (token === undefined || token.isNumber || !isFirstLetter(token.folded.charCodeAt(0))) return undefined;
  if (PREFIX.test(token.folded) && token.folded.length <= 8) {
    const isFollowed = reading.tokens[first + 1]?.isNumber || digitWordAt(reading, first + 1) !== undefined;
    const hasLetters = token.folded.length > 2 && gapBefore(reading, first + 1) !== '';
    if (isFollowed)
      return hasLetters || token.lower !== token.folded ? undefined : { chars: token.folded, next: first + 1 };
  }
  const one = letterSaidAt(reading, first);
  const two = one && letterSaidAt(reading, one.next);
  if (one === undefined || two === undefined) return undefined;
  const chars = one.chars + two.chars;
  return PREFIX.test(chars) ? { chars, next: two.next } : undefined;
}

function readPart(reading: Reading, from: number, position: number): Part | undefined {
  const index = skipPause(reading, from);
  const token = reading.tokens[index];
  if (token === undefined) return undefined;
  const gap = gapBefore(reading, index);
  if (!/^[ .,\-_/:]{0,3}$/.test(gap)) return undefined;
  if (token.isNumber) return { chars: token.folded, spoken: false, next: index + 1 };
  const digits = digitsSaidAt(reading, index);
  if (digits !== undefined) return { ...digits, spoken: true };
  if (!/^[a-z]+$/.test(token.folded)) return undefined;
  const isGlued = gap === '' || reading.tokens[index + 1]?.start === token.end;
  const isShort = token.folded.length <= (position < UNIT_END ? 3 : 2);
  const nextIsNumber = reading.tokens[index + 1]?.isNumber === true;
  if (isGlued && isShort && (gap === '' || nextIsNumber))
    return { chars: token.folded, spoken: false, next: index + 1 };
  const isUnitLetters =
    position < UNIT_END && token.folded.length <= 2 && nextIsNumber && !/[aeiouy]/.test(token.folded);
  if (isUnitLetters) return { chars: token.folded, spoken: false, next: index + 1 };
  const letter = position >= 4 && position < UNIT_END ? letterSaidAt(reading, index) : undefined;
  if (letter === undefined) return undefined;
  const goesOn =
    position + letter.chars.length < UNIT_END
      ? (letterSaidAt(reading, letter.next) ?? digitsSaidAt(reading, letter.next))
      : digitsSaidAt(reading, letter.next);
  const isFollowed = goesOn !== undefined || reading.tokens[letter.next]?.isNumber === true;
  return isFollowed ? { ...letter, spoken: true } : undefined;
}

function judge(raw: string): { value: string; problem?: string } {
  const toDigits = (part: string): string => part.replaceAll('O', '0').replace(/[IL]/g, '1');
  const unit = DIGITS_ONLY.test(raw) ? toDigits(raw.slice(2, 6)) : raw.slice(2, 6);
  const value = raw.slice(0, 2) + unit + toDigits(raw.slice(6));
  if (value.length < CODE_LENGTH) return { value, problem: 'too_short' };
  // A meter point is the code and three digits more.
  const isMeterPoint = value.length === 16 && /^\d{3}$/.test(value.slice(CODE_LENGTH));
  if (value.length > CODE_LENGTH && !isMeterPoint) return { value, problem: 'too_long' };
  const code = value.slice(0, CODE_LENGTH);
  return WELL_FORMED.test(code) ? { value: code } : { value: code, problem: 'malformed' };
}
