import { wordSet } from '../word-facts.ts';
import { gapBefore, phraseAt, phrases, type Reading, says, startsOf } from './extractor.ts';

/** Months found, counted through the years, both included; `next` is the token after them. */
export interface Found {
  readonly from: number;
  readonly to: number;
  readonly next: number;
}

/** "tháng" as fingers may leave it. */
const SLIPPED_MONTHS: ReadonlySet<string> = new Set(
  'thg thag thags thangs thnags thnag thagn htang tahng thangg thsng thabg thamg rhang yhang tjang thqng thng'.split(
    ' ',
  ),
);
/** Slips that are words of their own: a month only before a number. */
const MONTHS_BEFORE_NUMBER: ReadonlySet<string> = new Set(['thánh', 'hang', 'háng']);

/** The first words of months, without marks. */
export const MONTH_STARTS = startsOf('tháng', ...SLIPPED_MONTHS, ...MONTHS_BEFORE_NUMBER);

const STARTS = wordSet(MONTH_STARTS);

const NOW = phrases('nay', 'giờ', 'bây giờ', 'hiện tại', 'hiện nay');

/** Whether a token is the word for a month, slips included. */
export function isMonthWord(reading: Reading, at: number): boolean {
  const token = reading.tokens[at];
  if (token === undefined || (token.signs & STARTS) === 0) return false;
  if (says(reading, at, 'tháng', 'thang')) return true;
  if (MONTHS_BEFORE_NUMBER.has(token.lower))
    return reading.tokens[at + 1]?.isNumber === true && gapBefore(reading, at + 1) === ' ';
  return SLIPPED_MONTHS.has(token.folded);
}

/** "nay", "bây giờ": the running month. */
export function readNow(reading: Reading, at: number, now: number): Found | undefined {
  const length = phraseAt(reading, at, NOW);
  return length > 0 ? { from: now, to: now, next: at + length } : undefined;
}
