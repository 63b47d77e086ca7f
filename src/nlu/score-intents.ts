import { type WordSequences, walkFeatures } from './features.ts';
import { FEATURE_BITS, type FeatureWeights, MOST_FEATURES } from './nlu-model.ts';
import { addTo, createSieve, mayHold, type Sieve } from './sieve.ts';
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

/** Room for the rows of one utterance, used again for the next: where each begins, and by how much it counts. */
interface FoundRows {
  starts: Int32Array;
  factors: Float64Array;
}

const FEATURES_FIRST = 1024;

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
  const found = { starts: new Int32Array(FEATURES_FIRST), factors: new Float64Array(FEATURES_FIRST) };
  return { weights, slots, seen, found };
}

/** The upper bits, moved above the row. */
const tagOf = (hash: number): number => hash & ~FEATURE_MASK;

/** The row of a feature, or -1 when it was never learned. */
function rowOf({ slots, seen }: FeatureLookup, hash: number): number {
  if (!mayHold(seen, hash)) return -1;
  const mask = slots.length - 1;
  const tag = tagOf(hash);
  for (let at = hash & mask; ; at = (at + 1) & mask) {
    const slot = slots[at] as number;
    if (slot === 0) return -1;
    if ((slot & ~FEATURE_MASK) === tag) return (slot & FEATURE_MASK) - 1;
  }
}

/** Scores an utterance against every intent. */
export function scoreIntents(lookup: FeatureLookup, words: WordSequences): Margins {
  const { found, weights } = lookup;
  const { classes, rows, bias } = weights;
  const length = rowLength(classes);
  let known = 0;
  let total = 0;
  let count = 0;
  walkFeatures(words, (hash, value) => {
    total += value;
    const row = rowOf(lookup, hash);
    if (row < 0) return;
    known += value;
    if (count === found.starts.length) grow(found);
    const start = row * length;
    found.starts[count] = start;
    found.factors[count] = value * stepOf(rows, start, length);
    count++;
  });
  const margins: number[] = [];
  for (let k = 0; k < classes; k++) margins.push(bias[k] as number);
  addRows(margins, rows, found.starts, found.factors, count);
  return { margins, coverage: total > 0 ? known / total : 0 };
}

function grow(found: FoundRows): void {
  const { starts, factors } = found;
  found.starts = new Int32Array(starts.length * 2);
  found.factors = new Float64Array(factors.length * 2);
  found.starts.set(starts);
  found.factors.set(factors);
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
