import { mayGoOn, searchWords } from './search-words.ts';

export interface ExcerptPart {
  readonly text: string;
  readonly isMatch: boolean;
}

const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const WORDS_BEFORE = 6;
const WORDS_SHOWN = 26;

/** The part of a text where the words of a search stand, each told apart; the beginning when none is found as it is. */
export function excerptOf(text: string, words: readonly string[]): readonly ExcerptPart[] {
  const found = [...text.matchAll(WORD)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
    isMatch: isOneOf(match[0], words),
  }));
  const firstMatch = Math.max(
    0,
    found.findIndex((word) => word.isMatch),
  );
  const first = Math.max(0, firstMatch - WORDS_BEFORE);
  const shown = found.slice(first, first + WORDS_SHOWN);
  const isCutBefore = first > 0;
  const isCutAfter = first + WORDS_SHOWN < found.length;
  let at = isCutBefore ? (shown[0]?.from ?? 0) : 0;
  const parts: ExcerptPart[] = isCutBefore ? [{ text: '… ', isMatch: false }] : [];
  for (const { from, to } of shown.filter((word) => word.isMatch)) {
    parts.push({ text: text.slice(at, from), isMatch: false }, { text: text.slice(from, to), isMatch: true });
    at = to;
  }
  const end = isCutAfter ? (shown.at(-1)?.to ?? text.length) : text.length;
  parts.push({ text: `${text.slice(at, end)}${isCutAfter ? ' …' : ''}`, isMatch: false });
  return parts.filter((part) => part.text !== '');
}

function isOneOf(word: string, words: readonly string[]): boolean {
  const [folded = ''] = searchWords(word);
  return words.some((asked, index) => (mayGoOn(words, index) ? folded.startsWith(asked) : folded === asked));
}
