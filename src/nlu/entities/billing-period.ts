import { decodeTelex } from '../input-methods.ts';
import { bareWord } from '../normalize.ts';
import type { Token } from '../tokenize.ts';
import type { Entity } from '../understanding.ts';
import { isSyllable } from '../vietnamese-syllable.ts';
import { dayOf, isoMonth, monthIndex } from './calendar.ts';
import { type Extractor, entityOver, gapBefore, phraseAt, phrases, type Reading, says, startsOf } from './extractor.ts';
import { meansWeekday } from './month-or-weekday.ts';
import { digitWordAt, mayStartNumber, readNumber } from './number-words.ts';

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
const RECENT = phrases(
  'gần đây',
  'gần nhất',
  'vừa rồi',
  'vừa qua',
  'qua',
  'trở lại đây',
  'liên tiếp',
  'mới đây',
  'trước',
  'rồi',
  'nay',
);
const LAST_YEAR = phrases('năm ngoái', 'năm rồi', 'năm trước', 'năm qua', 'năm vừa rồi');
const THIS_YEAR = phrases('năm nay', 'năm này', 'năm ni');
const NOW = phrases('nay', 'giờ', 'bây giờ', 'hiện tại', 'hiện nay');
const SAME = phrases('cùng kỳ');
const FROM_NEW_YEAR = phrases('từ đầu năm', 'đầu năm');
const AGO = phrases('cách đây', 'cách nay');

/** "tháng" as fingers may leave it. */
const SLIPPED_MONTHS: ReadonlySet<string> = new Set(
  'thg thag thags thangs thnags thnag thagn htang tahng thangg thsng thabg thamg rhang yhang tjang thqng thng'.split(
    ' ',
  ),
);
/** Slips that are words of their own: a month only before a number. */
const MONTHS_BEFORE_NUMBER: ReadonlySet<string> = new Set(['thánh', 'hang', 'háng']);

/** After these, "tháng rồi" is "months by now". */
const UNCOUNTED = ['mấy', 'mỗi', 'nhiều', 'vài', 'hàng', 'bao', 'nửa'];

/** Words that a period may start with, besides numbers. */
const STARTS = startsOf(
  ...['từ', 'tháng', 't', 'kỳ', 'kì', 'quý', 'quí', 'năm', 'nửa'],
  ...[AGO, SAME, FROM_NEW_YEAR, LAST_YEAR, THIS_YEAR],
  ...SLIPPED_MONTHS,
  ...MONTHS_BEFORE_NUMBER,
);

interface Found {
  readonly from: number;
  readonly to: number;
  readonly next: number;
}

