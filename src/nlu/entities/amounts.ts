import type { Token } from '../tokenize.ts';
import type { Entity } from '../understanding.ts';
import { DIGITS, wordSet } from '../word-facts.ts';
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
import { isMonthWord } from './month-word.ts';
import { digitWordAt, mayStartNumber, NUMBER_STARTS, type NumberRead, readNumber } from './number-words.ts';

const KWH = phrases(
  'kwh',
  'k wh',
  'kw',
  'kí',
  'ký',
  'số điện',
  'số',
  'ký điện',
  'kí điện',
  'chữ',
  'chữ điện',
  'ký lô',
  'kí lô',
  'ki lô oát',
  'ki lô oát giờ',
  'kilo oát',
  'kilowatt',
  'số đ',
);
const KWH_STARTS = wordSet(startsOf(KWH));
const COUNTERS = phrases('số');
const NOT_COUNTED = phrases('mới', 'cũ');
const MOST_KWH = 10_000_000;
/** After these, "ký" and "số" count something else. */
const NOT_KWH = phrases('tiền', 'điện thoại', 'máy', 'nhà', 'tài khoản', 'hợp đồng', 'đo', 'tháng', 'thứ');

/** Finds amounts of energy: "320 số", "bốn chục ký", "150 kWh". */
export const findKwh: Extractor = (reading) => {
  const found: Entity[] = [];
  if (!mentions(reading, KWH_STARTS)) return found;
  for (let i = 0; i < reading.tokens.length; i++) {
    const number = readNumber(reading, i);
    if (number === undefined) continue;
    const unit = phraseAt(reading, number.next, KWH);
    if (
      unit > 0 &&
      number.value > 0 &&
      number.value <= MOST_KWH &&
      !isFollowedByCounted(reading, i, number.next + unit) &&
      !isMonth(reading, i, number) &&
      !countsOtherwise(reading, number, unit)
    ) {
      found.push(entityOver(reading, 'kwh', i, number.next + unit - 1, String(number.value), 0.92));
      i = number.next + unit - 1;
    } else {
      i = number.next - 1;
    }
  }
  return found;
};

/** "3 số điện thoại" counts something else; "300 số tháng 1" and "300 số tháng này" only say when. */
function isFollowedByCounted(reading: Reading, at: number, next: number): boolean {
  const isDated =
    reading.tokens[at]?.isNumber === true &&
    isMonthWord(reading, next) &&
    (readNumber(reading, next + 1) !== undefined || says(reading, next + 1, 'này', 'rồi', 'trước', 'sau', 'vừa'));
  return !isDated && phraseAt(reading, next, NOT_KWH) > 0;
}

/** "thang 10 so voi thang 8" names a month; "một tháng 10 số" and "mỗi tháng 10 số" do not. */
function isMonth(reading: Reading, at: number, { value }: NumberRead): boolean {
  if (value > 12 || !isMonthWord(reading, at - 1)) return false;
  return readNumber(reading, at - 2) === undefined && !says(reading, at - 2, 'mỗi', 'hàng', 'hằng', 'mấy');
}

const PEOPLE = phrases('hộ', 'người', 'phòng', 'căn', 'nhà', 'gia đình', 'đứa');

/** "450 số 4 hộ", "320 số 2 người". */
function countsPeople(reading: Reading, at: number): boolean {
  const number = readNumber(reading, at);
  return number !== undefined && phraseAt(reading, number.next, PEOPLE) > 0;
}

/** "một số" is "some", and "từ số 0287…" unmarked reads like "tư số". */
function countsOtherwise(reading: Reading, number: NumberRead, unit: number): boolean {
  if (unit > 1 || phraseAt(reading, number.next, COUNTERS) === 0) return false;
  const next = number.next + unit;
  const goesOn = reading.tokens[next]?.isNumber === true && !countsPeople(reading, next);
  return number.value === 1 || goesOn || phraseAt(reading, next, NOT_COUNTED) > 0;
}

const INDEX_NAMES = phrases(
  'chỉ số',
  'công tơ',
  'đồng hồ',
  'chỉ số công tơ',
  'số công tơ',
  'đồng hồ điện',
  'chỉ số điện',
  'chỉ số mới',
  'số mới',
  'số cũ',
  'chỉ số cũ',
  'số đh',
  'đh',
  'số trên công tơ',
  'điện kế',
  'chỉ số đồng hồ',
  'chốt số',
  'báo số',
  'đọc số',
  'gửi số',
  'số ký',
  'tự báo',
);
const INDEX_STARTS = wordSet(startsOf(INDEX_NAMES));
const NAME_REACH = 7;
/** The same where "là" stands right before the number: "chỉ số ngày 20/11 của trạm bơm là 45.213". */
const FAR_REACH = 12;

