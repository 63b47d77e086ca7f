import type { Entity } from '../understanding.ts';
import { type Extractor, entityOver, type Reading } from './extractor.ts';

const OLD: ReadonlySet<string> = new Set(['cu', 'dau']);
const NEW: ReadonlySet<string> = new Set(['moi', 'cuoi', 'sau']);
/** Words between a name and its reading: "số cũ là 3000". */
const REACH = 3;
const ASKS_HOW_MUCH =
  /(?:^| )(?:bao nhieu|bn|bnhieu|nhiu|nhieu|tinh giup|tinh gium|tinh dum|tinh ho|uoc tinh|het may)(?: |$)/;
const MOST_DIGITS = 7;

/** "Số cũ 3000 số mới 3250 hết bao nhiêu" is 250 kWh; "cũ 99850 mới 00120", rolled over, 270. */
export const findReadingDifference: Extractor = (reading) => {
  if (!ASKS_HOW_MUCH.test(reading.tokens.map(({ folded }) => folded).join(' '))) return [];
  const before = readingAfter(reading, OLD, 0);
  const after = before === undefined ? undefined : readingAfter(reading, NEW, before.at + 1);
  if (before === undefined || after === undefined) return [];
  const used = after.value - before.value;
  const rolledOver = used + 10 ** before.digits;
  // A meter rolls over near its end: any other smaller reading is a slip, and is asked about.
  const isRolledOver = used < 0 && after.digits === before.digits && rolledOver < 10 ** before.digits / 10;
  if (used < 0 && !isRolledOver) return [];
  const value = String(used < 0 ? rolledOver : used);
  const found: Entity = entityOver(reading, 'kwh', before.at, after.at, value, 0.9);
  return [found];
};

interface Index {
  readonly at: number;
  readonly value: number;
  readonly digits: number;
}

function readingAfter({ tokens }: Reading, names: ReadonlySet<string>, from: number): Index | undefined {
  const name = tokens.findIndex((token, index) => index >= from && names.has(token.folded));
  const at =
    name < 0 ? -1 : tokens.findIndex((token, index) => index > name && index <= name + REACH && token.isNumber);
  const digits = tokens[at]?.folded ?? '';
  const isIndex = /^\d+$/.test(digits) && digits.length <= MOST_DIGITS;
  return isIndex ? { at, value: Number(digits), digits: digits.length } : undefined;
}
