import { rememberLast } from './remember.ts';

/**
 * One utterance cleaned for reading: `lower` and `folded` are aligned character by character, and `offsets[i]`
 * is where their i-th character stands in `written` (one further entry marks the end).
 */
export interface PreparedText {
  readonly written: string;
  readonly lower: string;
  readonly folded: string;
  readonly offsets: readonly number[];
  /** Whether any letter carries a Vietnamese mark: without one, "sau" may be "sáu". */
  readonly hasMarks: boolean;
}

/** What lies beyond is not read: no request needs more, and a flood of text must not cost more. */
export const LONGEST_READ = 4000;

const SPACE = 32;
const DROP = 0;
const LOWER = new Uint16Array(65536);
const FOLDED = new Uint16Array(65536);

const LOOK_ALIKES: Readonly<Record<string, string>> = {
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  у: 'y',
  х: 'x',
  і: 'i',
  ѕ: 's',
  ј: 'j',
  һ: 'h',
  ԁ: 'd',
  ո: 'n',
  А: 'a',
  В: 'b',
  Е: 'e',
  К: 'k',
  М: 'm',
  Н: 'h',
  О: 'o',
  Р: 'p',
  С: 'c',
  Т: 't',
  Х: 'x',
  У: 'y',
  І: 'i',
  ο: 'o',
  α: 'a',
  ν: 'v',
  Ο: 'o',
  Α: 'a',
  Β: 'b',
  Ε: 'e',
  Ζ: 'z',
  Η: 'h',
  Ι: 'i',
  Κ: 'k',
  Μ: 'm',
  Ν: 'n',
  Ρ: 'p',
  Τ: 't',
  Υ: 'y',
  Χ: 'x',
  ı: 'i',
  ð: 'đ',
  Ð: 'đ',
  ɖ: 'đ',
  Ɖ: 'đ',
  ß: 's',
  ł: 'l',
  ø: 'o',
  Ø: 'o',
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '–': '-',
  '—': '-',
  '−': '-',
  '…': '.',
}; // prettier-ignore

function baseLetter(letter: string): string {
  if (letter === 'đ') return 'd';
  const base = letter.normalize('NFD').replace(/[\u0300-\u036f]/g, '');
  return base.length === 1 ? base : letter;
}

function isDropped(code: number): boolean {
  return (
    (code >= 0x0300 && code <= 0x036f) ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x206f) ||
    (code >= 0xfe00 && code <= 0xfe0f) ||
    code === 0xfeff ||
    code === 0x00ad
  ); // prettier-ignore
}

function lowerOf(code: number): string | undefined {
  const char = String.fromCharCode(code);
  if (isDropped(code)) return undefined;
  // Half of a character outside the first plane: emoji and the like, which carry no words.
  if (code < SPACE || (code >= 0x7f && code <= 0xa0) || (code >= 0xd800 && code <= 0xf8ff)) return ' ';
  const alike = LOOK_ALIKES[char];
  if (alike !== undefined) return alike;
  const plain = code >= 0xff00 || (code >= 0x2000 && code < 0x2100) ? char.normalize('NFKC') : char;
  const lower = (plain.length === 1 ? plain : char).toLowerCase();
  if (/\s/.test(lower)) return ' ';
  return lower.length === 1 ? lower : char;
}

for (let code = 0; code < 65536; code++) {
  const foreign = code >= 0x2100 && code < 0xd800;
  const lower = foreign ? String.fromCharCode(code) : lowerOf(code);
  LOWER[code] = lower === undefined ? DROP : lower.charCodeAt(0);
  FOLDED[code] = lower === undefined ? DROP : foreign ? code : baseLetter(lower).charCodeAt(0);
}

/** Room for one text, used again for the next. */
const lower = new Uint16Array(LONGEST_READ);
const folded = new Uint16Array(LONGEST_READ);

const LETTER_O = 111;
const isDigit = (code = 0): boolean => code >= 48 && code <= 57;
const isLetter = (code: number): boolean => (code >= 97 && code <= 122) || code > 0xbf;

/** Cleans an utterance once for everything that reads it. */
export const prepare = rememberLast(prepareAnew);