/** Finds readings of a meter: four to six digits after a word for it, or where one is asked for. */
export const findMeterIndexes: Extractor = (reading) => {
  const isAsked = reading.context.expects?.includes('meter_index') ?? false;
  const found: Entity[] = [];
  if (!isAsked && !mentions(reading, INDEX_STARTS)) return found;
  let named = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < reading.tokens.length; i++) {
    if (phraseAt(reading, i, INDEX_NAMES) > 0) named = i;
    if (!mayStartNumber(reading.tokens[i] as Token) || !(isAsked || i - named <= reachAt(reading, i))) continue;
    const index = readIndex(reading, i, isAsked);
    if (index === undefined) continue;
    found.push(entityOver(reading, 'meter_index', i, index.next - 1, String(index.value), isAsked ? 0.95 : 0.85));
    i = index.next - 1;
  }
  return found;
};

const reachAt = (reading: Reading, at: number): number => (says(reading, at - 1, 'là') ? FAR_REACH : NAME_REACH);

/** "12845", "8.450", "một hai bảy sáu bốn", "chín nghìn không trăm ba mươi mốt". */
function readIndex(reading: Reading, at: number, isAsked: boolean): NumberRead | undefined {
  const token = reading.tokens[at];
  if (token?.isNumber) return readIndexInDigits(reading, at, isAsked);
  let next = at;
  let digits = '';
  for (let digit = digitWordAt(reading, next); digit !== undefined; digit = digitWordAt(reading, next)) {
    digits += digit;
    next++;
  }
  if (digits.length >= 4 && digits.length <= 7) return { value: Number(digits), next, inDigits: false };
  const number = readNumber(reading, at);
  const isIndex = number !== undefined && number.value >= 1000 && number.value < 10_000_000;
  return isIndex && !isSumOrAmount(reading, number) ? number : undefined;
}

function readIndexInDigits(reading: Reading, at: number, isAsked: boolean): NumberRead | undefined {
  const folded = reading.tokens[at]?.folded ?? '';
  const number = readNumber(reading, at);
  if (gapBefore(reading, at) === '/' || gapBefore(reading, number?.next ?? at + 1) === '/') return undefined;
  if (number !== undefined && number.next > at + 1) {
    // Round thousands are money.
    const isIndex = number.value >= 1000 && number.value < 10_000_000 && (isAsked || number.value % 1000 !== 0);
    return isIndex && !isSumOrAmount(reading, number) ? number : undefined;
  }
  const isLong = /^\d{4,7}$/.test(folded) || (isAsked && /^\d{1,7}$/.test(folded));
  return isLong ? { value: Number(folded), next: at + 1, inDigits: true } : undefined;
}

function isSumOrAmount(reading: Reading, { next }: NumberRead): boolean {
  return phraseAt(reading, next, CURRENCY) > 0 || phraseAt(reading, next, KWH) > 0;
}

const SCALES: readonly (readonly [number, ReturnType<typeof phrases>])[] = [
  [1_000_000_000, phrases('tỷ', 'tỉ')],
  [1_000_000, phrases('triệu', 'tr', 'củ', 'chai', 'trịu', 'trieu')],
  [1000, phrases('nghìn', 'ngàn', 'k', 'ngh')],
  [100_000, phrases('xị', 'lít')],
];
const CURRENCY = phrases('đồng', 'đ', 'vnđ', 'vnd', 'đồng bạc');
/** What a sum has where it is not in digits. */
const SUM_WORDS = wordSet(startsOf(...SCALES.map(([, words]) => words), CURRENCY));
/** What a sum starts with. */
const SUM_STARTS = SUM_WORDS | DIGITS | NUMBER_STARTS | wordSet(startsOf('nửa'));
const LEAST_BARE = 10_000;
/** Before these, a digit after "triệu" counts something else: "1 triệu 2 tháng". */
const COUNTED = phrases(
  'tháng',
  'ngày',
  'kỳ',
  'kì',
  'lần',
  'số',
  'ký',
  'kí',
  'kwh',
  'nhà',
  'hộ',
  'hóa đơn',
  'bill',
  'cái',
  'giờ',
);

/** Finds sums of money in đồng: "1tr2", "850k", "742.000đ", "một triệu tư". */
export const findMoney: Extractor = (reading) => {
  const found: Entity[] = [];
  if (!mentions(reading, SUM_WORDS | DIGITS)) return found;
  for (let i = 0; i < reading.tokens.length; i++) {
    if (((reading.tokens[i] as Token).signs & SUM_STARTS) === 0) continue;
    const sum = readSum(reading, i);
    if (sum === undefined) continue;
    found.push(entityOver(reading, 'money', i, sum.next - 1, String(Math.round(sum.value)), 0.92));
    i = sum.next - 1;
  }
  return found;
};

