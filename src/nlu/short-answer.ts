import type { Reading } from './entities/extractor.ts';
import { readNumber } from './entities/number-words.ts';
import { fold, prepare } from './normalize.ts';
import { rememberLast } from './remember.ts';
import { type Token, tokenize } from './tokenize.ts';

/** A bare answer inside a dialog. */
export type ShortAnswer =
  | { readonly kind: 'yes' | 'no' | 'repeat' | 'help' | 'unknown'; readonly value: true }
  | { readonly kind: 'number'; readonly value: number }
  /** A place in a list, counted from 1; -1 is the last. */
  | { readonly kind: 'ordinal'; readonly value: number };

/** A list of phrases written between commas. */
function listed(phrases: string): readonly string[] {
  return phrases.split(',').map((phrase) => phrase.trim());
}

const FILLERS = listed(`
  dạ, vâng, ạ, à, ờ, ừm, thì, là, nha, nhé, nhen, nghen, hen, đó, á, em, anh, chị, cô, chú, bác, ơi, con, bạn,
  ad, shop, luôn, đi, vậy, mà, nè, e, a, c, ah, ak, nhá, hỉ, thôi, giùm, với, vs, admin, mình, tôi, tui, rồi, r
`);

const YES = listed(`
  có, ừ, ừa, uh, uhm, um, ok, oke, okie, okê, oki, okela, đúng, phải, đúng rồi, phải rồi, chính xác, chuẩn, đồng
  ý, được, đc, dc, vâng, dạ, dạ có, dạ phải, dạ đúng, rồi, yes, y, yep, chắc chắn, xác nhận, cứ, làm đi, tiếp
  tục, tiếp, muốn, ưng, đr, dr, dạ vâng, ừ đúng, ừ phải, chuẩn luôn, có chứ, tất nhiên, dĩ nhiên, gửi đi, được
  chứ, hợp lý, nhất trí, uk, ừm, yeah, có nhé, cần, cần chứ, nó đó, đúng nó, đăng ký, đăng ký đi, làm luôn, lập đi, lập luôn
`);
const NO = listed(`
  không, ko, k, kh, hông, hổng, hong, hok, hk, hem, khum, khom, không phải, hông phải, hổng phải, ko phải, k
  phải, hong phai, không có, không cần, ko cần, khỏi, thôi, thôi khỏi, khỏi cần, không đúng, sai, sai rồi, chưa,
  chưa đúng, no, nope, không muốn, đừng, nhầm rồi, nhầm, lộn rồi, nỏ, nỏ phải, chả, chả phải, không đâu, hông
  đâu, mô có, không được, bậy, hông có, không nha, kp, chẳng, không đồng ý, từ chối, trật rồi, trật
`);
const REPEAT = listed(`
  nhắc lại, nói lại, lặp lại, nhắc lại đi, nói lại đi, gửi lại, hả, gì, gì vậy, sao, nghe không rõ, chưa nghe
  rõ, không nghe rõ, đọc lại, viết lại, cái gì, nói gì vậy, hỏi gì vậy, là sao, nói chi rứa, chi rứa, nhắc lại
  câu hỏi, nói lại coi, cho nghe lại, hỏi lại, làm tiếp, tiếp tục đi, nói tiếp, làm tiếp đi
`);
const HELP = listed(`
  trợ giúp, help, hướng dẫn, giúp, làm sao, làm gì, làm được gì, hỗ trợ được gì, menu, bạn làm được gì, hỏi được
  gì, giúp được gì, trợ giúp với, cần trợ giúp, giúp tôi, hướng dẫn tôi, hỏi được những gì, không biết dùng, xài
  sao, dùng sao, danh mục, các chức năng, chức năng
`);
const UNKNOWN = listed(`
  không biết, không nhớ, quên rồi, quên, hông biết, hổng biết, ko biết, k biết, ko nhớ, k nhớ, hông nhớ, không
  rõ, ko rõ, chịu, không có mã, ko có mã, không rành, chưa biết, nỏ biết, không thấy, mất rồi, hok biết, hong
  bit
`);

const keys = (phrases: readonly string[]): ReadonlySet<string> => new Set(phrases.map(fold));
const FILLER_KEYS = keys(FILLERS);
const PHRASES = [
  ['yes', keys(YES)],
  ['no', keys(NO)],
  ['repeat', keys(REPEAT)],
  ['help', keys(HELP)],
  ['unknown', keys(UNKNOWN)],
] as const;

const THUMBS: Readonly<Record<string, 'yes' | 'no'>> = {
  '👍': 'yes',
  '👌': 'yes',
  '✅': 'yes',
  '🆗': 'yes',
  '👎': 'no',
  '❌': 'no',
};
const LONGEST_ANSWER = 60;

