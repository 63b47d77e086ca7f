import { createFeatureList, FEATURE_VIEWS, listFeatures, type WordSequences } from './features.ts';
import { type FeatureWeights, MOST_FEATURES } from './nlu-model.ts';
import { createNumbering, type Numbering, UNKNOWN } from './numbering.ts';
import { addTo, createSieve, mayHold, type Sieve } from './sieve.ts';
import { packRows } from './weight-rows.ts';

/** The features worth learning, by number; 0 is the bias. */
export interface FeatureDictionary {
  readonly size: number;
  readonly biasValue: number;
  readonly hashes: Int32Array;
  /** By number, what a feature counts in training: the rarer the more, or common ones drown what tells intents apart. */
  readonly scale: Float32Array;
  readonly occurrences: Occurrences;
}

/** All feature occurrences of all utterances, view by view, one after another. */
export interface Occurrences {
  /** By utterance, then view, where its occurrences end; those of the next view begin there. */
  readonly ends: Int32Array;
  /** By utterance, then view, what each of them counts. */
  readonly values: Float64Array;
  /** The number of the feature, or 0 for one that is not learned. */
  readonly feature: Int32Array;
}

const BIAS_VALUE = 0.5;
/** A feature of one utterance alone is learned by heart, not understood. */
const FEWEST_UTTERANCES = 2;
/** Chosen in cross-validation, where anything between the powers 0.2 and 0.4 is equally good. */
const RARITY_POWER = -0.3;
const RARITY_FLOOR = 2;

/**
 * Collects the features that occur in at least two utterances; those from `learned` on are only looked up. Most
 * features occur but once, which a sieve tells: the table that numbers the others stays small.
 */
export function createFeatureDictionary(
  utterances: readonly WordSequences[],
  learned = utterances.length,
): FeatureDictionary {
  const occurrences = listOccurrences(utterances);
  const found = createNumbering();
  const counts = numberRepeated(occurrences, learned, found);
  const known = mostFrequent(counts);
  const numberOf = new Int32Array(counts.length);
  for (let i = 0; i < known.length; i++) numberOf[known[i] as number] = i + 1;
  const { feature } = occurrences;
  for (let p = 0; p < feature.length; p++) {
    const at = feature[p] as number;
    feature[p] = at === UNKNOWN ? 0 : (numberOf[at] as number);
  }
  return {
    size: known.length + 1,
    biasValue: BIAS_VALUE,
    hashes: known.map((at) => found.hashOf(at)),
    scale: scaleByRarity(
      known.map((at) => counts[at] as number),
      occurrences,
    ),
    occurrences,
  };
}

/** All features of all utterances, with their hashes for numbers. */
function listOccurrences(utterances: readonly WordSequences[]): Occurrences {
  const list = createFeatureList();
  const ends = new Int32Array(utterances.length * FEATURE_VIEWS);
  const values = new Float64Array(ends.length);
  let feature = new Int32Array(ROOM_FIRST);
  let from = 0;
  utterances.forEach((words, i) => {
    listFeatures(words, list);
    const count = list.ends[FEATURE_VIEWS - 1] as number;
    if (from + count > feature.length) {
      const larger = new Int32Array(2 * (from + count));
      larger.set(feature);
      feature = larger;
    }
    feature.set(list.hashes.subarray(0, count), from);
    values.set(list.values, i * FEATURE_VIEWS);
    for (let view = 0; view < FEATURE_VIEWS; view++)
      ends[i * FEATURE_VIEWS + view] = from + (list.ends[view] as number);
    from += count;
  });
  return { ends, values, feature: feature.subarray(0, from) };
}

/** Puts numbers in the place of the hashes of features that may occur twice; returns how many utterances have each. */
function numberRepeated({ ends, feature }: Occurrences, learned: number, found: Numbering): Int32Array {
  const end = (utterance: number): number => ends[utterance * FEATURE_VIEWS + FEATURE_VIEWS - 1] as number;
  const learnedEnd = learned === 0 ? 0 : end(learned - 1);
  const repeated = siftRepeated(feature.subarray(0, learnedEnd));
  const counts = new Int32Array(learnedEnd);
  const lastIn = new Int32Array(learnedEnd);
  let numbers = 0;
  let p = 0;
  for (let i = 0; i < learned; i++) {
    for (const to = end(i); p < to; p++) {
      const hash = feature[p] as number;
      const at = mayHold(repeated, hash) ? found.numberOf(hash) : UNKNOWN;
      feature[p] = at;
      if (at === UNKNOWN || lastIn[at] === i + 1) continue;
      if (at === numbers) numbers++;
      lastIn[at] = i + 1;
      counts[at] = (counts[at] as number) + 1;
    }
  }
  for (; p < feature.length; p++) feature[p] = found.find(feature[p] as number);
  return counts.subarray(0, numbers);
}

const SIEVE_BITS = 23;

/** What occurs twice or more among hashes, and a few others. */
function siftRepeated(hashes: Int32Array): Sieve {
  const once = createSieve(SIEVE_BITS);
  const repeated = createSieve(SIEVE_BITS);
  for (let p = 0; p < hashes.length; p++) {
    const hash = hashes[p] as number;
    if (mayHold(once, hash)) addTo(repeated, hash);
    else addTo(once, hash);
  }
  return repeated;
}

/** The numbers of the features worth learning, common ones first: the weights in use at once then lie close together. */
function mostFrequent(counts: Int32Array): Int32Array {
  const most = counts.reduce((largest, count) => Math.max(largest, count), 0);
  /** By count, where its features begin. */
  const begins = new Int32Array(most + 2);
  for (const count of counts) begins[count] = (begins[count] as number) + 1;
  let next = 0;
  for (let count = most; count >= FEWEST_UTTERANCES; count--) {
    const features = begins[count] as number;
    begins[count] = next;
    next += features;
  }
  const ordered = new Int32Array(next);
  for (let at = 0; at < counts.length; at++) {
    const count = counts[at] as number;
    if (count < FEWEST_UTTERANCES) continue;
    ordered[begins[count] as number] = at;
    begins[count] = (begins[count] as number) + 1;
  }
  return ordered.subarray(0, MOST_FEATURES);
}

const ROOM_FIRST = 1 << 16;

/** What features count in training, by the number of utterances that have them; their squares keep their sum. */
function scaleByRarity(utterances: Int32Array, { ends, values, feature }: Occurrences): Float32Array {
  const scale = new Float32Array(utterances.length + 1);
  for (let i = 0; i < utterances.length; i++) scale[i + 1] = ((utterances[i] as number) + RARITY_FLOOR) ** RARITY_POWER;
  let before = 0;
  let after = 0;
  let p = 0;
  for (let part = 0; part < ends.length; part++) {
    const value = values[part] as number;
    const square = value ** 2;
    for (const to = ends[part] as number; p < to; p++) {
      const id = feature[p] as number;
      if (id === 0) continue;
      before += square;
      after += (value * (scale[id] as number)) ** 2;
    }
  }
  const even = Math.sqrt(before / after);
  // The bias has no rarity.
  return scale.map((rarity, id) => (id === 0 ? 1 : rarity * even));
}

/** Rounds the weights of the features. */
export function packWeights(byClass: readonly Float32Array[], dictionary: FeatureDictionary): FeatureWeights {
  return {
    classes: byClass.length,
    hashes: dictionary.hashes,
    rows: packRows(
      byClass.map((weights) => weights.subarray(1)),
      dictionary.hashes.length,
    ),
    bias: Float32Array.from(byClass, (weights) => (weights[0] as number) * dictionary.biasValue),
  };
}
