import type { Token } from '../tokenize.ts';
import type { Entity } from '../understanding.ts';
import { DIGITS, wordSet } from '../word-facts.ts';
import { dayOf, isoMonth, monthIndex } from './calendar.ts';
import {
  type Extractor,
  entityOver,
  gapBefore,
  mentions,
  phraseAt,
  phrases,
  type Reading,
  says,
  startsOf,
} from './extractor.ts';
import { meansWeekday } from './month-or-weekday.ts';
import { type Found, isMonthWord, MONTH_STARTS, readNow } from './month-word.ts';
import { NUMBER_STARTS, readNumber } from './number-words.ts';
import { readStretch, STRETCH_STARTS } from './stretch-of-months.ts';
import { withTypedKeys, yearAt } from './year.ts';

const THIS = phrases('này', 'nầy', 'ni', 'nay', 'hiện tại', 'hiện nay', 'đây', 'bây giờ');
const LAST = phrases(
  'rồi',
  'trước',
  'qua',
  'vừa rồi',
  'vừa qua',
  'mới rồi',
  'ngoái',
  'mới qua',
  'gòi',
  'trc',
  'vừa xong',
  'hôm trước',
  'rùi',
  'hồi rồi',
  'kế trước',
);
const BEFORE_LAST = phrases('trước nữa', 'kia', 'rồi nữa', 'trước đó nữa');
const NEXT = phrases('sau', 'tới');
/** After these, "tháng rồi" and "tháng qua" are several months, and none of them in particular. */
const UNCOUNTED = ['mấy', 'mỗi', 'nhiều', 'vài', 'hàng', 'hằng', 'bao', 'nửa', 'các', 'những', 'từng', 'suốt'];

/** Words that a period may start with, besides numbers. */
const STARTS = wordSet([...MONTH_STARTS, ...STRETCH_STARTS, ...startsOf('t', 'kỳ', 'kì', 'quý', 'quí')]);

/** What follows a number of months or years that is said in words. */
const AFTER_NUMBERS = wordSet([...MONTH_STARTS, ...startsOf('năm')]);

/** Finds billing periods: a month, or a range of months. Months without a year are the latest not in the future. */
export const findBillingPeriods: Extractor = (reading) => {
  const found: Entity[] = [];
  const today = dayOf(reading.context.now);
  const now = monthIndex(today.year, today.month);
  const starts = STARTS | DIGITS | (mentions(reading, AFTER_NUMBERS) ? NUMBER_STARTS : 0);
  for (let i = 0; i < reading.tokens.length; i++) {
    if (((reading.tokens[i] as Token).signs & starts) === 0) continue;
    const period = readPeriod(reading, i, now);
    if (period === undefined) continue;
    const value = period.from === period.to ? isoMonth(period.from) : `${isoMonth(period.from)}/${isoMonth(period.to)}`;
    found.push(entityOver(reading, 'billing_period', i, period.next - 1, value, 0.93));
    i = period.next - 1;
  }
  return found;
};

function readPeriod(reading: Reading, at: number, now: number): Found | undefined {
  return (
    readSpan(reading, at, now) ??
    readList(reading, at, now) ??
    readInstalment(reading, at, now) ??
    readSingle(reading, at, now) ??
    readQuarter(reading, at, now) ??
    readStretch(reading, at, now) ??
    readBareMonth(reading, at, now)
  );
}

/** "từ tháng 3 đến tháng 6", "tháng 3 tới tháng 6". */
function readSpan(reading: Reading, at: number, now: number): Found | undefined {
  const start = says(reading, at, 'từ') ? at + 1 : at;
  const from = readSingle(reading, start, now);
  if (from === undefined) return undefined;
  const isJoined =
    says(reading, from.next, 'đến', 'tới') || reading.text.folded.slice(...gapOf(reading, from.next)).includes('-');
  if (!isJoined) return undefined;
  const second = says(reading, from.next, 'đến', 'tới') ? from.next + 1 : from.next;
  const to = readSingle(reading, second, now) ?? readNow(reading, second, now);
  if (to === undefined) return undefined;
  const wrapped = to.to < from.from ? { ...from, from: from.from - 12 } : from;
  return { from: wrapped.from, to: to.to, next: to.next };
}

function gapOf(reading: Reading, index: number): [number, number] {
  return [reading.tokens[index - 1]?.end ?? 0, reading.tokens[index]?.start ?? 0];
}

/** "kỳ 1 tháng 7", "kỳ này", "kỳ rồi". */
function readInstalment(reading: Reading, at: number, now: number): Found | undefined {
  if (!says(reading, at, 'kỳ', 'kì')) return undefined;
  const number = readNumber(reading, at + 1);
  if (number !== undefined && number.value >= 1 && number.value <= 3) {
    const skip = says(reading, number.next, 'của') ? 1 : 0;
    const month = readSingle(reading, number.next + skip, now);
    if (month !== undefined) return month;
  }
  return readRelative(reading, at + 1, now);
}

