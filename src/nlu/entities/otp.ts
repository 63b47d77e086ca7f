import type { Entity } from '../understanding.ts';
import { type Extractor, entityOver, phraseAt, phrases, type Reading } from './extractor.ts';
import { digitWordAt } from './number-words.ts';

const NAMES = phrases('otp', 'mã xác nhận', 'mã xác thực', 'mã', 'code');
const LENGTH = 6;

/** Finds one-time codes: six digits where one is asked for, or beside the word for it. */
export const findOtps: Extractor = (reading) => {
  const isAsked = reading.context.expects?.includes('otp') ?? false;
  const found: Entity[] = [];
  for (let i = 0; i < reading.tokens.length; i++) {
    if (!isAsked && !(isSixDigits(reading, i) && isNamed(reading, i))) continue;
    const read = readSix(reading, i, isAsked);
    if (read === undefined) continue;
    found.push(entityOver(reading, 'otp', i, read.last, read.digits, isAsked ? 0.97 : 0.8));
    i = read.last;
  }
  return found;
};

function isSixDigits(reading: Reading, at: number): boolean {
  const token = reading.tokens[at];
  return token?.isNumber === true && token.folded.length === LENGTH;
}

function isNamed(reading: Reading, at: number): boolean {
  for (let back = 1; back <= 3; back++) if (phraseAt(reading, at - back, NAMES) > 0) return true;
  return false;
}

function readSix(reading: Reading, first: number, joins: boolean): { digits: string; last: number } | undefined {
  let digits = '';
  let i = first;
  for (; i < reading.tokens.length && digits.length < LENGTH; i++) {
    const token = reading.tokens[i];
    const part = token?.isNumber ? token.folded : joins ? digitWordAt(reading, i)?.toString() : undefined;
    if (part === undefined || (i > first && !joins)) break;
    digits += part;
  }
  const next = reading.tokens[i];
  const goesOn = next?.isNumber === true && next.start - (reading.tokens[i - 1]?.end ?? 0) <= 1;
  return digits.length === LENGTH && !goesOn ? { digits, last: i - 1 } : undefined;
}
