import { fold } from './normalize.ts';
import type { Token } from './tokenize.ts';
import { type WordSet, wordSet } from './word-facts.ts';

interface Phrase<Kind> {
  readonly kind: Kind;
  readonly marked: readonly string[];
  readonly bare: readonly string[];
}

/** Phrases by their first word without marks, and the set of those words. */
export interface Phrases<Kind extends string> {
  readonly byFirst: ReadonlyMap<string, readonly Phrase<Kind>[]>;
  readonly starts: WordSet;
}

/** A list of phrases as it stands between commas. */
export function listed(phrases: string): readonly string[] {
  return phrases.split(',').map((phrase) => phrase.trim().replace(/\s+/g, ' '));
}

/** Makes lists of phrases in marked form, by their kind, ready to be found in one walk. */
export function compilePhrases<Kind extends string>(lists: Readonly<Record<Kind, readonly string[]>>): Phrases<Kind> {
  const byFirst = new Map<string, Phrase<Kind>[]>();
  for (const kind of Object.keys(lists) as Kind[]) {
    for (const phrase of lists[kind]) {
      const marked = phrase.split(' ');
      const bare = marked.map(fold);
      const first = bare[0] as string;
      byFirst.set(first, [...(byFirst.get(first) ?? []), { kind, marked, bare }]);
    }
  }
  return { byFirst, starts: wordSet(byFirst.keys()) };
}

/** Where phrases begin, as rising indices of tokens, by kind; kinds that were not found are left out. */
export type FoundPhrases<Kind extends string> = ReadonlyMap<Kind, readonly number[]>;

interface MarkOptions {
  readonly hasMarks: boolean;
  readonly oftenUnmarked: ReadonlySet<string>;
}

/**
 * Looks for phrases. A word that was written without marks counts as the marked one, unless it is in `oftenUnmarked`
 * (it means something else without them) and the rest of the text has marks.
 */
export function findPhrases<Kind extends string>(
  tokens: readonly Token[],
  phrases: Phrases<Kind>,
  options: MarkOptions,
): FoundPhrases<Kind> {
  const found = new Map<Kind, number[]>();
  for (let at = 0; at < tokens.length; at++) {
    const { folded, signs } = tokens[at] as Token;
    if ((signs & phrases.starts) === 0) continue;
    for (const phrase of phrases.byFirst.get(folded) ?? []) {
      const places = found.get(phrase.kind);
      if (places?.at(-1) === at || !isSaid(tokens, at, phrase, options)) continue;
      if (places === undefined) found.set(phrase.kind, [at]);
      else places.push(at);
    }
  }
  return found;
}

function isSaid(tokens: readonly Token[], at: number, { marked, bare }: Phrase<string>, options: MarkOptions): boolean {
  // The first word without marks is known to agree; the last differs most often.
  for (let i = marked.length - 1; i >= 0; i--) {
    const token = tokens[at + i];
    if (token === undefined || token.folded !== bare[i]) return false;
    if (token.lower === marked[i]) continue;
    if (token.lower !== token.folded || (options.hasMarks && options.oftenUnmarked.has(token.folded))) return false;
  }
  return true;
}
