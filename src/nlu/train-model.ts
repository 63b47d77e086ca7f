import { analyze, toWords } from './analyze.ts';
import { firstOf, fitAcceptance, fitRejection, fitTemperature, triedOf } from './calibrate.ts';
import { fitCertainty } from './certainty.ts';
import { assignFolds, dealByWords, type FoldMargins, hashOfSaid } from './cross-validate.ts';
import { OUTSIDE_INTENT } from './decide.ts';
import { createEntityExtractor } from './entities/extract-entities.ts';
import type { Reading } from './entities/extractor.ts';
import { createFeatureDictionary, type FeatureDictionary, packWeights } from './feature-dictionary.ts';
import { FEATURE_VIEWS, type WordSequences } from './features.ts';
import { createRandom } from './hash.ts';
import { buildLexicon, createWordModel, type Lexicon } from './lexicon.ts';
import type { IntentData } from './load-intents.ts';
import { makeSlips } from './make-slips.ts';
import type { NluModel, WordLists } from './nlu-model.ts';
import { fold, prepare } from './normalize.ts';
import { createRepair } from './repair.ts';
import { tokenize } from './tokenize.ts';
import type { Examples } from './train-svm.ts';
import { createJobs, finishFolds, finishWeights, shared, type TrainingHelper } from './training-jobs.ts';
import type { Entity } from './understanding.ts';

export interface TrainOptions {
  readonly seed: number;
  readonly lists: WordLists;
  readonly folds?: number;
  /** A second thread (`load-helper.ts`); the model is the same without one. */
  readonly helper?: TrainingHelper | undefined;
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
  const foldOptions = { folds: options.folds ?? DEFAULT_FOLDS, cost: COST, seed: options.seed, learned };
  const jobs = createJobs(examples, assignFolds(all, examples.label, foldOptions), foldOptions, true);
  options.helper?.help(jobs);
  const tried = finishFolds(jobs, all);
  const held = firstOf(tried, learned);
  const outside = names.indexOf(OUTSIDE_INTENT);
  const temperature = fitTemperature(held);
  const certainty = fitCertainty(triedOf(tried, temperature, learned, outside));
  const rejectBelow = fitRejection(held, temperature, outside);
  const acceptAbove = fitAcceptance(held, temperature, certainty, outside);
  const weights = packWeights(finishWeights(jobs), dictionary);
  return { intents: names, weights, temperature, certainty, rejectBelow, acceptAbove, lexicon, lists: options.lists };
}

/** Folds for reports: more than for training, so that what an utterance is judged by is nearly all there is. */
const REPORT_FOLDS = 5;

/** Held-out margins of training utterances, for reports: one utterance more moves no other to another fold. */
export function heldOutMargins(
  samples: readonly Sample[],
  classes: number,
  { seed, helper }: Pick<TrainOptions, 'seed' | 'helper'>,
): FoldMargins {
  const examples = toExamples(samples, createFeatureDictionary(samples.map((sample) => sample.words)), classes);
  const options = { folds: REPORT_FOLDS, cost: COST, seed, learned: samples.length };
  const jobs = createJobs(examples, dealByWords(samples, REPORT_FOLDS), options, false);
  helper?.help(jobs);
  return finishFolds(jobs, samples);
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
  const groups = new Map<number, number>();
  const samples = readings.map(({ reading, entities, label }) => {
    const { words, repaired, changed } = analyze(reading, entities, repair);
    const key = hashOfSaid(words);
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
  const { ends, values, feature } = occurrences;
  const start = new Int32Array(samples.length + 1);
  const index = new Int32Array(feature.length + samples.length);
  const value = new Float64Array(index.length);
  const total = new Float64Array(samples.length);
  const placeOf = new Int32Array(dictionary.size).fill(-1);
  let next = 0;
  let p = 0;
  for (let i = 0; i < samples.length; i++) {
    const begin = next;
    index[next] = 0;
    value[next++] = dictionary.biasValue;
    let sum = 0;
    for (let part = i * FEATURE_VIEWS; part < (i + 1) * FEATURE_VIEWS; part++) {
      const amount = values[part] as number;
      for (const to = ends[part] as number; p < to; p++) {
        sum += amount;
        const id = feature[p] as number;
        if (id === 0) continue;
        const place = placeOf[id] as number;
        if (place >= begin) {
          value[place] = (value[place] as number) + amount * (scale[id] as number);
        } else {
          placeOf[id] = next;
          index[next] = id;
          value[next++] = amount * (scale[id] as number);
        }
      }
    }
    total[i] = sum;
    start[i + 1] = next;
  }
  return {
    start: shared(Int32Array, start),
    index: shared(Int32Array, index.subarray(0, next)),
    value: shared(Float32Array, value.subarray(0, next)),
    label: shared(
      Int32Array,
      samples.map((sample) => sample.label),
    ),
    scale: shared(Float32Array, scale),
    total: shared(Float64Array, total),
    features: dictionary.size,
    classes,
  };
}