/** Reads "ừ", "hông phải", "cái thứ hai", "2", "nhắc lại" and the like; undefined for anything longer or else. */
export const readShortAnswer = rememberLast(readAnew);

function readAnew(utterance: string): ShortAnswer | undefined {
  const thumb = THUMBS[utterance.trim().replace(/[\u{1f3fb}-\u{1f3ff}\ufe0f]/gu, '')];
  if (thumb !== undefined) return { kind: thumb, value: true };
  if (utterance.length > LONGEST_ANSWER) return undefined;
  const text = prepare(utterance);
  const tokens = tokenize(text);
  const reading: Reading = { text, tokens, context: { now: 0 } };
  return readOrdinal(reading) ?? readCount(reading) ?? readPhrase(tokens);
}

function readPhrase(tokens: readonly Token[]): ShortAnswer | undefined {
  const words = tokens.map((token) => token.folded);
  if (words.length === 0) return undefined;
  // Fillers are stripped from both ends until the rest is a known answer.
  const candidates = [words, trim(words, false, true), trim(words, true, false), trim(words, true, true)];
  for (const candidate of candidates) {
    const phrase = candidate.join(' ');
    for (const [kind, set] of PHRASES) if (set.has(phrase)) return { kind, value: true };
  }
  return undefined;
}

function trim(words: readonly string[], atStart: boolean, atEnd: boolean): readonly string[] {
  let first = 0;
  let last = words.length;
  while (atStart && first < last - 1 && FILLER_KEYS.has(words[first] as string)) first++;
  while (atEnd && last > first + 1 && FILLER_KEYS.has(words[last - 1] as string)) last--;
  return words.slice(first, last);
}

const COUNTERS = new Set([
  'cai',
  'so',
  'muc',
  'thu',
  'dong',
  'lua',
  'chon',
  'y',
  'hop',
  'hoa',
  'don',
  'ma',
  'hd',
  'kia',
  'nay',
  'ay',
  'o',
  'cho',
  'lay',
  'xem',
  'coi',
  'nhanh',
  'can',
  'nha',
  'ho',
]);
const ENDS: ReadonlyMap<string, number> = new Map(
  (
    [
      ['đầu tiên', 1],
      ['đầu', 1],
      ['nhất', 1],
      ['cuối cùng', -1],
      ['cuối', -1],
      ['chót', -1],
      ['sau cùng', -1],
      ['trên', 1],
      ['dưới', -1],
      ['trước', 1],
      ['sau', -1],
    ] as const
  ).map(([words, value]) => [fold(words), value]),
);
const MOST = 20;

/** "cái thứ hai", "số 3", "cái đầu tiên", "cái cuối". */
function readOrdinal(reading: Reading): ShortAnswer | undefined {
  const { tokens } = reading;
  const body = tokens.findIndex((token) => !FILLER_KEYS.has(token.folded));
  let at = Math.max(0, body);
  const start = at;
  while (at < tokens.length && COUNTERS.has((tokens[at] as Token).folded)) at++;
  if (at === start || at === tokens.length) return undefined;
  const rest = tokens.slice(at).filter((token, i) => i === 0 || !FILLER_KEYS.has(token.folded));
  const phrase = rest.map((token) => token.folded).join(' ');
  if (asksWhere(tokens, at)) return undefined;
  const end = ENDS.get(phrase);
  if (end !== undefined && tokens[start]?.folded !== 'nha') return { kind: 'ordinal', value: end };
  const number = readNumber(reading, at);
  if (number === undefined || number.value < 1 || number.value > MOST) return undefined;
  const after = tokens.slice(number.next).every((token) => FILLER_KEYS.has(token.folded));
  return after ? { kind: 'ordinal', value: number.value } : undefined;
}

/** "Đóng ở đâu" asks where, and does not mean the first in the list ("đầu"). */
function asksWhere(tokens: readonly Token[], at: number): boolean {
  const [before, word] = [tokens[at - 1]?.folded, tokens[at]];
  return word?.lower === 'đâu' || (word?.lower === 'dau' && before === 'o');
}

function readCount(reading: Reading): ShortAnswer | undefined {
  const { tokens } = reading;
  let at = 0;
  while (at < tokens.length - 1 && FILLER_KEYS.has((tokens[at] as Token).folded)) at++;
  const number = readNumber(reading, at);
  if (number === undefined) return undefined;
  // A bare "không" is a refusal, not a zero.
  if (!number.inDigits && number.value === 0) return undefined;
  return tokens.slice(number.next).every((token) => FILLER_KEYS.has(token.folded))
    ? { kind: 'number', value: number.value }
    : undefined;
}
