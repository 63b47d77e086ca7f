import type { PreparedText } from '../normalize.ts';
import type { Token } from '../tokenize.ts';
import type { Entity, EntityType, UnderstandContext } from '../understanding.ts';
import { phraseBit, type WordSet } from '../word-facts.ts';

/** What an entity grammar reads: one utterance, cleaned and split. */
export interface Reading {
  readonly text: PreparedText;
  readonly tokens: readonly Token[];
  readonly context: UnderstandContext;
}

/** Finds the entities of one kind; spans that another grammar also claims are settled by `extractEntities`. */
export type Extractor = (reading: Reading) => Entity[];

/** An entity over tokens `first` to `last`, both included. */
export function entityOver(
  reading: Reading,
  type: EntityType,
  first: number,
  last: number,
  value: string,
  confidence: number,
  problem?: string,
): Entity {
  const { text, tokens } = reading;
  const start = text.offsets[tokens[first]?.start ?? 0] ?? 0;
  const end = (text.offsets[(tokens[last]?.end ?? 1) - 1] ?? 0) + 1;
  const entity = { type, text: text.written.slice(start, end), value, start, end, confidence };
  return problem === undefined ? entity : { ...entity, problem };
}

/**
 * Whether a token is the given word (in its marked form), written with its marks or, in an utterance
 * that uses no marks at all, without them.
 */
export function says(reading: Reading, index: number, ...words: readonly string[]): boolean {
  const token = reading.tokens[index];
  if (token === undefined) return false;
  for (const word of words) {
    if (token.lower === word || (!reading.text.hasMarks && token.folded === bare(word))) return true;
  }
  return false;
}

const BARE = new Map<string, string>();

function bare(word: string): string {
  let plain = BARE.get(word);
  if (plain === undefined) {
    plain = word
      .replaceAll('đ', 'd')
      .normalize('NFD')
      .replace(/[\u0300-\u036f]/g, '');
    BARE.set(word, plain);
  }
  return plain;
}

/** One phrase, word for word with its marks and without. */
interface Phrase {
  readonly marked: readonly string[];
  readonly bare: readonly string[];
}

/** A list of phrases. */
export interface Phrases {
  /** By their first word without marks. */
  readonly byFirst: ReadonlyMap<string, readonly Phrase[]>;
  /** The bit that such words have among what they open (`WordFacts`). */
  readonly bit: number;
}

/** Prepares a list of phrases in marked form for `phraseAt`; done once per list. */
export function phrases(...list: readonly string[]): Phrases {
  const byFirst = new Map<string, Phrase[]>();
  for (const phrase of list) {
    const marked = phrase.split(' ');
    const words = { marked, bare: marked.map(bare) };
    const first = words.bare[0] as string;
    byFirst.set(first, [...(byFirst.get(first) ?? []), words]);
  }
  return { byFirst, bit: phraseBit(byFirst.keys()) };
}

/** The first words of phrases and the words themselves, without marks: where a grammar need not look otherwise. */
export function startsOf(...lists: readonly (Phrases | string)[]): ReadonlySet<string> {
  return new Set(lists.flatMap((list) => (typeof list === 'string' ? [bare(list)] : [...list.byFirst.keys()])));
}

/** Whether any token is in a set of words: a grammar that needs one need not read the others. */
export function mentions({ tokens }: Reading, words: WordSet): boolean {
  for (const token of tokens) if ((token.signs & words) !== 0) return true;
  return false;
}

/** How many tokens the longest of these phrases at `index` has, or 0. */
export function phraseAt(reading: Reading, index: number, list: Phrases): number {
  const token = reading.tokens[index];
  // Most words open none of the lists that share a bit, which is told without a search.
  if (token === undefined || (token.opens & list.bit) === 0) return 0;
  const starting = list.byFirst.get(token.folded);
  if (starting === undefined) return 0;
  let longest = 0;
  for (const phrase of starting) {
    if (phrase.marked.length > longest && isSaid(reading, index, phrase)) longest = phrase.marked.length;
  }
  return longest;
}

function isSaid(reading: Reading, index: number, { marked, bare }: Phrase): boolean {
  const mayBeBare = !reading.text.hasMarks;
  for (let i = 0; i < marked.length; i++) {
    const token = reading.tokens[index + i];
    if (token === undefined) return false;
    if (token.lower !== marked[i] && !(mayBeBare && token.folded === bare[i])) return false;
  }
  return true;
}

/** The characters between two neighbouring tokens. */
export function gapBefore(reading: Reading, index: number): string {
  const before = reading.tokens[index - 1];
  const here = reading.tokens[index];
  return before && here ? reading.text.folded.slice(before.end, here.start) : '';
}
