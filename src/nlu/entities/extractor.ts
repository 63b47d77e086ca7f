import type { PreparedText } from '../normalize.ts';
import type { Token } from '../tokenize.ts';
import type { Entity, EntityType, UnderstandContext } from '../understanding.ts';

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
  return words.some((word) => token.lower === word || (!reading.text.hasMarks && token.folded === bare(word)));
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

/** How many tokens from `index` on say the phrase, or 0. */
export function phraseAt(reading: Reading, index: number, phrase: string): number {
  const words = phrase.split(' ');
  return words.every((word, i) => says(reading, index + i, word)) ? words.length : 0;
}

/** The length of the longest of these phrases at `index`, or 0. */
export function anyPhraseAt(reading: Reading, index: number, phrases: readonly string[]): number {
  let longest = 0;
  for (const phrase of phrases) longest = Math.max(longest, phraseAt(reading, index, phrase));
  return longest;
}

/** The characters between two neighbouring tokens. */
export function gapBefore(reading: Reading, index: number): string {
  const before = reading.tokens[index - 1];
  const here = reading.tokens[index];
  return before && here ? reading.text.folded.slice(before.end, here.start) : '';
}
