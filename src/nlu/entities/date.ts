import type { Token } from '../tokenize.ts';
import type { Entity } from '../understanding.ts';
import { DIGITS, wordSet } from '../word-facts.ts';
import { addDays, type Day, dayOf, daysBetween, isDay, isoDay, weekdayOf } from './calendar.ts';
import {
  type Extractor,
  entityOver,
  gapBefore,
  mentions,
  type Phrases,
  phraseAt,
  phrases,
  type Reading,
  says,
  startsOf,
} from './extractor.ts';
import { isLunar } from './lunar.ts';
import { meansWeekday } from './month-or-weekday.ts';
import { NUMBER_STARTS, readNumber } from './number-words.ts';
import { AGO, type Found, RELATIVE_STARTS, readRelativeDay, singleDay } from './relative-day.ts';

const WEEK_WORDS: readonly (readonly [number, Phrases])[] = [
  [0, phrases('tuần này', 'tuần ni', 'tuần nay', 'trong tuần')],
  [7, phrases('tuần sau', 'tuần tới')],
  [-7, phrases('tuần trước', 'tuần rồi', 'tuần qua', 'tuần vừa rồi', 'tuần vừa qua')],
];
const WEEKEND = phrases('cuối tuần', 'cuối tuần này');
const MOST_DAYS = 60;
const PAST = phrases('rồi', 'vừa rồi', 'vừa qua', 'trước', 'hôm trước', 'tuần rồi');
const COMING = phrases('này', 'ni', 'tới', 'sau');

/** Words that a day may start with, besides numbers. */
const STARTS = wordSet([
  ...RELATIVE_STARTS,
  ...startsOf('chủ', 'cn', 't', 'thứ', 'ngày', 'mùng', 'mồng', 'hôm', 'bữa', 'ng', WEEKEND, AGO),
  ...startsOf(...WEEK_WORDS.map(([, list]) => list)),
]);

/** What stands beside the number of a day or of days that is said in words. */
const BESIDE_NUMBERS = wordSet(startsOf('ngày', 'hôm', 'bữa', 'tháng', 'tây'));

/** Finds days and ranges of days: "mốt", "thứ 7 tuần sau", "15/8", "ngày mười lăm tháng tám". */
export const findDates: Extractor = (reading) => {
  const found: Entity[] = [];
  const today = dayOf(reading.context.now);
  const starts = STARTS | DIGITS | (mentions(reading, BESIDE_NUMBERS) ? NUMBER_STARTS : 0);
  for (let i = 0; i < reading.tokens.length; i++) {
    if (((reading.tokens[i] as Token).signs & starts) === 0) continue;
    const date =
      readCounted(reading, i, today) ??
      readNumericRange(reading, i, today) ??
      readWeekday(reading, i, today) ??
      readRelativeDay(reading, i, today) ??
      readWeek(reading, i, today);
    if (date === undefined) continue;
    const value = daysBetween(date.from, date.to) === 0 ? isoDay(date.from) : `${isoDay(date.from)}/${isoDay(date.to)}`;
    found.push(entityOver(reading, 'date', i, date.next - 1, value, 0.9));
    i = date.next - 1;
  }
  return found;
};

function weekAt(reading: Reading, at: number): { shift: number; length: number } | undefined {
  for (const [shift, list] of WEEK_WORDS) {
    const length = phraseAt(reading, at, list);
    if (length > 0) return { shift, length };
  }
  return undefined;
}

const mondayOf = (today: Day): Day => addDays(today, 1 - weekdayOf(today));

function readWeek(reading: Reading, at: number, today: Day): Found | undefined {
  const end = phraseAt(reading, at, WEEKEND);
  if (end > 0) {
    const monday = mondayOf(today);
    const week = weekAt(reading, at + 1);
    const shift = week?.shift ?? 0;
    const next = week === undefined ? at + end : at + 1 + week.length;
    return { from: addDays(monday, 5 + shift), to: addDays(monday, 6 + shift), next };
  }
  const week = weekAt(reading, at);
  if (week === undefined) return undefined;
  const from = addDays(mondayOf(today), week.shift);
  return { from, to: addDays(from, 6), next: at + week.length };
}

const DAYS_OF_WEEK: readonly (readonly string[])[] = [['hai'], ['ba'], ['tư'], ['năm'], ['sáu'], ['bảy', 'bẩy']];

