import type { Certainty } from './certainty.ts';
import type { Lexicon } from './lexicon.ts';
import type { PlaceIndex } from './place-index.ts';
import type { SpellingTable } from './spellings.ts';
import type { WordClasses } from './word-classes.ts';

/** What was learned from the intent files, and the lists it was learned with. */
export interface NluModel {
  readonly intents: readonly string[];
  readonly weights: FeatureWeights;
  /** Margins divided by this make the softmax say how often it is right. */
  readonly temperature: number;
  readonly certainty: Certainty;
  /** Below this score (see `score-intents.ts`) nothing of the catalogue was said. */
  readonly rejectBelow: number;
  /** By intent, the confidence from which it is taken without asking back. */
  readonly acceptAbove: readonly number[];
  readonly lexicon: Lexicon;
  readonly lists: WordLists;
}

/** What the learner is given besides utterances; nothing else in it knows the trade. */
export interface WordLists {
  readonly places: PlaceIndex;
  readonly spellings: SpellingTable;
  readonly classes: WordClasses;
}

/** Weights of the known features in bytes, a row for each that decides anything. */
export interface FeatureWeights {
  readonly classes: number;
  /** The hashes of all known features. */
  readonly hashes: Int32Array;
  /** By feature, 1 where it has a row of its own: the rows follow each other in the order of these, from row 1 on. */
  readonly isKept: Uint8Array;
  /** Row 0 is empty: it stands for the features that are known but decide nothing. */
  readonly rows: Int8Array;
  /** What one step of a row's bytes is worth. */
  readonly scale: Float32Array;
  readonly bias: Float32Array;
}
