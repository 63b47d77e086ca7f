import { analyze } from './analyze.ts';
import { fitRejection, fitTemperature } from './calibrate.ts';
import { crossValidate, type FoldMargins } from './cross-validate.ts';
import { createEntityExtractor } from './entities/extract-entities.ts';
import { createFeatureDictionary, type FeatureDictionary, packWeights } from './feature-dictionary.ts';
import { type WordSequences, walkFeatures } from './features.ts';
import type { IntentData } from './load-intents.ts';
import type { NluModel } from './nlu-model.ts';
import { prepare } from './normalize.ts';
import type { PlaceIndex } from './place-index.ts';
import type { SpellingTable } from './spellings.ts';
import { tokenize } from './tokenize.ts';
import { type Examples, trainSvm } from './train-svm.ts';

/** What the learner is given besides utterances; nothing in it knows the trade. */
export interface TrainOptions {
  readonly seed: number;
  readonly places: PlaceIndex;
  readonly spellings: SpellingTable;
  readonly folds?: number;
}

const COST = 2;
const DEFAULT_FOLDS = 4;

/** One training utterance in the learner's views. */
export interface Sample {
  readonly words: WordSequences;
  readonly label: number;
  /** Samples with the same group never part between training and testing. */
  readonly group: number;
}

/** Learns the intents from their utterances. The same data and seed give the same model on every machine. */
export function trainModel(intents: readonly IntentData[], options: TrainOptions): NluModel {
  if (intents.length < 2) throw new Error('Training needs at least two intents.');
  const names = intents.map((data) => data.intent);
  const samples = toSamples(intents, options);
  const dictionary = createFeatureDictionary(samples.map((sample) => sample.words));
  const examples = toExamples(samples, dictionary, names.length);
  const held = crossValidate(examples, samples, {
    folds: options.folds ?? DEFAULT_FOLDS,
    cost: COST,
    seed: options.seed,
  });
  const temperature = fitTemperature(held);
  return {
    intents: names,
    weights: packWeights(trainSvm(examples, { cost: COST, seed: options.seed }), dictionary, names.length),
    temperature,
    rejectBelow: fitRejection(held, temperature),
    places: options.places,
    spellings: options.spellings,
  };
}

/** Held-out margins of every training utterance, for reports. */
export function heldOutMargins(intents: readonly IntentData[], options: TrainOptions): FoldMargins {
  const samples = toSamples(intents, options);
  const examples = toExamples(samples, createFeatureDictionary(samples.map((sample) => sample.words)), intents.length);
  return crossValidate(examples, samples, { folds: options.folds ?? DEFAULT_FOLDS, cost: COST, seed: options.seed });
}

function toSamples(intents: readonly IntentData[], options: TrainOptions): Sample[] {
  const extract = createEntityExtractor(options.places);
  const groups = new Map<string, number>();
  return intents.flatMap((data, label) =>
    data.utterances.map((utterance) => {
      const text = prepare(utterance);
      const reading = { text, tokens: tokenize(text), context: { now: 0 } };
      const { words } = analyze(reading, extract(reading), options.spellings);
      const key = [...new Set(words.masked)].sort((a, b) => a - b).join(' ');
      const group = groups.get(key) ?? groups.size;
      groups.set(key, group);
      return { words, label, group };
    }),
  );
}

function toExamples(samples: readonly Sample[], dictionary: FeatureDictionary, classes: number): Examples {
  const start = new Int32Array(samples.length + 1);
  const index: number[] = [];
  const value: number[] = [];
  samples.forEach((sample, i) => {
    const row = new Map<number, number>([[0, dictionary.biasValue]]);
    walkFeatures(sample.words, (hash, amount) => {
      const feature = dictionary.idOf(hash);
      if (feature > 0) row.set(feature, (row.get(feature) ?? 0) + amount);
    });
    for (const [feature, amount] of row) {
      index.push(feature);
      value.push(amount);
    }
    start[i + 1] = index.length;
  });
  return {
    start,
    index: Int32Array.from(index),
    value: Float32Array.from(value),
    label: Int32Array.from(samples, (sample) => sample.label),
    features: dictionary.size,
    classes,
  };
}