/** "thứ 7", "t7", "thứ hai tuần sau", "chủ nhật". */
function readWeekday(reading: Reading, at: number, today: Day): Found | undefined {
  const day = weekdayAt(reading, at);
  if (day === undefined) return undefined;
  const inWeek = addDays(mondayOf(today), day.weekday - 1);
  const week = weekAt(reading, day.next);
  if (week !== undefined) return singleDay(addDays(inWeek, week.shift), day.next + week.length);
  const isPast = phraseAt(reading, day.next, PAST);
  if (isPast > 0) return singleDay(daysBetween(today, inWeek) < 0 ? inWeek : addDays(inWeek, -7), day.next + isPast);
  const coming = phraseAt(reading, day.next, COMING);
  // "hôm thứ sáu" is over.
  if (coming === 0 && says(reading, at - 1, 'hôm')) {
    return singleDay(daysBetween(today, inWeek) < 0 ? inWeek : addDays(inWeek, -7), day.next);
  }
  const isNextWeek = says(reading, day.next, 'sau');
  const soonest = daysBetween(today, inWeek) < 0 || isNextWeek ? addDays(inWeek, 7) : inWeek;
  return singleDay(soonest, day.next + coming);
}

function weekdayAt(reading: Reading, at: number): { weekday: number; next: number } | undefined {
  const token = reading.tokens[at];
  if (token === undefined) return undefined;
  if (says(reading, at, 'chủ') && says(reading, at + 1, 'nhật')) return { weekday: 7, next: at + 2 };
  if (
    token.folded === 'cn' &&
    (says(reading, at + 1, 'này', 'tuần', 'tới') || weekdayAt(reading, at - 1) !== undefined)
  ) {
    return { weekday: 7, next: at + 1 };
  }
  const isShort = token.folded === 't' && gapBefore(reading, at + 1) === '' && meansWeekday(reading, at);
  if (!isShort && !says(reading, at, 'thứ')) return undefined;
  // "cái thứ hai", "lần thứ ba", "hợp đồng thứ 2" count things, and Thứ Ba is a town.
  if (says(reading, at - 1, 'cái', 'lần', 'người', 'mục', 'số', 'hóa', 'hộ', 'nhà', 'trấn')) return undefined;
  const isOfMany = says(reading, at - 1, 'đồng', 'tơ', 'hồ') && says(reading, at - 2, 'hợp', 'công', 'đồng');
  if (isOfMany && weekAt(reading, at + 2) === undefined) return undefined;
  const next = reading.tokens[at + 1];
  if (next?.isNumber && /^[2-7]$/.test(next.folded)) return { weekday: Number(next.folded) - 1, next: at + 2 };
  if (isShort) return undefined;
  const named = DAYS_OF_WEEK.findIndex((words) => says(reading, at + 1, ...words));
  return named < 0 ? undefined : { weekday: named + 1, next: at + 2 };
}

/** "3 ngày nữa", "hai bữa trước", "cách đây ba hôm". */
function readCounted(reading: Reading, at: number, today: Day): Found | undefined {
  const ago = phraseAt(reading, at, AGO);
  const count = readNumber(reading, at + ago);
  if (count === undefined || count.value < 1 || count.value > MOST_DAYS) return undefined;
  if (!says(reading, count.next, 'ngày', 'hôm', 'bữa')) return undefined;
  if (ago > 0) return singleDay(addDays(today, -count.value), count.next + 1);
  if (says(reading, count.next + 1, 'nữa')) return singleDay(addDays(today, count.value), count.next + 2);
  return says(reading, count.next + 1, 'trước') ? singleDay(addDays(today, -count.value), count.next + 2) : undefined;
}

/** "từ ngày 1/12 đến ngày 5/12", told from its first day on. */
function readNumericRange(reading: Reading, at: number, today: Day): Found | undefined {
  const first = readNumericDate(reading, at, today);
  if (first === undefined || !says(reading, first.next, 'đến', 'tới')) return first;
  const second = readNumericDate(reading, first.next + 1, today);
  const isRange = second !== undefined && daysBetween(first.from, second.to) > 0;
  return isRange ? { from: first.from, to: second.to, next: second.next } : first;
}