/** "tháng 7, 8, 9", "tháng 8 với 9": months in a row are one range, in any other order none. */
function readList(reading: Reading, at: number, now: number): Found | undefined {
  const first = isMonthWord(reading, at) ? readNumbered(reading, at + 1, now) : undefined;
  if (first === undefined) return undefined;
  let { to, next } = first;
  for (;;) {
    const gap = gapBefore(reading, next);
    const isNamed = gap === ' ' && says(reading, next, 'và', 'với');
    if (!isNamed && !/^ ?, ?$/.test(gap)) break;
    const number = readNumber(reading, isNamed ? next + 1 : next);
    if (number === undefined || number.value !== (to % 12) + 2 || isMonthWord(reading, number.next)) break;
    to += 1;
    next = number.next;
  }
  return to === first.to ? undefined : { from: first.from, to, next };
}

/** "tháng này", "tháng 7", "t7/2026", "tháng 7 năm ngoái". */
function readSingle(reading: Reading, at: number, now: number): Found | undefined {
  if (isMonthWord(reading, at)) {
    const relative = says(reading, at - 1, ...UNCOUNTED) ? undefined : readRelative(reading, at + 1, now);
    if (relative !== undefined) return relative;
    return readNumbered(reading, at + 1, now) ?? readNamed(reading, at + 1, now);
  }
  if (reading.tokens[at]?.folded === 't' && says(reading, at + 1, 'này', 'nay', 'ni', 'rồi', 'trước', 'sau'))
    return readRelative(reading, at + 1, now);
  const isShort = reading.tokens[at]?.folded === 't' && /^[ .]?$/.test(gapBefore(reading, at + 1));
  if (isShort && reading.tokens[at + 1]?.isNumber && !meansWeekday(reading, at))
    return readNumbered(reading, at + 1, now);
  return undefined;
}

function readNumbered(reading: Reading, at: number, now: number): Found | undefined {
  const number = readNumber(reading, at);
  if (number === undefined || number.value < 1 || number.next - at > 2) return undefined;
  // "tháng mười năm ngoái" is no fifteenth month.
  if (number.value === 15 && !number.inDigits) return withYear(reading, 10, at + 1, now);
  return number.value > 12 ? undefined : withYear(reading, number.value, number.next, now);
}

function readNamed(reading: Reading, at: number, now: number): Found | undefined {
  if (says(reading, at, 'giêng')) return withYear(reading, 1, at + 1, now);
  return says(reading, at, 'chạp') ? withYear(reading, 12, at + 1, now) : undefined;
}

function withYear(reading: Reading, month: number, next: number, now: number): Found {
  const latest = Math.floor(now / 12) * 12 + month - 1;
  const without = latest > now ? latest - 12 : latest;
  const year = yearAt(reading, next, now);
  const index = year === undefined ? without : monthIndex(year.year, month);
  return { from: index, to: index, next: year?.next ?? next };
}

function readRelative(raw: Reading, at: number, now: number): Found | undefined {
  const reading = withTypedKeys(raw, at);
  const far = phraseAt(reading, at, BEFORE_LAST);
  const near = phraseAt(reading, at, LAST);
  if (far > 0 && far >= near) return { from: now - 2, to: now - 2, next: at + far };
  if (near > 0) return { from: now - 1, to: now - 1, next: at + near };
  const current = phraseAt(reading, at, THIS);
  if (current > 0) return { from: now, to: now, next: at + current };
  const coming = phraseAt(reading, at, NEXT);
  return coming > 0 ? { from: now + 1, to: now + 1, next: at + coming } : undefined;
}

/** "quý 2 năm ngoái". */
function readQuarter(reading: Reading, at: number, now: number): Found | undefined {
  if (!says(reading, at, 'quý', 'quí')) return undefined;
  const number = readNumber(reading, at + 1);
  const roman = ['i', 'ii', 'iii', 'iv'].indexOf(reading.tokens[at + 1]?.folded ?? '') + 1;
  const quarter = number?.value ?? roman;
  if (quarter < 1 || quarter > 4) return undefined;
  const next = number?.next ?? at + 2;
  const year = yearAt(reading, next, now);
  let from = monthIndex(year?.year ?? Math.floor(now / 12), quarter * 3 - 2);
  if (year === undefined && from > now) from -= 12;
  return { from, to: from + 2, next: year?.next ?? next };
}

/** "7/2025", or "7" alone where a period is asked for. */
function readBareMonth(reading: Reading, at: number, now: number): Found | undefined {
  const token = reading.tokens[at];
  if (!token?.isNumber || token.folded.length > 2) return undefined;
  const month = Number(token.folded);
  if (month < 1 || month > 12) return undefined;
  const gap = gapBefore(reading, at + 1);
  const year = reading.tokens[at + 1]?.folded ?? '';
  const isAfterSlash = /[/.-]$/.test(gapBefore(reading, at));
  if (/^[/-]$/.test(gap) && /^20[0-4]\d$/.test(year) && !isAfterSlash) {
    const index = monthIndex(Number(year), month);
    return { from: index, to: index, next: at + 2 };
  }
  const isAlone = reading.tokens.length <= 2 && reading.context.expects?.[0] === 'billing_period';
  return isAlone ? withYear(reading, month, at + 1, now) : undefined;
}
