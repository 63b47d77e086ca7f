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

/** A feature is named in so many bits; what is rarer than the most frequent features of a large catalogue is not learned. */
export const FEATURE_BITS = 18;
export const MOST_FEATURES = 2 ** FEATURE_BITS - 2;

/** Weights of the known features. */
export interface FeatureWeights {
  readonly classes: number;
  /** The hashes of the features. */
  readonly hashes: Int32Array;
  /** A row for each (`weight-rows.ts`). */
  readonly rows: Uint8Array;
  readonly bias: Float32Array;
}
