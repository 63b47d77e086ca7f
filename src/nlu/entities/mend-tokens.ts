import type { PreparedText } from '../normalize.ts';
import type { Token } from '../tokenize.ts';
import { isSyllable } from '../vietnamese-syllable.ts';

const DOUBLED = /([a-z])\1/;

/**
 * Words as the grammars should read them: a letter O among digits is a zero ("PB1002OO17723", "tháng 1O"), and a key
 * that was hit twice counts once ("trướcc", "Đà Lạtt"). Spans stay those of the text.
 */
export function mendTokens(text: PreparedText, tokens: readonly Token[]): readonly Token[] {
  let mended: Token[] | undefined;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as Token;
    const zeros = isZeros(text, tokens, i);
    const better = zeros ? digits(text, token) : token.isNumber ? token : single(token);
    if (better !== token) mended ??= tokens.slice(0, i);
    if (mended === undefined) continue;
    const last = mended.at(-1);
    if (last?.isNumber && better.isNumber && last.end === better.start) {
      mended[mended.length - 1] = joined(last, better);
    } else {
      mended.push(better);
    }
  }
  return mended ?? tokens;
}

/** A run of the letter O that touches digits; a small one at the end may be a degree sign. */
function isZeros(text: PreparedText, tokens: readonly Token[], at: number): boolean {
  const token = tokens[at] as Token;
  if (token.isNumber || !/^o/.test(token.folded)) return false;
  const said = text.lower.slice(token.start, token.end);
  // "O27" may have been taken for VNI.
  if (/^o+\d+$/.test(said)) return true;
  if (!/^o+$/.test(said)) return false;
  const after = tokens[at + 1];
  if (after?.isNumber && after.start === token.end) return true;
  const before = tokens[at - 1];
  return before?.isNumber === true && before.end === token.start && isCapital(text, token.start);
}

function isCapital(text: PreparedText, index: number): boolean {
  return text.written.charAt(text.offsets[index] ?? 0) === 'O';
}

function digits(text: PreparedText, { start, end }: Token): Token {
  const said = text.lower.slice(start, end).replaceAll('o', '0');
  return { lower: said, folded: said, start, end, isNumber: true };
}

function joined(first: Token, second: Token): Token {
  const all = first.folded + second.folded;
  return { lower: all, folded: all, start: first.start, end: second.end, isNumber: true };
}

function single(token: Token): Token {
  const { folded, lower } = token;
  if (!DOUBLED.test(folded) || lower.length !== folded.length || isSyllable(folded)) return token;
  let [plain, marked] = ['', ''];
  for (let i = 0; i < folded.length; i++) {
    if (folded[i] !== folded[i - 1]) {
      plain += folded[i];
      marked += lower[i];
    } else if (lower[i] !== folded[i]) {
      marked = marked.slice(0, -1) + lower[i];
    }
  }
  return isSyllable(plain) ? { ...token, folded: plain, lower: marked } : token;
}
