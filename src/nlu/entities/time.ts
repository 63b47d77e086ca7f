import type { Entity } from '../understanding.ts';
import { wordSet } from '../word-facts.ts';
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
import { type NumberRead, readNumber } from './number-words.ts';

const MORNING = phrases('sáng', 'giờ sáng', 'buổi sáng', 'sáng nay', 'sáng mai', 'khuya', 'rạng sáng');
const AFTERNOON = phrases('chiều', 'giờ chiều', 'buổi chiều', 'trưa', 'xế', 'chiều nay', 'chiều mai', 'trưa nay');
const EVENING = phrases('tối', 'đêm', 'giờ tối', 'buổi tối', 'tối nay', 'tối qua', 'tối mai');
const DURATION = phrases('giờ đồng hồ', 'tiếng', 'tiếng đồng hồ');
const CLOCK_WORDS = wordSet(startsOf('giờ', 'h', 'g', 'rưỡi'));

/** Finds times of day as `HH:MM`: "8h30", "4 rưỡi chiều", "14h", "mười giờ kém mười". */
export const findTimes: Extractor = (reading) => {
  const found: Entity[] = [];
  if (!mentions(reading, CLOCK_WORDS) && !reading.text.folded.includes(':')) return found;
  for (let i = 0; i < reading.tokens.length; i++) {
    const time = readTime(reading, i);
    if (time === undefined) continue;
    const clock = `${String(Math.floor(time.value / 60)).padStart(2, '0')}:${String(time.value % 60).padStart(2, '0')}`;
    found.push(entityOver(reading, 'time', i, time.next - 1, clock, 0.9));
    i = time.next - 1;
  }
  return found;
};

/** Minutes since midnight. */
function readTime(reading: Reading, at: number): NumberRead | undefined {
  const hour = readNumber(reading, at);
  if (hour === undefined || hour.value > 24 || (hour.inDigits && hour.next - at > 1)) return undefined;
  if (phraseAt(reading, hour.next, DURATION) > 0) return undefined;
  const minutes = readMinutes(reading, hour);
  if (minutes === undefined) return undefined;
  const part = partOfDay(reading, minutes.next);
  const half = part.afternoon && hour.value < 12 ? 12 * 60 : 0;
  const value = (hour.value % 24) * 60 + minutes.value + half;
  return value < 0 ? undefined : { value, next: part.next, inDigits: hour.inDigits };
}

function readMinutes(reading: Reading, hour: NumberRead): NumberRead | undefined {
  const done = (value: number, next: number): NumberRead => ({ value, next, inDigits: true });
  const token = reading.tokens[hour.next];
  const isShort = token?.folded === 'h' || token?.folded === 'g';
  // "4 rưỡi chiều": without the word for hour only beside a part of the day.
  if (says(reading, hour.next, 'rưỡi', 'rưởi') && partOfDay(reading, hour.next + 1).next > hour.next + 1)
    return done(30, hour.next + 1);
  if (hour.inDigits && gapBefore(reading, hour.next) === ':' && token?.isNumber && /^[0-5]\d$/.test(token.folded)) {
    return done(Number(token.folded), hour.next + 1);
  }
  const isHour = isShort ? hour.inDigits && gapBefore(reading, hour.next).length <= 1 : says(reading, hour.next, 'giờ');
  if (!isHour) return undefined;
  let next = hour.next + 1;
  // "mấy tiếng đồng hồ", "2 giờ nữa", "5 giờ rồi" last; they name no time of day.
  if (says(reading, next, 'nữa', 'liền', 'đồng')) return undefined;
  if (says(reading, next, 'rưỡi', 'rưởi')) return done(30, next + 1);
  const isLess = says(reading, next, 'kém', 'thiếu');
  if (isLess) next++;
  const minutes = readNumber(reading, next);
  if (minutes === undefined || minutes.value > 59 || (isShort && !isLess && gapBefore(reading, next) !== ''))
    return done(0, hour.next + 1);
  const after = says(reading, minutes.next, 'phút', 'p') ? minutes.next + 1 : minutes.next;
  const isNamed = isLess || isShort || after > minutes.next || minutes.value % 5 === 0;
  return isNamed ? done(isLess ? -minutes.value : minutes.value, after) : done(0, hour.next + 1);
}

function partOfDay(reading: Reading, at: number): { next: number; afternoon: boolean } {
  const morning = phraseAt(reading, at, MORNING);
  if (morning > 0) return { next: at + 1, afternoon: false };
  const later = Math.max(phraseAt(reading, at, AFTERNOON), phraseAt(reading, at, EVENING));
  return { next: later > 0 ? at + 1 : at, afternoon: later > 0 };
}
