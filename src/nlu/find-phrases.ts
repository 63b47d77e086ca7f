import { fold } from './normalize.ts';
import type { Token } from './tokenize.ts';

interface Phrase {
  readonly marked: readonly string[];
  readonly bare: readonly string[];
}

/** Phrases by their first word without marks. */
export type Phrases = ReadonlyMap<string, readonly Phrase[]>;

/** A list of phrases as it stands between commas. */
export function listed(phrases: string): readonly string[] {
  return phrases.split(',').map((phrase) => phrase.trim().replace(/\s+/g, ' '));
}

/** Makes phrases in marked form ready to be found. */
export function compilePhrases(list: readonly string[]): Phrases {
  const byFirst = new Map<string, Phrase[]>();
  for (const phrase of list) {
    const marked = phrase.split(' ');
    const bare = marked.map(fold);
    const first = bare[0] as string;
    byFirst.set(first, [...(byFirst.get(first) ?? []), { marked, bare }]);
  }
  return byFirst;
}

/**
 * Where phrases begin, as indices of tokens. A word that was written without marks counts as the marked one, unless it is
 * in `oftenUnmarked` (it means something else without them) and the rest of the text has marks.
 */
export function findPhrases(
  tokens: readonly Token[],
  phrases: Phrases,
  { hasMarks, oftenUnmarked }: { readonly hasMarks: boolean; readonly oftenUnmarked: ReadonlySet<string> },
): number[] {
  const isWord = (token: Token, phrase: Phrase, i: number): boolean => {
    if (token.lower === phrase.marked[i]) return true;
    if (token.lower !== token.folded || token.folded !== phrase.bare[i]) return false;
    return !hasMarks || !oftenUnmarked.has(token.folded);
  };
  const found: number[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const starting = phrases.get((tokens[i] as Token).folded);
    if (starting === undefined) continue;
    const isHere = starting.some((phrase) =>
      phrase.marked.every((_, j) => {
        const token = tokens[i + j];
        return token !== undefined && isWord(token, phrase, j);
      }),
    );
    if (isHere) found.push(i);
  }
  return found;
}
