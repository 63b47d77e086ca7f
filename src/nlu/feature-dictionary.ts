import { type WordSequences, walkFeatures } from './features.ts';
import type { FeatureWeights } from './nlu-model.ts';

/** Numbers the features that are worth learning; 0 is the bias. */
export interface FeatureDictionary {
  readonly size: number;
  readonly biasValue: number;
  /** The number of a feature, or 0 for one that is not learned. */
  idOf(hash: number): number;
  readonly hashes: readonly number[];
}

const BIAS_VALUE = 0.5;
/** A feature of one utterance alone is learned by heart, not understood. */
const FEWEST_UTTERANCES = 2;

/** Collects the features that occur in at least two utterances. */
export function createFeatureDictionary(utterances: readonly WordSequences[]): FeatureDictionary {
  const seenIn = new Map<number, number>();
  const counts = new Map<number, number>();
  utterances.forEach((words, i) => {
    walkFeatures(words, (hash) => {
      if (seenIn.get(hash) === i) return;
      seenIn.set(hash, i);
      counts.set(hash, (counts.get(hash) ?? 0) + 1);
    });
  });
  const hashes: number[] = [];
  const ids = new Map<number, number>();
  for (const [hash, count] of counts) {
    if (count < FEWEST_UTTERANCES) continue;
    hashes.push(hash);
    ids.set(hash, hashes.length);
  }
  return { size: hashes.length + 1, biasValue: BIAS_VALUE, idOf: (hash) => ids.get(hash) ?? 0, hashes };
}

/** Rounds the weights to bytes, each row with a scale of its own, and lays them out for looking up by hash. */
export function packWeights(weights: Float32Array, dictionary: FeatureDictionary, classes: number): FeatureWeights {
  const features = dictionary.hashes.length;
  const capacity = 2 ** Math.ceil(Math.log2(Math.max(2, features * 1.5)));
  const hashes = new Int32Array(capacity);
  const rowOf = new Int32Array(capacity);
  const rows = new Int8Array(features * classes);
  const scale = new Float32Array(features);
  for (let row = 0; row < features; row++) {
    const hash = dictionary.hashes[row] as number;
    let at = hash & (capacity - 1);
    while (rowOf[at] !== 0) at = (at + 1) & (capacity - 1);
    hashes[at] = hash;
    rowOf[at] = row + 1;
    const from = (row + 1) * classes;
    let largest = 0;
    for (let k = 0; k < classes; k++) largest = Math.max(largest, Math.abs(weights[from + k] as number));
    scale[row] = largest / 127;
    if (largest === 0) continue;
    for (let k = 0; k < classes; k++)
      rows[row * classes + k] = Math.round(((weights[from + k] as number) / largest) * 127);
  }
  const bias = Float32Array.from({ length: classes }, (_, k) => (weights[k] as number) * dictionary.biasValue);
  return { classes, hashes, rowOf, rows, scale, bias };
}
