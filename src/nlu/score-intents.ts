import { createFeatureList, FEATURE_VIEWS, type FeatureList, listFeatures, type WordSequences } from './features.ts';
import { FEATURE_BITS, type FeatureWeights, MOST_FEATURES } from './nlu-model.ts';
import { addTo, createSieve, type Sieve, sift } from './sieve.ts';
import { addRows, rowLength, stepOf } from './weight-rows.ts';

/** The margins of all intents for one utterance. */
export interface Margins {
  readonly margins: readonly number[];
  /** How much of the utterance the learner has seen before, between 0 and 1. */
  readonly coverage: number;
}

/**
 * Weights laid out for speed. A slot holds the upper bits of a hash beside its row in one number, so that the table is
 * small enough for the processor's cache; its lower bits are the place where the search for it begins.
 */
export interface FeatureLookup {
  readonly weights: FeatureWeights;
  readonly slots: Int32Array;
  /** The hashes of all features: most that were never learned are told without a search. */
  readonly seen: Sieve;
  readonly found: FoundRows;
}

/** Room for the features and rows of one utterance, used again for the next. */
interface FoundRows {
  readonly features: FeatureList;
  /** Where each row begins, and by how much it counts. */
  starts: Int32Array;
  factors: Float64Array;
}

const FEATURES_FIRST = 2048;

const FEATURE_MASK = 2 ** FEATURE_BITS - 1;
/** Slots for each feature, at least. */
const LEAST_ROOM = 2;
const SEEN_BITS = 21;

/** Lays the weights of a model file out for `scoreIntents`. Throws when there are more features than a slot can name. */
export function createLookup(weights: FeatureWeights): FeatureLookup {
  if (weights.hashes.length > MOST_FEATURES) throw new Error(`A model has at most ${MOST_FEATURES} features.`);
  const capacity = 2 ** Math.ceil(Math.log2(Math.max(2, weights.hashes.length * LEAST_ROOM)));
  const mask = capacity - 1;
  const slots = new Int32Array(capacity);
  const seen = createSieve(SEEN_BITS);
  for (let i = 0; i < weights.hashes.length; i++) {
    const hash = weights.hashes[i] as number;
    let at = hash & mask;
    while (slots[at] !== 0) at = (at + 1) & mask;
    // One more than the row, since 0 marks a free slot.
    slots[at] = tagOf(hash) | (i + 1);
    addTo(seen, hash);
  }
  const found = {
    features: createFeatureList(),
    starts: new Int32Array(FEATURES_FIRST),
    factors: new Float64Array(FEATURES_FIRST),
  };
  return { weights, slots, seen, found };
}

/** The upper bits, moved above the row. */
const tagOf = (hash: number): number => hash & ~FEATURE_MASK;

/**
 * Scores an utterance against every intent. All features are sifted before the first is looked up, and all are looked
 * up before the first row is read: what the processor waits for is then fetched side by side.
 */
export function scoreIntents(lookup: FeatureLookup, words: WordSequences): Margins {
  const { found, weights, seen } = lookup;
  const { classes, rows, bias } = weights;
  const { features } = found;
  listFeatures(words, features);
  const { hashes, ends, values } = features;
  const all = ends[FEATURE_VIEWS - 1] as number;
  if (all > found.starts.length) {
    found.starts = new Int32Array(2 * all);
    found.factors = new Float64Array(2 * all);
  }
  const { starts, factors } = found;
  let known = 0;
  let total = 0;
  let count = 0;
  let from = 0;
  for (let view = 0; view < FEATURE_VIEWS; view++) {
    const value = values[view] as number;
    const to = ends[view] as number;
    const kept = sift(seen, hashes, from, to, starts, count);
    const end = lookUp(lookup, starts, count, kept);
    factors.fill(value, count, end);
    total += value * (to - from);
    known += value * (end - count);
    count = end;
    from = to;
  }
  const length = rowLength(classes);
  for (let i = 0; i < count; i++) {
    const start = (starts[i] as number) * length;
    starts[i] = start;
    factors[i] = (factors[i] as number) * stepOf(rows, start, length);
  }
  const margins: number[] = [];
  for (let k = 0; k < classes; k++) margins.push(bias[k] as number);
  addRows(margins, rows, starts, factors, count);
  return { margins, coverage: total > 0 ? known / total : 0 };
}

/** Puts the rows of the features that were learned in the place of hashes, from `from` on; returns where they end. */
function lookUp({ slots }: FeatureLookup, hashes: Int32Array, from: number, to: number): number {
  const mask = slots.length - 1;
  let end = from;
  for (let i = from; i < to; i++) {
    const hash = hashes[i] as number;
    const tag = tagOf(hash);
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      const slot = slots[at] as number;
      if (slot === 0) break;
      if ((slot & ~FEATURE_MASK) !== tag) continue;
      hashes[end++] = (slot & FEATURE_MASK) - 1;
      break;
    }
  }
  return end;
}

/** Probabilities of the intents at a temperature. */
export function softmax(margins: ArrayLike<number>, temperature: number): number[] {
  const shares: number[] = [];
  let top = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < margins.length; k++) top = Math.max(top, margins[k] as number);
  let sum = 0;
  for (let k = 0; k < margins.length; k++) {
    const share = Math.exp(((margins[k] as number) - top) / temperature);
    shares.push(share);
    sum += share;
  }
  for (let k = 0; k < shares.length; k++) shares[k] = (shares[k] as number) / sum;
  return shares;
}

/** How sure the learner is that the utterance belongs to the catalogue at all: certainty plus familiarity. */
export function belonging(probabilities: readonly number[], coverage: number): number {
  let entropy = 0;
  for (const p of probabilities) if (p > 0) entropy -= p * Math.log(p);
  const classes = Math.max(2, probabilities.length);
  return 0.5 * coverage - entropy / Math.log(classes);
}
