import { wordSet } from '../word-facts.ts';
import { gapBefore, type Phrases, phraseAt, phrases, type Reading, says, startsOf } from './extractor.ts';
import { digitWordAt, readNumber } from './number-words.ts';

/** Characters that one or more spoken words stand for. */
export interface Spelled {
  readonly chars: string;
  readonly next: number;
}

/** How the letters of a code are said, in schools and in offices, North and South. */
const LETTER_NAMES: readonly (readonly [string, Phrases])[] = [
  ['a', phrases('a', 'á')],
  ['b', phrases('b', 'bê', 'bờ', 'bi')],
  ['c', phrases('c', 'xê', 'cê', 'sê', 'cờ', 'xi')],
  ['d', phrases('d', 'đ', 'dê', 'đê', 'dờ', 'đờ')],
  ['e', phrases('e', 'ê')],
  ['g', phrases('g', 'gờ', 'giê', 'gê')],
  ['h', phrases('h', 'hát', 'hắt', 'hờ')],
  ['i', phrases('i', 'i ngắn')],
  ['k', phrases('k', 'ca', 'ka')],
  ['l', phrases('l', 'lờ', 'e lờ', 'en lờ')],
  ['m', phrases('m', 'mờ', 'em', 'em mờ', 'e mờ')],
  ['n', phrases('n', 'nờ', 'en', 'en nờ', 'e nờ')],
  ['o', phrases('o', 'ô')],
  ['p', phrases('p', 'pê', 'pờ', 'pi')],
  ['q', phrases('q', 'cu', 'quy', 'quờ')],
  ['r', phrases('r', 'rờ', 'e rờ')],
  ['s', phrases('s', 'ét', 'ét xì', 'ét sì', 'ết', 'ết xì', 'sờ', 'xì')],
  ['t', phrases('t', 'tê', 'tờ', 'ti')],
  ['v', phrases('v', 'vê', 'vờ')],
  ['x', phrases('x', 'ích', 'ích xì', 'ít xì', 'xờ')],
  ['y', phrases('y', 'i dài', 'y dài')],
]; // prettier-ignore

const NAME_STARTS = wordSet(startsOf(...LETTER_NAMES.map(([, names]) => names)));

const PAUSES: Phrases = phrases('rồi', 'rồi tới', 'xong', 'xong rồi', 'tới', 'tiếp', 'tiếp theo', 'chấm', 'gạch');

/** The letter that is said at a token, by its name or alone: "bê", "em mờ", "T". */
export function letterSaidAt(reading: Reading, index: number): Spelled | undefined {
  const token = reading.tokens[index];
  if (token === undefined || (token.signs & NAME_STARTS) === 0) return undefined;
  let longest: Spelled | undefined;
  for (const [chars, names] of LETTER_NAMES) {
    const next = index + phraseAt(reading, index, names);
    if (next > (longest?.next ?? index)) longest = { chars, next };
  }
  return longest;
}

/** The digits that are said at a token: "sáu", "linh", "ba số không", "mười ba", "hai mươi hai", "hai lăm". */
export function digitsSaidAt(reading: Reading, index: number): Spelled | undefined {
  if (says(reading, index, 'linh', 'lẻ')) return { chars: '0', next: index + 1 };
  const digit = digitWordAt(reading, index);
  if (digit !== undefined && says(reading, index + 1, 'số', 'con')) {
    const repeated = digitWordAt(reading, index + 2);
    if (repeated !== undefined && digit > 1) return { chars: String(repeated).repeat(digit), next: index + 3 };
  }
  const isTens =
    says(reading, index, 'mười', 'hăm') || (digit !== undefined && says(reading, index + 1, 'mươi', 'chục', 'lăm'));
  const tens = isTens ? readNumber(reading, index) : undefined;
  if (tens !== undefined && tens.value >= 10 && tens.value < 100) return { chars: String(tens.value), next: tens.next };
  return digit === undefined ? undefined : { chars: String(digit), next: index + 1 };
}

/** Skips what is said between the parts of something spelled: "rồi", "gạch". */
export function skipPause(reading: Reading, index: number): number {
  return /^[ ,.-]{0,3}$/.test(gapBefore(reading, index)) ? index + phraseAt(reading, index, PAUSES) : index;
}
