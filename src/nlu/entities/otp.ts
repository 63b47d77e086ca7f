import type { Entity } from '../understanding.ts';
import { wordSet } from '../word-facts.ts';
import {
  type Extractor,
  entityOver,
  mentions,
  type Phrases,
  phraseAt,
  phrases,
  type Reading,
  startsOf,
} from './extractor.ts';
import { digitWordAt } from './number-words.ts';

/** After these the digits may stand in groups or be said, and some words later. */
const NAMES = phrases('otp', 'mã xác nhận', 'mã xác thực');
const LOOSE_NAMES = phrases('mã', 'code');
const NAME_STARTS = wordSet(startsOf(NAMES, LOOSE_NAMES));
/** Digits before these are a sum or a count. */
const UNITS: ReadonlySet<string> = new Set(['đ', 'đồng', 'dong', 'vnd', 'vnđ', 'kwh', 'ký', 'kí']);
const REACH = 7;
const LOOSE_REACH = 3;
const LENGTH = 6;

/** Finds one-time codes: six digits where one is asked for, or beside the word for it. */
export const findOtps: Extractor = (reading) => {
  const isAsked = reading.context.expects?.includes('otp') ?? false;
  const found: Entity[] = [];
  if (!isAsked && !mentions(reading, NAME_STARTS)) return found;
  for (let i = 0; i < reading.tokens.length; i++) {
    if (!mayStart(reading, i)) continue;
    const isClear = isAsked || isNamed(reading, i, NAMES, REACH);
    if (!isClear && !isNamed(reading, i, LOOSE_NAMES, LOOSE_REACH)) continue;
    const read = readSix(reading, i, isClear);
    if (read === undefined) continue;
    found.push(entityOver(reading, 'otp', i, read.last, read.digits, isAsked ? 0.97 : 0.8));
    i = read.last;
  }
  return found;
};

function mayStart(reading: Reading, at: number): boolean {
  return reading.tokens[at]?.isNumber === true || digitWordAt(reading, at) !== undefined;
}

function isNamed(reading: Reading, at: number, names: Phrases, reach: number): boolean {
  for (let back = 1; back <= reach; back++) if (phraseAt(reading, at - back, names) > 0) return true;
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
  return digits.length === LENGTH && !goesOn && !UNITS.has(next?.lower ?? '') ? { digits, last: i - 1 } : undefined;
}
