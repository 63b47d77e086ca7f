import { analyze, toWords } from './analyze.ts';
import { firstOf, fitAcceptance, fitRejection, fitTemperature, triedOf } from './calibrate.ts';
import { fitCertainty } from './certainty.ts';
import { crossValidate, type FoldMargins } from './cross-validate.ts';
import { OUTSIDE_INTENT } from './decide.ts';
import { createEntityExtractor } from './entities/extract-entities.ts';
import type { Reading } from './entities/extractor.ts';
import { createFeatureDictionary, type FeatureDictionary, packWeights } from './feature-dictionary.ts';
import type { WordSequences } from './features.ts';
import { createRandom } from './hash.ts';
import { buildLexicon, createWordModel, type Lexicon } from './lexicon.ts';
import type { IntentData } from './load-intents.ts';
import { makeSlips } from './make-slips.ts';
import type { NluModel, WordLists } from './nlu-model.ts';
import { fold, prepare } from './normalize.ts';
import { createRepair } from './repair.ts';
import { tokenize } from './tokenize.ts';
import { type Examples, trainSvm } from './train-svm.ts';
import type { Entity } from './understanding.ts';

export interface TrainOptions {
  readonly seed: number;
  readonly lists: WordLists;
  readonly folds?: number;
}

const COST = 1;
const DEFAULT_FOLDS = 3;

/** One training utterance in the learner's views. */
export interface Sample {
  readonly words: WordSequences;
  readonly label: number;
  /** Samples with the same group never part between training and testing. */
  readonly group: number;
  /** The share of its words that repair read as others, and how many it has. */
  readonly changed: number;
  readonly length: number;
}

/** Learns the intents from their utterances. The same data and seed give the same model on every machine. */
export function trainModel(intents: readonly IntentData[], options: TrainOptions): NluModel {
  if (intents.length < 2) throw new Error('Training needs at least two intents.');
  const names = intents.map((data) => data.intent);
  const { samples, spoiled, lexicon } = toSamples(intents, options.lists, options.seed);
  const all = [...samples, ...spoiled];
  const learned = samples.length;
  const dictionary = createFeatureDictionary(
    all.map((sample) => sample.words),
    learned,
  );
  const examples = toExamples(all, dictionary, names.length);
  const tried = crossValidate(examples, all, { ...foldOptions(options), learned });
  const held = firstOf(tried, learned);
  const outside = names.indexOf(OUTSIDE_INTENT);
  const temperature = fitTemperature(held);
  const certainty = fitCertainty(triedOf(tried, temperature, learned, outside));
  const byClass: Float32Array[] = [];
  const rows = Int32Array.from(samples.keys());
  trainSvm(examples, { cost: COST, seed: options.seed, rows }, (_, weights) =>
    byClass.push(weights.map((weight, feature) => weight * (dictionary.scale[feature] as number))),
  );
  return {
    intents: names,
    weights: packWeights(byClass, dictionary),
    temperature,
    certainty,
    rejectBelow: fitRejection(held, temperature, outside),
    acceptAbove: fitAcceptance(held, temperature, certainty, outside),
    lexicon,
    lists: options.lists,
  };
}

const foldOptions = ({ folds, seed }: TrainOptions) => ({ folds: folds ?? DEFAULT_FOLDS, cost: COST, seed });

/** Held-out margins of every training utterance, for reports. */
export function heldOutMargins(intents: readonly IntentData[], options: TrainOptions): FoldMargins {
  const { samples } = toSamples(intents, options.lists);
  const examples = toExamples(samples, createFeatureDictionary(samples.map((sample) => sample.words)), intents.length);
  return crossValidate(examples, samples, { ...foldOptions(options), learned: samples.length });
}

/** One utterance in so many is also tried with slips, every other time without marks, to learn how far those can be believed. */
const SPOILED_EVERY = 4;
const SLIP_SHARE = 0.1;

/**
 * Two passes: the first learns the words and their neighbours, the second repairs every utterance with them. With a
 * seed, some utterances are also given as clumsy fingers would write them.
 */