function readSum(reading: Reading, at: number): NumberRead | undefined {
  const half = readHalf(reading, at);
  if (half !== undefined) return half;
  const number = readDecimal(reading, at) ?? readNumber(reading, at);
  if (number === undefined || number.value === 0) return undefined;
  for (const [scale, words] of SCALES) {
    const length = phraseAt(reading, number.next, words);
    if (length === 0) continue;
    const whole = { ...number, value: number.value * scale, next: number.next + length };
    return withCurrency(reading, addTail(reading, whole, scale));
  }
  const currency = phraseAt(reading, number.next, CURRENCY);
  if (currency > 0 && number.value >= 100) return { ...number, next: number.next + currency };
  const isGrouped = number.inDigits && number.next - at > 1 && number.value >= LEAST_BARE;
  const isSpoken = !number.inDigits && number.value >= LEAST_BARE && number.value % 1000 === 0;
  return isGrouped || isSpoken ? number : undefined;
}

/** "triệu rưỡi", "nửa triệu". */
function readHalf(reading: Reading, at: number): NumberRead | undefined {
  const isHalfOf = says(reading, at, 'nửa');
  for (const [scale, words] of SCALES) {
    const length = phraseAt(reading, isHalfOf ? at + 1 : at, words);
    if (length === 0 || scale < 1_000_000) continue;
    const next = at + length;
    if (isHalfOf) return withCurrency(reading, { value: scale / 2, next: next + 1, inDigits: false });
    if (says(reading, next, 'rưỡi', 'rưởi'))
      return withCurrency(reading, { value: scale * 1.5, next: next + 1, inDigits: false });
  }
  return undefined;
}

/** "1,2 triệu", "1.5tr". */
function readDecimal(reading: Reading, at: number): NumberRead | undefined {
  const [whole, part] = [reading.tokens[at], reading.tokens[at + 1]];
  if (!whole?.isNumber || !part?.isNumber || part.folded.length > 2 || !/^[.,]$/.test(gapBefore(reading, at + 1)))
    return undefined;
  return { value: Number(`${whole.folded}.${part.folded}`), next: at + 2, inDigits: true };
}

/** What follows the scale: "1tr2" is 1,200,000, "1tr250" 1,250,000, "2 triệu rưỡi" 2,500,000. */
function addTail(reading: Reading, sum: NumberRead, scale: number): NumberRead {
  if (says(reading, sum.next, 'rưỡi', 'rưởi')) return { ...sum, value: sum.value + scale / 2, next: sum.next + 1 };
  const tail = reading.tokens[sum.next];
  const isGlued = tail?.isNumber === true && gapBefore(reading, sum.next) === '';
  if (isGlued && tail.folded.length <= 3 && scale > 100) {
    return { ...sum, value: sum.value + (Number(tail.folded) * scale) / 10 ** tail.folded.length, next: sum.next + 1 };
  }
  const rest = sum.next === 0 ? undefined : readNumber(reading, sum.next);
  if (rest === undefined || scale !== 1_000_000) return sum;
  const thousands = phraseAt(reading, rest.next, SCALES[2]?.[1] ?? phrases());
  if (thousands > 0 && rest.value < 1000)
    return { ...sum, value: sum.value + rest.value * 1000, next: rest.next + thousands };
  const isBareUnit =
    rest.value < 10 && rest.next === sum.next + 1 && (!rest.inDigits || phraseAt(reading, rest.next, COUNTED) === 0);
  return isBareUnit ? { ...sum, value: sum.value + rest.value * 100_000, next: rest.next } : sum;
}

function withCurrency(reading: Reading, sum: NumberRead): NumberRead {
  return { ...sum, next: sum.next + phraseAt(reading, sum.next, CURRENCY) };
}

const FEW_TOKENS = 3;

/** "Chủ không cho đăng ký" says no zero, and "ba em hỏi" no three: one such word counts only in a short answer. */
function isOnlyAWord(reading: Reading, { inDigits, value }: NumberRead): boolean {
  return !inDigits && (value === 0 || (value < 10 && reading.tokens.length > FEW_TOKENS));
}

/** Finds bare numbers, only where one is asked for. */
export const findNumbers: Extractor = (reading) => {
  if (!reading.context.expects?.includes('number')) return [];
  const found: Entity[] = [];
  for (let i = 0; i < reading.tokens.length; i++) {
    const number = readNumber(reading, i);
    if (number === undefined) continue;
    if (isOnlyAWord(reading, number) || countsPeople(reading, i)) continue;
    found.push(entityOver(reading, 'number', i, number.next - 1, String(number.value), 0.9));
    i = number.next - 1;
  }
  return found;
};
