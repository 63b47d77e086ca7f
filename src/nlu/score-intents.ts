import { type WordSequences, walkFeatures } from './features.ts';
import type { FeatureWeights } from './nlu-model.ts';

/** The margins of all intents for one utterance. */
export interface Margins {
  readonly margins: Float64Array;
  /** How much of the utterance the learner has seen before, between 0 and 1. */
  readonly coverage: number;
}

/** Weights laid out for speed: each hash beside its row, in a table that is half empty or more. */
export interface FeatureLookup {
  readonly weights: FeatureWeights;
  readonly slots: Int32Array;
}

/** The table in the file is as full as it can be; features that were never learned would be looked for too long. */
export function createLookup(weights: FeatureWeights): FeatureLookup {
  const capacity = weights.hashes.length * 4;
  const mask = capacity - 1;
  const slots = new Int32Array(capacity * 2);
  for (let i = 0; i < weights.hashes.length; i++) {
    const row = weights.rowOf[i] as number;
    if (row === 0) continue;
    const hash = weights.hashes[i] as number;
    let at = hash & mask;
    while (slots[2 * at + 1] !== 0) at = (at + 1) & mask;
    slots[2 * at] = hash;
    slots[2 * at + 1] = row;
  }
  return { weights, slots };
}

/** The row of a feature, or -1 when it was never learned. */
export function rowOf({ slots }: FeatureLookup, hash: number): number {
  const mask = (slots.length >> 1) - 1;
  for (let at = hash & mask; ; at = (at + 1) & mask) {
    const row = slots[2 * at + 1] as number;
    if (row === 0 || slots[2 * at] === hash) return row - 1;
  }
}

/** Scores an utterance against every intent. */
export function scoreIntents(lookup: FeatureLookup, words: WordSequences): Margins {
  const { weights } = lookup;
  const { classes, rows, scale } = weights;
  const margins = Float64Array.from(weights.bias);
  let known = 0;
  let total = 0;
  walkFeatures(words, (hash, value) => {
    total += value;
    const row = rowOf(lookup, hash);
    if (row < 0) return;
    known += value;
    // Row 0 belongs to features that are known but decide nothing.
    if (row === 0) return;
    const step = value * (scale[row] as number);
    const from = row * classes;
    for (let k = 0; k < classes; k++) margins[k] = (margins[k] as number) + step * (rows[from + k] as number);
  });
  return { margins, coverage: total > 0 ? known / total : 0 };
}

/** Probabilities of the intents at a temperature. */
export function softmax(margins: Float64Array, temperature: number): Float64Array {
  const shares = new Float64Array(margins.length);
  let top = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < margins.length; k++) top = Math.max(top, margins[k] as number);
  let sum = 0;
  for (let k = 0; k < margins.length; k++) {
    const share = Math.exp(((margins[k] as number) - top) / temperature);
    shares[k] = share;
    sum += share;
  }
  for (let k = 0; k < shares.length; k++) shares[k] = (shares[k] as number) / sum;
  return shares;
}

/** How sure the learner is that the utterance belongs to the catalogue at all: certainty plus familiarity. */
export function belonging(probabilities: Float64Array, coverage: number): number {
  let entropy = 0;
  for (const p of probabilities) if (p > 0) entropy -= p * Math.log(p);
  const classes = Math.max(2, probabilities.length);
  return 0.5 * coverage - entropy / Math.log(classes);
}
