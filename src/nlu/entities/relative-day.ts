import { wordSet } from '../word-facts.ts';
import { addDays, type Day } from './calendar.ts';
import { type Phrases, phraseAt, phrases, type Reading, says, startsOf } from './extractor.ts';

/** Days found, both included; `next` is the token after them. */
export interface Found {
  readonly from: Day;
  readonly to: Day;
  readonly next: number;
}

const RELATIVE: readonly (readonly [number, Phrases])[] = [
  [
    0,
    phrases(
      'hôm nay',
      'bữa nay',
      'bữa ni',
      'bựa ni',
      'hnay',
      'hn',
      'ngày hôm nay',
      'sáng nay',
      'chiều nay',
      'tối nay',
      'trưa nay',
      'đêm nay',
      'hôm ni',
      'ngày nay',
      'khuya nay',
      'sáng ni',
      'chiều ni',
      'tối ni',
    ),
  ],
  [
    1,
    phrases(
      'ngày mai',
      'mai',
      'mơi',
      'sáng mai',
      'chiều mai',
      'tối mai',
      'trưa mai',
      'bữa mai',
      'hôm sau',
      'ngày hôm sau',
    ),
  ],
  [2, phrases('ngày mốt', 'mốt', 'ngày kia', 'ngày mốt này', 'bữa mốt')],
  [3, phrases('ngày kìa', 'bữa kìa')],
  [
    -1,
    phrases(
      'hôm qua',
      'bữa qua',
      'hồi hôm',
      'tối qua',
      'đêm qua',
      'hqua',
      'ngày hôm qua',
      'chiều qua',
      'sáng qua',
      'trưa qua',
      'tối hôm qua',
      'đêm hôm qua',
      'khuya qua',
      'hôm wa',
    ),
  ],
  [-2, phrases('hôm kia', 'bữa kia', 'hôm bữa kia')],
]; // prettier-ignore

/** Before a count of days or months that have passed. */
export const AGO = phrases('cách đây', 'cách nay');

/** The first words of days relative to today, without marks. */
export const RELATIVE_STARTS = startsOf(...RELATIVE.map(([, list]) => list));
const STARTS = wordSet(RELATIVE_STARTS);

export const singleDay = (day: Day, next: number): Found => ({ from: day, to: day, next });

/** "hôm nay", "mốt", "tối qua". */
export function readRelativeDay(reading: Reading, at: number, today: Day): Found | undefined {
  let best: Found | undefined;
  if (((reading.tokens[at]?.signs ?? 0) & STARTS) === 0) return best;
  for (const [days, list] of RELATIVE) {
    const length = phraseAt(reading, at, list);
    if (length > 0 && at + length > (best?.next ?? at)) best = singleDay(addDays(today, days), at + length);
  }
  return best === undefined || isFiguratively(reading, at, best.next) ? undefined : best;
}

const OUTAGE = ['cúp', 'cắt', 'mất'];

/** "chị Mai", "mai mốt" (some day), "hai mươi mốt": no dates. */
function isFiguratively(reading: Reading, at: number, next: number): boolean {
  if (next - at > 1) return false;
  const word = reading.tokens[at]?.lower;
  // Unmarked, "moi" is "mới", "mời" or "mỗi", and "mot" is "một" unless an outage follows.
  if (word === 'moi') return true;
  if (word === 'mot' && !says(reading, next, ...OUTAGE) && !(at === 0 && says(reading, next, 'có'))) return true;
  if (says(reading, at, 'mai') && says(reading, next, 'mốt')) return true;
  if (says(reading, at, 'mốt') && (says(reading, at - 1, 'mai', 'mươi', 'chục') || reading.tokens[at - 1]?.isNumber))
    return true;
  const start = reading.text.offsets[reading.tokens[at]?.start ?? 0] ?? 0;
  const isCapital = /\p{Lu}/u.test(reading.text.written.charAt(start)) && at > 0;
  return isCapital && /[a-z]/.test(reading.text.written) && says(reading, at, 'mai');
}
