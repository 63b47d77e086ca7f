import { hashWord } from './hash.ts';
import { decodeTelex, telexSigns } from './input-methods.ts';
import { bareWord } from './normalize.ts';
import { remember } from './remember.ts';
import { isSyllable } from './vietnamese-syllable.ts';

/** What is known of a word whatever text it stands in. */
export interface WordFacts {
  readonly lower: string;
  readonly folded: string;
  /** The hash of the folded word. */
  readonly hash: number;
  /** The sets of words that it belongs to, a bit each. */
  readonly signs: WordSet;
  /** The lists of phrases that it may start, a bit for every few lists. */
  readonly opens: number;
  /** The word it is when it was typed in raw Telex. */
  readonly typed: string | undefined;
  /** How plainly it was (`telexSigns`). */
  readonly telex: number;
}

/** One set of words, or several, as bits of `WordFacts.signs`: one look-up of a word tells of all grammars. */
export type WordSet = number;

/** What a run of digits has. */
export const DIGITS: WordSet = 1;

const MOST_SETS = 31;
const signsByWord = new Map<string, WordSet>();
let sets = 1;

/** Makes a set of words without marks. */
export function wordSet(words: Iterable<string>): WordSet {
  if (sets === MOST_SETS) throw new Error(`There are at most ${MOST_SETS} sets of words.`);
  const bit = 1 << sets++;
  for (const word of words) signsByWord.set(word, (signsByWord.get(word) ?? 0) | bit);
  factsOf.forget();
  return bit;
}

const BITS = 32;
const opensByWord = new Map<string, number>();
let lists = 0;

/** Notes the words without marks that a list of phrases starts with; returns its bit of `WordFacts.opens`. */
export function phraseBit(firstWords: Iterable<string>): number {
  const bit = 1 << (lists++ % BITS);
  for (const word of firstWords) opensByWord.set(word, (opensByWord.get(word) ?? 0) | bit);
  factsOf.forget();
  return bit;
}

/** The facts of a clean word in lower case. */
export const factsOf = remember((lower: string): WordFacts => {
  const folded = bareWord(lower);
  const typed = isSyllable(folded) ? undefined : decodeTelex(lower);
  return {
    lower,
    folded,
    hash: hashWord(folded),
    signs: signsByWord.get(folded) ?? 0,
    opens: opensByWord.get(folded) ?? 0,
    typed,
    telex: typed === undefined ? 0 : telexSigns(lower),
  };
});
