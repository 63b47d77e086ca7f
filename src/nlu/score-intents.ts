import { type WordSequences, walkFeatures } from './features.ts';
import type { FeatureWeights } from './nlu-model.ts';
import { addTo, createSieve, mayHold, type Sieve } from './sieve.ts';

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
  steps: Float64Array;
}

const FEATURES_FIRST = 1024;

const ROW_BITS = 17;
const ROW_MASK = 2 ** ROW_BITS - 1;
/** Slots for each feature, at least. */
const LEAST_ROOM = 2;
const SEEN_BITS = 21;

/** Lays the weights of a model file out for `rowOf` and `scoreIntents`. Throws when there are more rows than a slot can name. */
export function createLookup(weights: FeatureWeights): FeatureLookup {
  if (weights.scale.length >= ROW_MASK) throw new Error(`A model has at most ${ROW_MASK - 1} rows of weights.`);
  const capacity = 2 ** Math.ceil(Math.log2(Math.max(2, weights.hashes.length * LEAST_ROOM)));
  const mask = capacity - 1;
  const slots = new Int32Array(capacity);
  const seen = createSieve(SEEN_BITS);
  let row = 0;
  for (let i = 0; i < weights.hashes.length; i++) {
    const hash = weights.hashes[i] as number;
    let at = hash & mask;
    while (slots[at] !== 0) at = (at + 1) & mask;
    // One more than the row, since 0 marks a free slot; features without a row of their own share row 0.
    slots[at] = tagOf(hash) | (weights.isKept[i] === 1 ? ++row + 1 : 1);
    addTo(seen, hash);
  }
  const found = { starts: new Int32Array(FEATURES_FIRST), steps: new Float64Array(FEATURES_FIRST) };
  return { weights, slots, seen, found };
}

/** The upper bits, moved above the row. */
const tagOf = (hash: number): number => hash & ~ROW_MASK;

/** The row of a feature, or -1 when it was never learned. */
export function rowOf({ slots, seen }: FeatureLookup, hash: number): number {
  if (!mayHold(seen, hash)) return -1;
  const mask = slots.length - 1;
  const tag = tagOf(hash);
  for (let at = hash & mask; ; at = (at + 1) & mask) {
    const slot = slots[at] as number;
    if (slot === 0) return -1;
    if ((slot & ~ROW_MASK) === tag) return (slot & ROW_MASK) - 1;
  }
}

/** Scores an utterance against every intent. */
export function scoreIntents(lookup: FeatureLookup, words: WordSequences): Margins {
  const { classes, scale } = lookup.weights;
  const { found } = lookup;
  let known = 0;
  let total = 0;
  let count = 0;
  walkFeatures(words, (hash, value) => {
    total += value;
    const row = rowOf(lookup, hash);
    if (row < 0) return;
    known += value;
    // Row 0 belongs to features that are known but decide nothing.
    if (row === 0) return;
    if (count === found.starts.length) grow(found);
    found.starts[count] = row * classes;
    found.steps[count] = value * (scale[row] as number);
    count++;
  });
  return { margins: addRows(lookup.weights, found, count), coverage: total > 0 ? known / total : 0 };
}

function grow(found: FoundRows): void {
  const { starts, steps } = found;
  found.starts = new Int32Array(starts.length * 2);
  found.steps = new Float64Array(steps.length * 2);
  found.starts.set(starts);
  found.steps.set(steps);
}

const BLOCK = 4;

/** Adds the rows found, four classes at a time: sums in variables are three times as fast as sums in an array. */
function addRows({ classes, rows, bias }: FeatureWeights, found: FoundRows, count: number): number[] {
  const { starts, steps } = found;
  const margins: number[] = [];
  let k = 0;
  for (; k + BLOCK <= classes; k += BLOCK) {
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let i = 0; i < count; i++) {
      const at = (starts[i] as number) + k;
      const step = steps[i] as number;
      a += step * (rows[at] as number);
      b += step * (rows[at + 1] as number);
      c += step * (rows[at + 2] as number);
      d += step * (rows[at + 3] as number);
    }
    margins.push(
      (bias[k] as number) + a,
      (bias[k + 1] as number) + b,
      (bias[k + 2] as number) + c,
      (bias[k + 3] as number) + d,
    );
  }
  for (; k < classes; k++) {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += (steps[i] as number) * (rows[(starts[i] as number) + k] as number);
    margins.push((bias[k] as number) + sum);
  }
  return margins;
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
