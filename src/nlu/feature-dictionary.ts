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
  // Common features first, so that the weights in use at once lie close together in memory.
  const sorted = [...counts].filter(([, count]) => count >= FEWEST_UTTERANCES).sort((a, b) => b[1] - a[1]);
  for (const [hash] of sorted) {
    hashes.push(hash);
    ids.set(hash, hashes.length);
  }
  return { size: hashes.length + 1, biasValue: BIAS_VALUE, idOf: (hash) => ids.get(hash) ?? 0, hashes };
}

/** Rounds the weights to bytes, each row with a scale of its own, and lays them out for looking up by hash. */
export function packWeights(byClass: readonly Float32Array[], dictionary: FeatureDictionary): FeatureWeights {
  const classes = byClass.length;
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
    let largest = 0;
    for (const weights of byClass) largest = Math.max(largest, Math.abs(weights[row + 1] as number));
    scale[row] = largest / 127;
    if (largest === 0) continue;
    byClass.forEach((weights, k) => {
      rows[row * classes + k] = Math.round(((weights[row + 1] as number) / largest) * 127);
    });
  }
  const bias = Float32Array.from(byClass, (weights) => (weights[0] as number) * dictionary.biasValue);
  return { classes, hashes, rowOf, rows, scale, bias };
}
