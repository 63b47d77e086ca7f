import { hashWord } from './hash.ts';
import { decodeVni } from './input-methods.ts';
import type { PreparedText } from './normalize.ts';
import { remember, rememberLast } from './remember.ts';
import { isSyllable } from './vietnamese-syllable.ts';
import { DIGITS, factsOf, type WordFacts } from './word-facts.ts';

/** A word or a run of digits; `start` and `end` count in the prepared text. */
export interface Token extends WordFacts {
  readonly start: number;
  readonly end: number;
  readonly isNumber: boolean;
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isLetter = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code > 0xbf && code < 0x2000) || (code > 0x2fff && code < 0xd800);

/** Splits a prepared text into words and numbers; "3tr" and "t7" give two tokens each. */
export const tokenize: (text: PreparedText) => readonly Token[] = rememberLast(tokenizeAnew);

function tokenizeAnew(text: PreparedText): readonly Token[] {
  const tokens: Token[] = [];
  const { folded, lower } = text;
  const length = folded.length;
  const isVni = VNI_SIGN.test(folded) && hasVniWord(folded);
  let i = 0;
  while (i < length) {
    const code = folded.charCodeAt(i);
    const digit = isDigit(code);
    if (!digit && !isLetter(code)) {
      i++;
      continue;
    }
    const start = i;
    while (i < length && (digit ? isDigit(folded.charCodeAt(i)) : isLetter(folded.charCodeAt(i)))) i++;
    const zeros = zerosFrom(folded, start, i);
    if (zeros > i) {
      i = zeros;
      tokens.push(numberOver(folded.slice(start, i).replaceAll('o', '0'), start, i));
      continue;
    }
    const typed = isVni && !digit ? vniAt(folded, start) : undefined;
    if (typed !== undefined) {
      i = typed.end;
      tokens.push(wordOver(typed.word, start, i));
    } else {
      tokens.push(
        digit
          ? numberOver(folded.slice(start, i), start, i)
          : wordOver(lower.slice(start, withoutDouble(lower, folded, start, i)), start, i),
      );
    }
  }
  return readTelex(tokens);
}

const LETTER_O = 111;

/** Where a number ends that is written with the letter O for zeros ("2O26", "O9O8"), or `end` when it is none. */
function zerosFrom(folded: string, start: number, end: number): number {
  const isDigits = isDigit(folded.charCodeAt(start));
  for (let i = start; !isDigits && i < end; i++) if (folded.charCodeAt(i) !== LETTER_O) return end;
  let to = end;
  let hasO = !isDigits;
  let hasDigit = isDigits;
  for (; to < folded.length; to++) {
    const code = folded.charCodeAt(to);
    if (code === LETTER_O) hasO = true;
    else if (isDigit(code)) hasDigit = true;
    else break;
  }
  const isWord = to < folded.length && isLetter(folded.charCodeAt(to));
  return hasO && hasDigit && !isWord ? to : end;
}

function numberOver(digits: string, start: number, end: number): Token {
  return {
    lower: digits,
    folded: digits,
    hash: hashWord(digits),
    signs: DIGITS,
    opens: 0,
    typed: undefined,
    telex: 0,
    start,
    end,
    isNumber: true,
  };
}

/** The token of a word that stands from `start` to `end`. */
export function wordOver(word: string, start: number, end: number): Token {
  const { lower, folded, hash, signs, opens, typed, telex } = factsOf(word);
  return { lower, folded, hash, signs, opens, typed, telex, start, end, isNumber: false };
}

/** The end of a word without a last letter that was hit twice ("trướcc"); doubled a, d, e and o may be Telex. */
function withoutDouble(lower: string, folded: string, start: number, end: number): number {
  if (end - start < 3 || lower.charCodeAt(end - 1) !== lower.charCodeAt(end - 2)) return end;
  const last = lower.charAt(end - 1);
  if ('adeo'.includes(last) || isSyllable(folded.slice(start, end))) return end;
  return isSyllable(folded.slice(start, end - 1)) ? end - 1 : end;
}

const VNI_SIGN = /[a-z][1-9]+[a-z]|[a-z](?:[1-5][6-8]|[6-8][1-5])(?!\d)/;

const typedInVni = remember(decodeVni);

function hasVniWord(folded: string): boolean {
  return folded.split(/[^a-z\d]+/).some((word) => VNI_SIGN.test(word) && typedInVni(word) !== undefined);
}

function vniAt(folded: string, start: number): { word: string; end: number } | undefined {
  let end = start;
  while (end < folded.length && isVniKey(folded.charCodeAt(end))) end++;
  if (end - start < 3) return undefined;
  const word = typedInVni(folded.slice(start, end));
  return word === undefined ? undefined : { word, end };
}

const isVniKey = (code: number): boolean => isDigit(code) || (code >= 97 && code <= 122);

/** Enough signs that words are raw Telex (`telexSigns`). */
const TELEX_SURE = 2;

/** Where two words or more are raw Telex, or one plainly is, all of them are read so, before anything else is. */
function readTelex(tokens: readonly Token[]): readonly Token[] {
  let signs = 0;
  for (const { telex } of tokens) signs += telex;
  if (signs < TELEX_SURE) return tokens;
  return tokens.map((token, i) =>
    token.typed === undefined || touchesNumber(tokens, i) ? token : wordOver(token.typed, token.start, token.end),
  );
}

/** Letters beside digits belong to a code: "PC05AA0073421". */
function touchesNumber(tokens: readonly Token[], at: number): boolean {
  const [before, token, after] = [tokens[at - 1], tokens[at], tokens[at + 1]];
  return (before?.isNumber && before.end === token?.start) || (after?.isNumber && after.start === token?.end) || false;
}
