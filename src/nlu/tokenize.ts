import type { PreparedText } from './normalize.ts';

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
  (code >= 97 && code <= 122) || (code > 0xbf && code < 0x2000) || code > 0x2fff;

/** Splits a prepared text into words and numbers; "3tr" and "t7" give two tokens each. */
export function tokenize(text: PreparedText): Token[] {
  const tokens: Token[] = [];
  const { folded, lower } = text;
  const length = folded.length;
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
    tokens.push({ lower: lower.slice(start, i), folded: folded.slice(start, i), start, end: i, isNumber: digit });
  }
  return tokens;
}
