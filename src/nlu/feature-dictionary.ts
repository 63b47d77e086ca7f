import { type WordSequences, walkFeatures } from './features.ts';
import type { FeatureWeights } from './nlu-model.ts';

/** The features worth learning, by number; 0 is the bias. */
export interface FeatureDictionary {
  readonly size: number;
  readonly biasValue: number;
  readonly hashes: readonly number[];
  readonly occurrences: Occurrences;
}

/** All feature occurrences of all utterances, one after another. */
export interface Occurrences {
  /** Utterance i has the occurrences from `start[i]` to `start[i + 1]`. */
  readonly start: Int32Array;
  /** The number of the feature, or 0 for one that is not learned. */
  readonly feature: Int32Array;
  readonly value: Float64Array;
}

const BIAS_VALUE = 0.5;
/** A feature of one utterance alone is learned by heart, not understood. */
const FEWEST_UTTERANCES = 2;
const UNKNOWN = -1;

/** Collects the features that occur in at least two utterances; those from `learned` on are only looked up. */
export function createFeatureDictionary(
  utterances: readonly WordSequences[],
  learned = utterances.length,
): FeatureDictionary {
  const foundAs = new Map<number, number>();
  const found: number[] = [];
  const utterancesOf: number[] = [];
  const lastIn: number[] = [];
  const feature: number[] = [];
  const value: number[] = [];
  const start = new Int32Array(utterances.length + 1);
  utterances.forEach((words, i) => {
    walkFeatures(words, (hash, amount) => {
      let at = foundAs.get(hash);
      if (at === undefined) {
        at = i < learned ? found.push(hash) - 1 : UNKNOWN;
        if (i < learned) foundAs.set(hash, at);
      }
      if (i < learned && lastIn[at] !== i) {
        lastIn[at] = i;
        utterancesOf[at] = (utterancesOf[at] ?? 0) + 1;
      }
      feature.push(at);
      value.push(amount);
    });
    start[i + 1] = feature.length;
  });
  // Common features first, so that the weights in use at once lie close together in memory.
  const known = [...found.keys()]
    .filter((at) => (utterancesOf[at] as number) >= FEWEST_UTTERANCES)
    .sort((a, b) => (utterancesOf[b] as number) - (utterancesOf[a] as number));
  const numberOf = new Int32Array(found.length);
  for (const [i, at] of known.entries()) numberOf[at] = i + 1;
  return {
    size: known.length + 1,
    biasValue: BIAS_VALUE,
    hashes: known.map((at) => found[at] as number),
    occurrences: {
      start,
      feature: Int32Array.from(feature, (at) => (at === UNKNOWN ? 0 : (numberOf[at] as number))),
      value: Float64Array.from(value),
    },
  };
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
