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

/** More rows than this add size, not accuracy: the features whose weights are smallest share one empty row. */
const MOST_ROWS = 60_000;

/** Rounds the weights to bytes, each row with a scale of its own. */
export function packWeights(byClass: readonly Float32Array[], dictionary: FeatureDictionary): FeatureWeights {
  const classes = byClass.length;
  const features = dictionary.hashes.length;
  const largest = largestWeights(byClass, features);
  const floor =
    largest.length > MOST_ROWS ? (Float32Array.from(largest).sort()[largest.length - MOST_ROWS] as number) : 0;
  const kept = largest.reduce((count, weight) => count + (weight > floor ? 1 : 0), 0);
  const isKept = new Uint8Array(features);
  const rows = new Int8Array((kept + 1) * classes);
  const scale = new Float32Array(kept + 1);
  let row = 0;
  for (let feature = 0; feature < features; feature++) {
    const most = largest[feature] as number;
    if (most <= floor) continue;
    isKept[feature] = 1;
    row++;
    scale[row] = most / 127;
    for (let k = 0; k < classes; k++)
      rows[row * classes + k] = Math.round((((byClass[k] as Float32Array)[feature + 1] as number) / most) * 127);
  }
  const bias = Float32Array.from(byClass, (weights) => (weights[0] as number) * dictionary.biasValue);
  return { classes, hashes: Int32Array.from(dictionary.hashes), isKept, rows, scale, bias };
}

function largestWeights(byClass: readonly Float32Array[], features: number): Float32Array {
  const largest = new Float32Array(features);
  for (const weights of byClass) {
    for (let f = 0; f < features; f++) largest[f] = Math.max(largest[f] as number, Math.abs(weights[f + 1] as number));
  }
  return largest;
}
