import type { Entity } from '../understanding.ts';
import { wordSet } from '../word-facts.ts';
import { type Extractor, entityOver, gapBefore, phraseAt, phrases, type Reading, says } from './extractor.ts';

const SURNAMES = wordSet(
  'nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dinh truong doan lam mai trinh dao luong cao ha ta to quach thach son kim danh chau luu phung tang vuong lieu tong giang la quan ma thai trieu nghiem kieu'.split(
    ' ',
  ),
); // prettier-ignore
const INTRODUCTIONS = phrases(
  'tên là',
  'tên',
  'chủ hộ là',
  'chủ hộ',
  'đứng tên',
  'tên chủ hộ',
  'tên khách hàng',
  'khách hàng',
  'tôi là',
  'em là',
  'tui là',
  'họ tên',
  'họ và tên',
  'chủ hợp đồng',
  'tên chủ hợp đồng là',
  'chủ nhà là',
  'ông',
  'bà',
  'sang tên',
  'hộ ông',
  'hộ bà',
);
const STOPS = phrases(
  'bị',
  'muốn',
  'xin',
  'ở',
  'tại',
  'mã',
  'số',
  'cho',
  'là',
  'tháng',
  'nha',
  'ạ',
  'nhé',
  'có',
  'và',
  'không',
  'nhà',
  'điện',
  'hỏi',
  'cần',
  'đt',
  'sđt',
);
const LONGEST_NAME = 5;

/** Finds names of people: after "tên là", "chủ hộ" and the like, a surname and what belongs to it. */
export const findPersonNames: Extractor = (reading) => {
  const isAsked = reading.context.expects?.includes('person_name') ?? false;
  const found: Entity[] = [];
  for (let i = 0; i < reading.tokens.length; i++) {
    const token = reading.tokens[i];
    if (token === undefined || (token.signs & SURNAMES) === 0) continue;
    const isIntroduced = isAsked || follows(reading, i);
    const next = endOfName(reading, i, isIntroduced);
    const words = next - i;
    if (words < 2 || !(isIntroduced || (words >= 3 && isCapital(reading, i)))) continue;
    found.push(entityOver(reading, 'person_name', i, next - 1, nameOver(reading, i, next), isIntroduced ? 0.85 : 0.7));
    i = next - 1;
  }
  return found;
};

function follows(reading: Reading, at: number): boolean {
  for (let back = 1; back <= 4; back++) if (phraseAt(reading, at - back, INTRODUCTIONS) === back) return true;
  return false;
}

function endOfName(reading: Reading, first: number, isIntroduced: boolean): number {
  const mustBeCapital = isCapital(reading, first);
  let next = first + 1;
  while (next < reading.tokens.length && next - first < LONGEST_NAME) {
    const token = reading.tokens[next];
    if (token === undefined || token.isNumber || gapBefore(reading, next) !== ' ' || !/^[a-z]{1,7}$/.test(token.folded))
      break;
    if (mustBeCapital ? !isCapital(reading, next) : !isIntroduced || phraseAt(reading, next, STOPS) > 0) break;
    if (says(reading, next, 'ơi')) break;
    next++;
  }
  return mustBeCapital || next - first <= 4 ? next : first;
}

function isCapital(reading: Reading, at: number): boolean {
  const { written, offsets } = reading.text;
  const char = written.charAt(offsets[reading.tokens[at]?.start ?? 0] ?? 0);
  return char !== char.toLowerCase() && written !== written.toUpperCase();
}

function nameOver(reading: Reading, first: number, next: number): string {
  return reading.tokens
    .slice(first, next)
    .map(({ lower }) => lower.charAt(0).toUpperCase() + lower.slice(1))
    .join(' ');
}
