import { createFeatureList, FEATURE_VIEWS, listFeatures, type WordSequences } from './features.ts';
import { type FeatureWeights, MOST_FEATURES } from './nlu-model.ts';
import { createNumbering, UNKNOWN } from './numbering.ts';
import { packRows } from './weight-rows.ts';

/** The features worth learning, by number; 0 is the bias. */
export interface FeatureDictionary {
  readonly size: number;
  readonly biasValue: number;
  readonly hashes: readonly number[];
  /** By number, what a feature counts in training: the rarer the more, or common ones drown what tells intents apart. */
  readonly scale: Float32Array;
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
/** Chosen in cross-validation, where anything between the powers 0.2 and 0.4 is equally good. */
const RARITY_POWER = -0.3;
const RARITY_FLOOR = 2;

/** Collects the features that occur in at least two utterances; those from `learned` on are only looked up. */
export function createFeatureDictionary(
  utterances: readonly WordSequences[],
  learned = utterances.length,
): FeatureDictionary {
  const found = createNumbering();
  const utterancesOf: number[] = [];
  const lastIn: number[] = [];
  const list = createFeatureList();
  const feature = createGrowing(Int32Array);
  const value = createGrowing(Float64Array);
  const start = new Int32Array(utterances.length + 1);
  utterances.forEach((words, i) => {
    listFeatures(words, list);
    const total = list.ends[FEATURE_VIEWS - 1] as number;
    const from = start[i] as number;
    const features = feature.upTo(from + total);
    const values = value.upTo(from + total);
    let next = from;
    for (let p = 0; p < total; p++) {
      const hash = list.hashes[p] as number;
      const at = i < learned ? found.numberOf(hash) : found.find(hash);
      if (i < learned && lastIn[at] !== i) {
        lastIn[at] = i;
        utterancesOf[at] = (utterancesOf[at] ?? 0) + 1;
      }
      features[next++] = at;
    }
    let begin = from;
    for (let view = 0; view < FEATURE_VIEWS; view++) {
      const end = from + (list.ends[view] as number);
      values.fill(list.values[view] as number, begin, end);
      begin = end;
    }
    start[i + 1] = next;
  });
  // Common features first, so that the weights in use at once lie close together in memory.
  const known = utterancesOf
    .flatMap((count, at) => (count >= FEWEST_UTTERANCES ? at : []))
    .sort((a, b) => (utterancesOf[b] as number) - (utterancesOf[a] as number))
    .slice(0, MOST_FEATURES);
  const numberOf = new Int32Array(utterancesOf.length);
  for (const [i, at] of known.entries()) numberOf[at] = i + 1;
  const count = start[utterances.length] as number;
  const features = feature.upTo(count).subarray(0, count);
  for (let p = 0; p < count; p++) {
    const at = features[p] as number;
    features[p] = at === UNKNOWN ? 0 : (numberOf[at] as number);
  }
  const occurrences = { start, feature: features, value: value.upTo(count).subarray(0, count) };
  return {
    size: known.length + 1,
    biasValue: BIAS_VALUE,
    hashes: known.map((at) => found.hashOf(at)),
    scale: scaleByRarity(
      known.map((at) => utterancesOf[at] as number),
      occurrences,
    ),
    occurrences,
  };
}

/** An array that grows by doubling. */
function createGrowing<T extends Int32Array | Float64Array>(kind: new (length: number) => T) {
  let array = new kind(ROOM_FIRST);
  return {
    /** The array, with room for so many. */
    upTo(length: number): T {
      if (length > array.length) {
        const larger = new kind(Math.max(length, 2 * array.length));
        larger.set(array);
        array = larger;
      }
      return array;
    },
  };
}

const ROOM_FIRST = 1 << 16;

/** What features count in training, by the number of utterances that have them; their squares keep their sum. */
function scaleByRarity(utterances: readonly number[], { feature, value }: Occurrences): Float32Array {
  const scale = Float32Array.from([0, ...utterances.map((count) => (count + RARITY_FLOOR) ** RARITY_POWER)]);
  let before = 0;
  let after = 0;
  for (let p = 0; p < feature.length; p++) {
    const id = feature[p] as number;
    if (id === 0) continue;
    before += (value[p] as number) ** 2;
    after += ((value[p] as number) * (scale[id] as number)) ** 2;
  }
  const even = Math.sqrt(before / after);
  // The bias has no rarity.
  return scale.map((rarity, id) => (id === 0 ? 1 : rarity * even));
}

/** Rounds the weights of the features. */
export function packWeights(byClass: readonly Float32Array[], dictionary: FeatureDictionary): FeatureWeights {
  return {
    classes: byClass.length,
    hashes: Int32Array.from(dictionary.hashes),
    rows: packRows(
      byClass.map((weights) => weights.subarray(1)),
      dictionary.hashes.length,
    ),
    bias: Float32Array.from(byClass, (weights) => (weights[0] as number) * dictionary.biasValue),
  };
}
