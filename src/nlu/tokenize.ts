import { decodeTelex, decodeVni } from './input-methods.ts';
import { bareWord, type PreparedText } from './normalize.ts';
import { isSyllable } from './vietnamese-syllable.ts';

/** A word or a run of digits; `start` and `end` count in the prepared text. */
export interface Token {
  readonly lower: string;
  readonly folded: string;
  readonly start: number;
  readonly end: number;
  readonly isNumber: boolean;
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isLetter = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code > 0xbf && code < 0x2000) || (code > 0x2fff && code < 0xd800);

/** Splits a prepared text into words and numbers; "3tr" and "t7" give two tokens each. */
export function tokenize(text: PreparedText): Token[] {
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
    const typed = isVni && !digit ? vniAt(folded, start) : undefined;
    if (typed !== undefined) {
      i = typed.end;
      tokens.push({ lower: typed.word, folded: bareWord(typed.word), start, end: i, isNumber: false });
    } else {
      tokens.push({ lower: lower.slice(start, i), folded: folded.slice(start, i), start, end: i, isNumber: digit });
    }
  }
  return readTelex(tokens);
}

const VNI_SIGN = /[a-z][1-9]+[a-z]|[a-z](?:[1-5][6-8]|[6-8][1-5])(?!\d)/;

function hasVniWord(folded: string): boolean {
  return folded.split(/[^a-z\d]+/).some((word) => VNI_SIGN.test(word) && decodeVni(word) !== undefined);
}

function vniAt(folded: string, start: number): { word: string; end: number } | undefined {
  let end = start;
  while (end < folded.length && /[a-z\d]/.test(folded.charAt(end))) end++;
  const word = decodeVni(folded.slice(start, end));
  return word === undefined || end - start < 3 ? undefined : { word, end };
}

const TELEX_SIGN = /dd|aa|ee|oo|[aou]w|[aeiouy][a-z]*[sfrxj]$/;

/** Where two words or more are raw Telex, or one plainly is, all of them are read so, before anything else is. */
function readTelex(tokens: Token[]): Token[] {
  let signs = 0;
  for (const { lower, folded } of tokens) {
    if (!TELEX_SIGN.test(lower) || isSyllable(folded) || decodeTelex(lower) === undefined) continue;
    signs += /^dd|aa|ee|[aou]w|ooj|oos|oof|oor|oong|oon|oot/.test(lower) ? 2 : 1;
    if (signs >= 2) break;
  }
  if (signs < 2) return tokens;
  return tokens.map((token) => {
    const typed = token.isNumber || isSyllable(token.folded) ? undefined : decodeTelex(token.lower);
    return typed === undefined ? token : { ...token, lower: typed, folded: bareWord(typed) };
  });
}
