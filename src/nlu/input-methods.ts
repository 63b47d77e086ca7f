import { isSyllable } from './vietnamese-syllable.ts';

/** Letters with their marks while a word is put together. */
interface Draft {
  readonly letters: string[];
  tone: number;
  changed: boolean;
}

const CIRCUMFLEX: Readonly<Record<string, string>> = { a: 'â', e: 'ê', o: 'ô' };
const HORN: Readonly<Record<string, string>> = { a: 'ă', o: 'ơ', u: 'ư' };
const TELEX_TONES = 'sfrxj';
/** Acute, grave, hook, tilde, dot below: the order of both `sfrxj` and `12345`. */
const TONE_MARKS = ['\u0301', '\u0300', '\u0309', '\u0303', '\u0323'];
const LONGEST_WORD = 14;

/** Reads a word typed in Telex with the keyboard's Vietnamese mode off: "ddieenj" is "điện". */
export function decodeTelex(word: string): string | undefined {
  if (word.length > LONGEST_WORD || !/[sfrxjwz]|aa|ee|oo|dd|[aeo].+[aeo]|d.+d/.test(word)) return undefined;
  const draft: Draft = { letters: [], tone: 0, changed: false };
  for (const key of word) if (!telexKey(draft, key)) draft.letters.push(key);
  return finish(draft);
}

function telexKey(draft: Draft, key: string): boolean {
  const hasVowel = draft.letters.some((letter) => 'aeiouyâêôăơư'.includes(letter));
  const tone = TELEX_TONES.indexOf(key) + 1;
  if (tone > 0 && hasVowel) return setTone(draft, tone);
  if (key === 'z' && hasVowel) return setTone(draft, 0);
  if (key === 'w') return addHorn(draft, 'aou') || mark(draft, draft.letters.length, 'ư');
  if (key === 'd' && draft.letters[0] === 'd' && draft.letters.length > 0) return mark(draft, 0, 'đ');
  if (key in CIRCUMFLEX) {
    const at = draft.letters.lastIndexOf(key);
    return at >= 0 && mark(draft, at, CIRCUMFLEX[key] as string);
  }
  return false;
}

const TELEX_SIGN = /dd|aa|ee|oo|[aou]w|[aeiouy][a-z]*[sfrxj]$/;
const PLAIN_TELEX = /^dd|aa|ee|[aou]w|ooj|oos|oof|oor|oong|oon|oot/;

/** How plainly a word that can be read as raw Telex is: 2 by itself, 1 beside another such word, else 0. */
export function telexSigns(lower: string): number {
  if (!TELEX_SIGN.test(lower)) return 0;
  return PLAIN_TELEX.test(lower) ? 2 : 1;
}

/** Reads a word typed in VNI with the keyboard's Vietnamese mode off: "d9ie65n" is "điện". */
export function decodeVni(word: string): string | undefined {
  if (word.length > LONGEST_WORD || !/^[a-z]+[a-z\d]*\d/.test(word)) return undefined;
  const draft: Draft = { letters: [], tone: 0, changed: false };
  for (const key of word) {
    if (!/\d/.test(key)) draft.letters.push(key);
    else if (!vniKey(draft, Number(key))) return undefined;
  }
  return finish(draft);
}

function vniKey(draft: Draft, key: number): boolean {
  if (key >= 1 && key <= 5) return setTone(draft, key);
  if (key === 6) {
    const at = draft.letters.findLastIndex((letter) => letter in CIRCUMFLEX);
    return at >= 0 && mark(draft, at, CIRCUMFLEX[draft.letters[at] as string] as string);
  }
  if (key === 7) return addHorn(draft, 'ou');
  if (key === 8) return addHorn(draft, 'a');
  return key === 9 && draft.letters[0] === 'd' && mark(draft, 0, 'đ');
}

function change(draft: Draft): true {
  draft.changed = true;
  return true;
}

function setTone(draft: Draft, tone: number): true {
  draft.tone = tone;
  return change(draft);
}

function mark(draft: Draft, at: number, letter: string): true {
  draft.letters[at] = letter;
  return change(draft);
}

function addHorn(draft: Draft, letters: string): boolean {
  const at = draft.letters.findLastIndex((letter) => letters.includes(letter));
  if (at < 0) return false;
  // "uo" takes two horns: "nguwowif" and "nguowif" are "người".
  const isPair = draft.letters[at] === 'o' && draft.letters[at - 1] === 'u' && draft.letters[at - 2] !== 'q';
  if (isPair) mark(draft, at - 1, 'ư');
  return mark(draft, at, HORN[draft.letters[at] as string] as string);
}

function finish(draft: Draft): string | undefined {
  if (!draft.changed) return undefined;
  const plain = draft.letters.map(unmark).join('');
  if (!isSyllable(plain)) return undefined;
  if (draft.tone > 0) {
    const at = tonePlace(draft.letters);
    draft.letters[at] = ((draft.letters[at] as string) + (TONE_MARKS[draft.tone - 1] as string)).normalize('NFC');
  }
  return draft.letters.join('');
}

function unmark(letter: string): string {
  return letter === 'đ' ? 'd' : (letter.normalize('NFD')[0] as string);
}

/** Where the tone of a syllable is written, the way `normalize` writes it ("hòa", "thúy"). */
function tonePlace(letters: readonly string[]): number {
  const marked = letters.findLastIndex((letter) => 'âêôăơư'.includes(letter));
  if (marked >= 0) return marked;
  const onset = /^(qu|gi(?=[aeiouy]))/.exec(letters.join(''))?.[0].length ?? 0;
  const vowels: number[] = [];
  for (let i = onset; i < letters.length; i++) if ('aeiouy'.includes(letters[i] as string)) vowels.push(i);
  const first = vowels[0] ?? Math.max(0, letters.length - 1);
  const last = vowels.at(-1) ?? first;
  if (vowels.length >= 3) return vowels[1] as number;
  return vowels.length === 2 && last < letters.length - 1 ? last : first;
}