/** Finds billing periods: a month, or a range of months. Months without a year are the latest not in the future. */
export const findBillingPeriods: Extractor = (reading) => {
  const found: Entity[] = [];
  const today = dayOf(reading.context.now);
  const now = monthIndex(today.year, today.month);
  for (let i = 0; i < reading.tokens.length; i++) {
    const token = reading.tokens[i] as Token;
    if (!STARTS.has(token.folded) && !mayStartNumber(token)) continue;
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
    readYear(reading, at, now) ??
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

function readNow(reading: Reading, at: number, now: number): Found | undefined {
  const length = phraseAt(reading, at, NOW);
  return length > 0 ? { from: now, to: now, next: at + length } : undefined;
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

function isMonthWord(reading: Reading, at: number): boolean {
  if (says(reading, at, 'tháng', 'thang')) return true;
  const token = reading.tokens[at];
  if (token === undefined) return false;
  if (MONTHS_BEFORE_NUMBER.has(token.lower))
    return reading.tokens[at + 1]?.isNumber === true && gapBefore(reading, at + 1) === ' ';
  return SLIPPED_MONTHS.has(token.folded);
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

function yearAt(raw: Reading, at: number, now: number): { year: number; next: number } | undefined {
  const reading = withTypedKeys(raw, at + 1);
  const thisYear = Math.floor(now / 12);
  const last = phraseAt(reading, at, LAST_YEAR);
  if (last > 0) return { year: thisYear - 1, next: at + last };
  const current = phraseAt(reading, at, THIS_YEAR);
  if (current > 0) return { year: thisYear, next: at + current };
  const isNamed = says(reading, at, 'năm');
  const spoken = isNamed ? spokenYear(reading, at + 1) : undefined;
  if (spoken !== undefined) return spoken;
  const token = reading.tokens[isNamed ? at + 1 : at];
  if (!token?.isNumber || !(isNamed || /^ ?[/.-] ?$/.test(gapBefore(reading, at)))) return undefined;
  const next = isNamed ? at + 2 : at + 1;
  if (/^20[0-4]\d$/.test(token.folded)) return { year: Number(token.folded), next };
  return /^2\d$/.test(token.folded) ? { year: 2000 + Number(token.folded), next } : undefined;
}

/** "hai không hai lăm", "hai nghìn không trăm hai mươi lăm". */
function spokenYear(reading: Reading, at: number): { year: number; next: number } | undefined {
  if (digitWordAt(reading, at) !== 2) return undefined;
  if (digitWordAt(reading, at + 1) === 0) {
    const rest = readNumber(reading, at + 2);
    const isYear = rest !== undefined && rest.value >= 10 && rest.value < 50;
    if (isYear) return { year: 2000 + rest.value, next: rest.next };
    const [tens, unit] = [digitWordAt(reading, at + 2), digitWordAt(reading, at + 3)];
    return tens === undefined || unit === undefined ? undefined : { year: 2000 + 10 * tens + unit, next: at + 4 };
  }
  if (!says(reading, at + 1, 'nghìn', 'ngàn')) return undefined;
  const skip = digitWordAt(reading, at + 2) === 0 && says(reading, at + 3, 'trăm') ? 4 : 2;
  const rest = readNumber(reading, at + skip);
  return rest === undefined || rest.value >= 50 ? undefined : { year: 2000 + rest.value, next: rest.next };
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

/** The reading with one word as it was meant where the tone key went into the text: "nayf", "ngoasi". */
function withTypedKeys(reading: Reading, at: number): Reading {
  const token = reading.tokens[at];
  if (token === undefined || token.isNumber || isSyllable(token.folded)) return reading;
  const lower = decodeTelex(token.lower);
  if (lower === undefined) return reading;
  return { ...reading, tokens: reading.tokens.with(at, { ...token, lower, folded: bareWord(lower) }) };
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

/** "năm ngoái", "năm 2025", "từ đầu năm đến giờ", "3 tháng gần đây", "6 tháng đầu năm", "cùng kỳ năm ngoái". */
function readYear(reading: Reading, at: number, now: number): Found | undefined {
  const start = Math.floor(now / 12) * 12;
  const same = phraseAt(reading, at, SAME);
  const sameYear = same > 0 ? phraseAt(reading, at + same, LAST_YEAR) : 0;
  if (sameYear > 0) return { from: now - 12, to: now - 12, next: at + same + sameYear };
  const opening = phraseAt(reading, at, FROM_NEW_YEAR);
  if (opening > 0) {
    const link = says(reading, at + opening, 'đến', 'tới') ? 1 : 0;
    const until = readNow(reading, at + opening + link, now);
    if (until !== undefined) return { from: start, to: now, next: until.next };
  }
  const count = readNumber(reading, at);
  const isCounted = count !== undefined && isMonthWord(reading, count.next) && gapBefore(reading, count.next) === ' ';
  if (isCounted && count.value >= 2 && count.value <= 24) {
    const part = count.value <= 12 ? readPartOfYear(reading, count.next + 1, count.value, now) : undefined;
    if (part !== undefined) return part;
    if (says(reading, count.next + 1, 'trước') && !says(reading, count.next + 2, 'đó')) {
      return { from: now - count.value, to: now - count.value, next: count.next + 2 };
    }
    const recent = phraseAt(reading, count.next + 1, RECENT);
    if (recent > 0) return { from: now - count.value, to: now - 1, next: count.next + 1 + recent };
  }
  const passed = readAgo(reading, at, now) ?? readPassedYears(reading, at, now);
  if (passed !== undefined) return passed;
  if (!says(reading, at, 'năm') && !phraseAt(reading, at, LAST_YEAR) && !phraseAt(reading, at, THIS_YEAR))
    return undefined;
  const year = yearAt(reading, at, now);
  if (year === undefined || year.next === at) return undefined;
  const from = monthIndex(year.year, 1);
  return { from, to: Math.min(from + 11, Math.max(from, now)), next: year.next };
}

/** What follows "6 tháng": "đầu năm", "cuối năm ngoái", "đầu năm 2025". */
function readPartOfYear(reading: Reading, at: number, months: number, now: number): Found | undefined {
  const isOpening = says(reading, at, 'đầu');
  if (!(isOpening || says(reading, at, 'cuối')) || !says(reading, at + 1, 'năm')) return undefined;
  const year = yearAt(reading, at + 1, now) ?? { year: Math.floor(now / 12), next: at + 2 };
  const from = monthIndex(year.year, isOpening ? 1 : 13 - months);
  return { from, to: from + months - 1, next: year.next };
}

/** "cách đây ba tháng". */
function readAgo(reading: Reading, at: number, now: number): Found | undefined {
  const ago = phraseAt(reading, at, AGO);
  const count = ago > 0 ? readNumber(reading, at + ago) : undefined;
  if (count === undefined || count.value < 1 || count.value > 24 || !isMonthWord(reading, count.next)) return undefined;
  return { from: now - count.value, to: now - count.value, next: count.next + 1 };
}

/** "một năm qua", "nửa năm gần đây". */
function readPassedYears(reading: Reading, at: number, now: number): Found | undefined {
  const count = says(reading, at, 'nửa') ? { value: 0.5, next: at + 1 } : readNumber(reading, at);
  if (count === undefined || count.value < 0.5 || count.value > 3 || !says(reading, count.next, 'năm'))
    return undefined;
  // "hai năm trước" is a day long ago, no stretch of time.
  const recent = says(reading, count.next + 1, 'trước') ? 0 : phraseAt(reading, count.next + 1, RECENT);
  return recent > 0 ? { from: now - 12 * count.value, to: now - 1, next: count.next + 1 + recent } : undefined;
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
