import type { Token } from '../tokenize.ts';
import { DIGITS, wordSet } from '../word-facts.ts';
import { gapBefore, type Reading, says, startsOf } from './extractor.ts';

/** A number read from tokens `first` up to, not including, `next`. */
export interface NumberRead {
  readonly value: number;
  readonly next: number;
  /** Written in digits rather than words. */
  readonly inDigits: boolean;
}

const UNITS: readonly (readonly string[])[] = [
  ['không', 'khong'],
  ['một', 'mốt'],
  ['hai'],
  ['ba'],
  ['bốn', 'tư'],
  ['năm', 'lăm', 'nhăm'],
  ['sáu'],
  ['bảy', 'bẩy', 'bãy'],
  ['tám'],
  ['chín'],
];

const UNIT_OF = new Map<string, number>(UNITS.flatMap((words, value) => words.map((word) => [word, value] as const)));
const BARE_UNIT_OF = new Map<string, number>([
  ['khong', 0],
  ['mot', 1],
  ['hai', 2],
  ['ba', 3],
  ['bon', 4],
  ['tu', 4],
  ['nam', 5],
  ['lam', 5],
  ['sau', 6],
  ['bay', 7],
  ['tam', 8],
  ['chin', 9],
]); // prettier-ignore

/** The digit that a token says ("sáu" is 6), or undefined. */
export function digitWordAt(reading: Reading, index: number): number | undefined {
  const token = reading.tokens[index];
  if (token === undefined || (token.signs & NUMBER_STARTS) === 0) return undefined;
  return UNIT_OF.get(token.lower) ?? (reading.text.hasMarks ? undefined : BARE_UNIT_OF.get(token.folded));
}

const TENS = ['mươi', 'chục'];
/** Words that a number may start with. */
export const NUMBER_STARTS = wordSet(startsOf(...UNIT_OF.keys(), 'mười', 'hăm', 'băm'));

/** Whether a number may start at a token, which is quicker to tell than to read it. */
export function mayStartNumber(token: Token): boolean {
  return (token.signs & (DIGITS | NUMBER_STARTS)) !== 0;
}

/** Reads "320", "742.000", "ba trăm hai mươi", "bốn chục" or "mười lăm" at a token. */
export function readNumber(reading: Reading, first: number): NumberRead | undefined {
  const token = reading.tokens[first];
  if (token === undefined || !mayStartNumber(token)) return undefined;
  return readDigits(reading, first) ?? readWords(reading, first);
}

function readDigits(reading: Reading, first: number): NumberRead | undefined {
  const { tokens } = reading;
  const token = tokens[first];
  if (!token?.isNumber) return undefined;
  let digits = token.folded;
  let next = first + 1;
  // Groups of three after a dot, a comma or a blank are thousands: 742.000, 1,200,000.
  if (digits.length <= 3 && digits !== '0') {
    for (let t = tokens[next]; t?.isNumber && t.folded.length === 3; t = tokens[next]) {
      if (!/^[.,]$/.test(gapBefore(reading, next))) break;
      digits += t.folded;
      next++;
    }
  }
  return digits.length > 12 ? undefined : { value: Number(digits), next, inDigits: true };
}

/** Below one thousand: "ba trăm linh năm", "mười lăm", "hăm mốt", "bốn chục", "chín". */
function readHundreds(reading: Reading, first: number): NumberRead | undefined {
  let next = first;
  let value = 0;
  const unit = digitWordAt(reading, next);
  if (unit !== undefined && says(reading, next + 1, 'trăm')) {
    value = unit * 100;
    next += 2;
    if (says(reading, next, 'rưỡi', 'rưởi')) return { value: value + 50, next: next + 1, inDigits: false };
    if (says(reading, next, 'linh', 'lẻ')) {
      const last = digitWordAt(reading, next + 1);
      return last === undefined
        ? { value, next, inDigits: false }
        : { value: value + last, next: next + 2, inDigits: false };
    }
  }
  const rest = readTens(reading, next);
  if (rest === undefined) return value > 0 ? { value, next, inDigits: false } : undefined;
  // "ba trăm tư" is 340, "ba trăm lẻ tư" 304.
  const isBareUnit = rest.next === next + 1 && rest.value < 10 && value > 0;
  return { value: value + (isBareUnit ? rest.value * 10 : rest.value), next: rest.next, inDigits: false };
}

function readTens(reading: Reading, first: number): NumberRead | undefined {
  const done = (value: number, next: number): NumberRead => ({ value, next, inDigits: false });
  if (says(reading, first, 'mười', 'chục')) {
    if (says(reading, first, 'chục')) return undefined;
    const unit = digitWordAt(reading, first + 1);
    return unit === undefined || unit === 0 ? done(10, first + 1) : done(10 + unit, first + 2);
  }
  if (says(reading, first, 'hăm', 'băm')) {
    const unit = digitWordAt(reading, first + 1);
    return unit === undefined ? undefined : done((says(reading, first, 'hăm') ? 20 : 30) + unit, first + 2);
  }
  const tens = digitWordAt(reading, first);
  if (tens === undefined) return undefined;
  if (says(reading, first + 1, ...TENS)) {
    const unit = digitWordAt(reading, first + 2);
    return unit === undefined || unit === 0 ? done(tens * 10, first + 2) : done(tens * 10 + unit, first + 3);
  }
  // "hai lăm", "bốn mốt": 25, 41.
  if (tens >= 2 && says(reading, first + 1, 'lăm', 'nhăm', 'mốt')) {
    return done(tens * 10 + (says(reading, first + 1, 'mốt') ? 1 : 5), first + 2);
  }
  return done(tens, first + 1);
}

const SCALES: readonly (readonly [number, readonly string[]])[] = [
  [1_000_000_000, ['tỷ', 'tỉ']],
  [1_000_000, ['triệu']],
  [1000, ['nghìn', 'ngàn']],
];

function readWords(reading: Reading, first: number): NumberRead | undefined {
  let next = first;
  let total = 0;
  let lastScale = 0;
  for (const [scale, words] of SCALES) {
    const part = readHundreds(reading, next);
    if (part === undefined) break;
    if (!says(reading, part.next, ...words)) continue;
    total += part.value * scale;
    next = part.next + 1;
    lastScale = scale;
    if (says(reading, next, 'rưỡi', 'rưởi')) return { value: total + scale / 2, next: next + 1, inDigits: false };
  }
  const rest = readHundreds(reading, next);
  if (rest !== undefined) {
    // "một triệu tư" is 1,400,000 and "hai ngàn mốt" 2,100.
    const isBareUnit = lastScale > 0 && rest.next === next + 1 && rest.value < 10;
    // "một triệu hai trăm" is 1,200,000.
    const isThousands = lastScale === 1_000_000 && rest.value >= 100;
    total += isBareUnit ? (rest.value * lastScale) / 10 : rest.value * (isThousands ? 1000 : 1);
    next = rest.next;
  }
  return next === first ? undefined : { value: total, next, inDigits: false };
}
