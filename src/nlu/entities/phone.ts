import type { Entity } from '../understanding.ts';
import { type Extractor, entityOver, gapBefore, phraseAt, phrases, type Reading } from './extractor.ts';
import { digitWordAt } from './number-words.ts';

const MOBILE = /^0[35789]\d{8}$/;
const LANDLINE = /^02\d{9}$/;
const HOTLINE = /^1[89]00\d{4,6}$/;
const NAMES = phrases(
  'số điện thoại',
  'điện thoại',
  'sđt',
  'sdt',
  'đt',
  'số phone',
  'zalo',
  'liên hệ',
  'liên lạc',
  'gọi',
);

/** Finds telephone numbers: mobile, landline, hotline; with blanks, dots, +84, or said digit by digit. */
export const findPhones: Extractor = (reading) => {
  const found: Entity[] = [];
  for (let i = 0; i < reading.tokens.length; i++) {
    const run = readRun(reading, i);
    if (run === undefined) continue;
    const entity = judge(reading, i, run);
    if (entity === undefined) continue;
    found.push(entity.entity);
    i = entity.last;
  }
  return found;
};

interface Run {
  /** All digits read after each token of the run. */
  readonly digits: readonly string[];
}

function readRun(reading: Reading, first: number): Run | undefined {
  const start = reading.tokens[first];
  if (start === undefined || digitsAt(reading, first) === undefined) return undefined;
  if (first > 0 && gapBefore(reading, first) === '') return undefined;
  const digits: string[] = [];
  let all = '';
  for (let i = first; i < reading.tokens.length && all.length < 14; i++) {
    if (i > first && !/^[ .,\-()]{1,3}$/.test(gapBefore(reading, i)) && gapBefore(reading, i) !== '') break;
    const word = digitsAt(reading, i);
    if (word === undefined) break;
    all += word;
    digits.push(all);
  }
  return digits.length === 0 ? undefined : { digits };
}

/** The digits of a token; a letter O that touches digits is a zero. */
function digitsAt(reading: Reading, at: number): string | undefined {
  const token = reading.tokens[at];
  if (token === undefined || token.isNumber) return token?.folded;
  const next = reading.tokens[at + 1];
  if (token.folded === 'o' && next?.isNumber && next.start === token.end) return '0';
  return digitWordAt(reading, at)?.toString();
}

function judge(reading: Reading, first: number, run: Run): { entity: Entity; last: number } | undefined {
  const isPlus = reading.text.folded[(reading.tokens[first]?.start ?? 0) - 1] === '+';
  for (let n = run.digits.length - 1; n >= 0; n--) {
    const value = standard(run.digits[n] as string, isPlus);
    if (!MOBILE.test(value) && !LANDLINE.test(value) && !HOTLINE.test(value)) continue;
    // Digits that go on without a break belong to a longer number.
    if (n + 1 < run.digits.length && gapBefore(reading, first + n + 1) === '') continue;
    const last = first + n;
    return { entity: entityOver(reading, 'phone', first, last, value, HOTLINE.test(value) ? 0.9 : 0.97), last };
  }
  const all = run.digits.at(-1) as string;
  const isAsked = reading.context.expects?.includes('phone') ?? false;
  if (!/^0\d{7,11}$/.test(all) || !(isAsked || isNamed(reading, first))) return undefined;
  const last = first + run.digits.length - 1;
  const problem = all.length < 10 ? 'too_short' : all.length > 10 ? 'too_long' : 'malformed';
  return { entity: entityOver(reading, 'phone', first, last, all, 0.6, problem), last };
}

function standard(digits: string, isPlus: boolean): string {
  if (/^84\d{9}$/.test(digits)) return `0${digits.slice(2)}`;
  if (isPlus && /^840\d{9}$/.test(digits)) return digits.slice(2);
  return digits;
}

function isNamed(reading: Reading, first: number): boolean {
  for (let back = 1; back <= 5; back++) {
    if (phraseAt(reading, first - back, NAMES) > 0) return true;
  }
  return false;
}
