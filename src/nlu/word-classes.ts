import { hashWord } from './hash.ts';
import { bareWord, normalize } from './normalize.ts';

/** The name of the class whose words carry no meaning and are left out. */
export const LEFT_OUT = '-';

/** One phrase of a class: the hashes of its words with their marks and without. */
export interface ClassPhrase {
  readonly marked: readonly number[];
  readonly bare: readonly number[];
  readonly name: string;
  readonly hash: number;
}

/** Phrases by their first word without marks, longest first. */
export type WordClasses = ReadonlyMap<string, readonly ClassPhrase[]>;

/** Reads the list of word classes: a name, a colon, its phrases separated by commas. */
export function parseWordClasses(list: string): WordClasses {
  const byFirst = new Map<string, ClassPhrase[]>();
  for (const [number, line] of list.split('\n').entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const colon = line.indexOf(':');
    if (colon < 1)
      throw new Error(`Word classes, line ${number + 1}: expected a name, a colon and phrases separated by commas.`);
    const name = line.slice(0, colon).trim();
    for (const phrase of line.slice(colon + 1).split(',')) {
      const marked = normalize(phrase).split(' ');
      const bare = marked.map(bareWord);
      const first = bare[0] as string;
      if (first === '') continue;
      const found = { marked: marked.map(hashWord), bare: bare.map(hashWord), name, hash: hashWord(`{${name}`) };
      byFirst.set(first, [...(byFirst.get(first) ?? []), found]);
    }
  }
  for (const phrases of byFirst.values()) phrases.sort((a, b) => b.marked.length - a.marked.length);
  return byFirst;
}

/** A word of an utterance on its way to the learner. */
export interface ClassableWord {
  /** The hash of the word as written, and without its marks. */
  readonly hash: number;
  readonly foldedHash: number;
  /** The phrases that begin with its letters without marks. */
  readonly phrases: readonly ClassPhrase[] | undefined;
}

/** The class phrase that starts at a word, the longest first; the marks must agree unless the word has none. */
export function classAt(words: readonly ClassableWord[], at: number): ClassPhrase | undefined {
  const phrases = words[at]?.phrases;
  if (phrases === undefined) return undefined;
  for (const phrase of phrases) if (isSaid(phrase, words, at)) return phrase;
  return undefined;
}

function isSaid({ bare, marked }: ClassPhrase, words: readonly ClassableWord[], at: number): boolean {
  // The first word without marks is known to agree; the last differs most often.
  for (let i = bare.length - 1; i >= 0; i--) {
    const word = words[at + i];
    if (word === undefined || word.foldedHash !== bare[i]) return false;
    if (word.hash !== marked[i] && word.hash !== word.foldedHash) return false;
  }
  return true;
}