export function toSamples(
  intents: readonly IntentData[],
  lists: WordLists,
  seed?: number,
): { samples: Sample[]; spoiled: Sample[]; lexicon: Lexicon } {
  const extract = createEntityExtractor(lists.places);
  const read = (utterance: string): { reading: Reading; entities: Entity[] } => {
    const text = prepare(utterance);
    const reading = { text, tokens: tokenize(text), context: { now: 0 } };
    return { reading, entities: extract(reading) };
  };
  const readings = [...labelled(intents)].map((one) => ({ ...one, ...read(one.utterance) }));
  const lexicon = buildLexicon(readings.map(({ reading, entities }) => toSentence(reading, entities, lists)));
  const repair = createRepair(createWordModel(lexicon), lists);
  const groups = new Map<string, number>();
  const samples = readings.map(({ reading, entities, label }) => {
    const { words, repaired, changed } = analyze(reading, entities, repair);
    const key = [...new Set(words.masked)].sort((a, b) => a - b).join(' ');
    const group = groups.get(key) ?? groups.size;
    groups.set(key, group);
    return { words, label, group, changed, length: repaired.length };
  });
  const spoiled: Sample[] = [];
  const random = createRandom(seed ?? 0);
  for (let i = 0; seed !== undefined && i < readings.length; i += SPOILED_EVERY) {
    const { utterance, label } = readings[i] as (typeof readings)[number];
    const text = makeSlips(spoiled.length % 2 === 0 ? utterance : fold(utterance), SLIP_SHARE, random);
    const { reading, entities } = read(text);
    const { words, repaired, changed } = analyze(reading, entities, repair);
    spoiled.push({ words, label, group: (samples[i] as Sample).group, changed, length: repaired.length });
  }
  return { samples, spoiled, lexicon };
}

/** All utterances in order, then the near misses that the files name, under the intents they belong to. */
function* labelled(intents: readonly IntentData[]): Generator<{ utterance: string; label: number }> {
  const seen = new Set<string>();
  for (const [label, { utterances }] of intents.entries()) {
    for (const utterance of utterances) {
      seen.add(utterance);
      yield { utterance, label };
    }
  }
  for (const { text, intent } of intents.flatMap(({ borders = [] }) => borders)) {
    const label = intents.findIndex((data) => data.intent === intent);
    if (label < 0 || seen.has(text)) continue;
    seen.add(text);
    yield { utterance: text, label };
  }
}

/** The words of an utterance for the lexicon: chat spellings with one reading are read, doubtful ones left as they are. */
function toSentence(reading: Reading, entities: readonly Entity[], { spellings }: WordLists): string[] {
  return toWords(reading, entities).flatMap((word) => {
    if (word.kind !== 'word') return !word.isFirst ? [] : [word.kind === 'number' ? '<number>' : '<entity>'];
    const spelling = spellings.get(word.lower);
    const only = spelling?.readings.length === 1 && !spelling.keepsItself ? spelling.readings[0] : undefined;
    return only === undefined ? [word.folded] : only.map((read) => read.folded);
  });
}

/** Lays the samples that a dictionary was made of out for training: each feature of a sample once, the bias first. */
export function toExamples(samples: readonly Sample[], dictionary: FeatureDictionary, classes: number): Examples {
  const { scale, occurrences } = dictionary;
  const { start: from, feature, value: amount } = occurrences;
  const start = new Int32Array(samples.length + 1);
  const index = new Int32Array(feature.length + samples.length);
  const value = new Float64Array(index.length);
  const total = new Float64Array(samples.length);
  const placeOf = new Int32Array(dictionary.size).fill(-1);
  let next = 0;
  samples.forEach((_, i) => {
    const begin = next;
    index[next] = 0;
    value[next++] = dictionary.biasValue;
    for (let p = from[i] as number; p < (from[i + 1] as number); p++) {
      total[i] = (total[i] as number) + (amount[p] as number);
      const id = feature[p] as number;
      if (id === 0) continue;
      const place = placeOf[id] as number;
      if (place >= begin) {
        value[place] = (value[place] as number) + (amount[p] as number) * (scale[id] as number);
      } else {
        placeOf[id] = next;
        index[next] = id;
        value[next++] = (amount[p] as number) * (scale[id] as number);
      }
    }
    start[i + 1] = next;
  });
  return {
    start,
    index: index.slice(0, next),
    value: Float32Array.from(value.subarray(0, next)),
    label: Int32Array.from(samples, (sample) => sample.label),
    scale,
    total,
    features: dictionary.size,
    classes,
  };
}