/** "15/8", "15-8-2026", "ngày 15", "ngày 15 tháng 8 năm 2026", "mùng 3", "15 tây". */
function readNumericDate(reading: Reading, at: number, today: Day): Found | undefined {
  // "tháng hai tháng ba" are two months.
  if (says(reading, at - 1, 'kỳ', 'kì', 'quý', 'quí', 'tháng')) return undefined;
  const isNamed = says(reading, at, 'ngày', 'mùng', 'mồng', 'hôm', 'bữa', 'ng');
  let from = isNamed ? at + 1 : at;
  // "ngày mốt" is the day after tomorrow.
  if (isNamed && says(reading, from, 'mốt')) return undefined;
  if (isNamed && says(reading, from, 'mùng', 'mồng')) from++;
  const day = readNumber(reading, from);
  if (day === undefined || day.value < 1 || day.value > 31 || isLunar(reading, day.next)) return undefined;
  // Unmarked, "tu thang 3" is "từ tháng 3".
  if (!isNamed && reading.tokens[from]?.lower === 'tu') return undefined;
  const month = monthAfter(reading, day.next, isNamed);
  if (month === undefined) {
    const isSolar = says(reading, day.next, 'tây');
    if (!isSolar && !(isNamed && !says(reading, at, 'hôm', 'bữa') && !isCount(reading, day.next))) return undefined;
    return nearestOfMonth(day.value, today, isSolar ? day.next + 1 : day.next);
  }
  const year = yearAfter(reading, month.next);
  const date = { year: year?.year ?? today.year, month: month.month, day: day.value };
  if (!isDay(date)) return undefined;
  return singleDay(year === undefined ? nearestYear(date, today) : date, year?.next ?? month.next);
}

function isCount(reading: Reading, next: number): boolean {
  return reading.tokens[next]?.isNumber === true || says(reading, next, 'ngày', 'lần', 'giờ', 'tiếng', 'h', 'số');
}

function monthAfter(reading: Reading, at: number, isNamed: boolean): { month: number; next: number } | undefined {
  if (says(reading, at, 'tháng')) {
    const month = readNumber(reading, at + 1);
    return month !== undefined && month.value >= 1 && month.value <= 12
      ? { month: month.value, next: month.next }
      : undefined;
  }
  const token = reading.tokens[at];
  const gap = gapBefore(reading, at);
  const isDivided =
    gap === '/' ||
    gap === ' / ' ||
    ((gap === '-' || gap === '.') && (isNamed || /^20\d\d$/.test(reading.tokens[at + 1]?.folded ?? '')));
  if (!token?.isNumber || !isDivided || token.folded.length > 2) return undefined;
  const month = Number(token.folded);
  return month >= 1 && month <= 12 ? { month, next: at + 1 } : undefined;
}

function yearAfter(reading: Reading, at: number): { year: number; next: number } | undefined {
  const isNamed = says(reading, at, 'năm');
  const token = reading.tokens[isNamed ? at + 1 : at];
  if (!token?.isNumber || !(isNamed || /^[/.-]$/.test(gapBefore(reading, at)))) return undefined;
  const next = isNamed ? at + 2 : at + 1;
  if (/^20[0-4]\d$/.test(token.folded)) return { year: Number(token.folded), next };
  return /^2\d$/.test(token.folded) && !isNamed ? { year: 2000 + Number(token.folded), next } : undefined;
}

function nearestYear(date: Day, today: Day): Day {
  const years = [-1, 0, 1].map((shift) => ({ ...date, year: today.year + shift })).filter(isDay);
  return years.reduce(
    (best, day) => (Math.abs(daysBetween(today, day)) < Math.abs(daysBetween(today, best)) ? day : best),
    date,
  );
}

/** A day without a month is this month's, unless it lies more than half a month back or ahead. */
function nearestOfMonth(value: number, today: Day, next: number): Found | undefined {
  const months = [-1, 0, 1].map((shift) => {
    const index = today.year * 12 + today.month - 1 + shift;
    return { year: Math.floor(index / 12), month: (index % 12) + 1, day: value };
  });
  const days = months.filter(isDay);
  if (days.length === 0) return undefined;
  return singleDay(
    days.reduce((best, day) => (Math.abs(daysBetween(today, day)) < Math.abs(daysBetween(today, best)) ? day : best)),
    next,
  );
}
