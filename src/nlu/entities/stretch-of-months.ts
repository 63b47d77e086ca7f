import { monthIndex } from './calendar.ts';
import { gapBefore, phraseAt, phrases, type Reading, says, startsOf } from './extractor.ts';
import { type Found, isMonthWord, readNow } from './month-word.ts';
import { readNumber } from './number-words.ts';
import { AGO } from './relative-day.ts';
import { LAST_YEAR, THIS_YEAR, yearAt } from './year.ts';

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
/** Before so many months: the latest of them are meant, also when nobody says "gần nhất". */
const SHOWN = phrases('biểu đồ', 'đồ thị', 'lịch sử', 'thống kê', 'xem');
const SHOWN_MOST_WORDS = 2;
const AHEAD = ['nữa', 'tới', 'sau'];
const SAME = phrases('cùng kỳ');
const FROM_NEW_YEAR = phrases('từ đầu năm', 'đầu năm');

/** The first words of stretches, without marks; they may also start with a number. */
export const STRETCH_STARTS = startsOf('từ', 'năm', 'nửa', AGO, SAME, FROM_NEW_YEAR, LAST_YEAR, THIS_YEAR);

/** "năm ngoái", "năm 2025", "từ đầu năm đến giờ", "3 tháng gần đây", "6 tháng đầu năm", "cùng kỳ năm ngoái". */
export function readStretch(reading: Reading, at: number, now: number): Found | undefined {
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
  const counted = readCounted(reading, at, now);
  if (counted !== undefined) return counted;
  const passed = readAgo(reading, at, now) ?? readPassedYears(reading, at, now);
  if (passed !== undefined) return passed;
  if (!says(reading, at, 'năm') && !phraseAt(reading, at, LAST_YEAR) && !phraseAt(reading, at, THIS_YEAR))
    return undefined;
  const year = yearAt(reading, at, now);
  if (year === undefined || year.next === at) return undefined;
  const from = monthIndex(year.year, 1);
  return { from, to: Math.min(from + 11, Math.max(from, now)), next: year.next };
}

/** "6 tháng đầu năm", "6 tháng trước", "3 tháng gần đây", "biểu đồ 12 tháng". */
function readCounted(reading: Reading, at: number, now: number): Found | undefined {
  const count = readNumber(reading, at);
  const isCounted = count !== undefined && isMonthWord(reading, count.next) && gapBefore(reading, count.next) === ' ';
  if (!isCounted || count.value < 2 || count.value > 24) return undefined;
  const after = count.next + 1;
  const part = count.value <= 12 ? readPartOfYear(reading, after, count.value, now) : undefined;
  if (part !== undefined) return part;
  if (says(reading, after, 'trước') && !says(reading, after + 1, 'đó')) {
    return { from: now - count.value, to: now - count.value, next: after + 1 };
  }
  const recent = phraseAt(reading, after, RECENT);
  const isMeant = recent > 0 || (isShown(reading, at) && !says(reading, after, ...AHEAD));
  return isMeant ? { from: now - count.value, to: now - 1, next: after + recent } : undefined;
}

/** "biểu đồ", "lịch sử của": what is asked for stands before the months. */
function isShown(reading: Reading, at: number): boolean {
  const end = says(reading, at - 1, 'của', 'trong') ? at - 1 : at;
  for (let words = 1; words <= Math.min(SHOWN_MOST_WORDS, end); words += 1) {
    if (phraseAt(reading, end - words, SHOWN) === words) return true;
  }
  return false;
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