function prepareAnew(utterance: string): PreparedText {
  const written = isComposed(utterance) ? utterance : utterance.normalize('NFC');
  const limit = Math.min(written.length, LONGEST_READ);
  const offsets: number[] = [];
  let length = 0;
  let hasMarks = false;
  for (let i = 0; i < limit; i++) {
    const code = written.charCodeAt(i);
    const low = LOWER[code] as number;
    if (low === DROP) continue;
    const base = FOLDED[code] as number;
    // A letter held down ("alooooo") is one letter; doubled ones may be Telex.
    const isThird = length >= 2 && isLetter(base) && folded[length - 1] === base && folded[length - 2] === base;
    // Three letters O after a digit are zeros.
    if (isThird && !(base === LETTER_O && isDigit(folded[length - 3]))) {
      let next = i + 1;
      while (next < limit && FOLDED[written.charCodeAt(next)] === base) next++;
      i = next - 1;
      length--;
      continue;
    }
    lower[length] = low;
    folded[length] = base;
    offsets[length] = i;
    length++;
    if (low !== base) hasMarks = true;
  }
  offsets.length = length;
  offsets.push(limit);
  placeTones(length);
  return {
    written,
    lower: textOf(lower, length),
    folded: textOf(folded, length),
    offsets,
    hasMarks,
  };
}

const UTF16 = new TextDecoder('utf-16le');

function textOf(codes: Uint16Array, length: number): string {
  return UTF16.decode(codes.subarray(0, length));
}

/** Whether a text surely is in NFC already, which composing it anew would take longer to find out. */
function isComposed(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0x300 && (code < 0x1e00 || code > 0x1eff)) return false;
  }
  return true;
}

const TONE_ROWS = ['aàáảãạ', 'eèéẻẽẹ', 'oòóỏõọ', 'uùúủũụ', 'yỳýỷỹỵ'];
const TONE_OF = new Map<number, number>();
const WITH_TONE = new Map<string, number>();
for (const row of TONE_ROWS) {
  for (let tone = 0; tone < 6; tone++) {
    TONE_OF.set(row.charCodeAt(tone), tone);
    WITH_TONE.set(`${row.charAt(0)}${tone}`, row.charCodeAt(tone));
  }
}

/** Writes "hoà", "thuý", "hòan" as "hòa", "thúy", "hoàn", in place. */
function placeTones(length: number): void {
  for (let i = 0; i + 1 < length; i++) {
    const first = folded[i] as number;
    const second = folded[i + 1] as number;
    const isPair = (first === 111 && (second === 97 || second === 101)) || (first === 117 && second === 121);
    if (!isPair || (first === 117 && i > 0 && folded[i - 1] === 113)) continue;
    const tone1 = TONE_OF.get(lower[i] as number);
    const tone2 = TONE_OF.get(lower[i + 1] as number);
    if (tone1 === undefined || tone2 === undefined || tone1 + tone2 === 0 || (tone1 > 0 && tone2 > 0)) continue;
    const isOpen = i + 2 >= length || !isLetter(folded[i + 2] as number);
    const tone = tone1 + tone2;
    lower[i] = WITH_TONE.get(`${String.fromCharCode(first)}${isOpen ? tone : 0}`) as number;
    lower[i + 1] = WITH_TONE.get(`${String.fromCharCode(second)}${isOpen ? 0 : tone}`) as number;
  }
}

/** The utterance in lower case, NFC, with one way of placing tones and without what cannot be seen. */
export function normalize(text: string): string {
  return prepare(text).lower.replace(/ +/g, ' ').trim();
}

/** The same without any mark: "Điện lực" becomes "dien luc". */
export function fold(text: string): string {
  return prepare(text).folded.replace(/ +/g, ' ').trim();
}

/** A long text in lower case without its marks, letter for letter. */
export function bareText(lower: string): string {
  const codes = new Uint16Array(lower.length);
  for (let i = 0; i < lower.length; i++) codes[i] = FOLDED[lower.charCodeAt(i)] as number;
  return textOf(codes, lower.length);
}

/** A clean word or name in lower case without its marks; quicker than `fold`, which also cleans. */
export function bareWord(lower: string): string {
  let bare = '';
  for (let i = 0; i < lower.length; i++) bare += String.fromCharCode(FOLDED[lower.charCodeAt(i)] as number);
  return bare;
}
