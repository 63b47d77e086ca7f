import { type WordSequences, walkFeatures } from './features.ts';
import type { FeatureWeights } from './nlu-model.ts';

/** The margins of all intents for one utterance. */
export interface Margins {
  readonly margins: Float64Array;
  /** How much of the utterance the learner has seen before, between 0 and 1. */
  readonly coverage: number;
}

/** The row of a feature, or -1 when it was never learned. */
export function rowOf(weights: FeatureWeights, hash: number): number {
  const mask = weights.hashes.length - 1;
  for (let at = hash & mask; ; at = (at + 1) & mask) {
    const row = weights.rowOf[at] as number;
    if (row === 0) return -1;
    if (weights.hashes[at] === hash) return row - 1;
  }
}

/** Scores an utterance against every intent. */
export function scoreIntents(weights: FeatureWeights, words: WordSequences): Margins {
  const { classes, rows, scale } = weights;
  const margins = Float64Array.from(weights.bias);
  let known = 0;
  let total = 0;
  walkFeatures(words, (hash, value) => {
    total += value;
    const row = rowOf(weights, hash);
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
  let top = Number.NEGATIVE_INFINITY;
  for (const margin of margins) top = Math.max(top, margin);
  let sum = 0;
  const shares = margins.map((margin) => {
    const share = Math.exp((margin - top) / temperature);
    sum += share;
    return share;
  });
  return shares.map((share) => share / sum);
}

/** How sure the learner is that the utterance belongs to the catalogue at all: certainty plus familiarity. */
export function belonging(probabilities: Float64Array, coverage: number): number {
  let entropy = 0;
  for (const p of probabilities) if (p > 0) entropy -= p * Math.log(p);
  const classes = Math.max(2, probabilities.length);
  return 0.5 * coverage - entropy / Math.log(classes);
}
