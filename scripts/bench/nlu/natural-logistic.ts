import { LogisticRegressionClassifier } from 'natural/lib/natural/classifiers/index.js';
import type { IntentData } from '../../../src/nlu/load-intents.ts';
import { wordsOf } from './natural-bayes.ts';

const FIRST_SHARE = 4;
/** Twice the utterances take about four times as long: no larger subset is tried once that would pass the cap. */
const GROWTH = 4;

/**
 * Trains the logistic regression of `natural` on as many utterances an intent as fit the time cap (all of them would
 * take hours), each subset twice the one before.
 */
export function trainLogistic(intents: readonly IntentData[], capMs: number) {
  const most = Math.max(...intents.map(({ utterances }) => utterances.length));
  for (let each = FIRST_SHARE; ; each *= 2) {
    const subset = intents.map(({ intent, utterances }) => ({ intent, utterances: spread(utterances, each) }));
    const begin = performance.now();
    const classify = trainOn(subset);
    const trainMs = performance.now() - begin;
    if (each >= most || trainMs * (1 + GROWTH) > capMs) {
      const learned = subset.reduce((sum, { utterances }) => sum + utterances.length, 0);
      return { classify, trainMs, learned };
    }
  }
}

/** So many texts, taken at even distances. */
function spread(texts: readonly string[], count: number): string[] {
  const taken = Math.min(count, texts.length);
  return Array.from({ length: taken }, (_, i) => texts[Math.floor((i * texts.length) / taken)] as string);
}

function trainOn(intents: readonly Pick<IntentData, 'intent' | 'utterances'>[]): (utterance: string) => string {
  const classifier = new LogisticRegressionClassifier();
  for (const { intent, utterances } of intents)
    for (const utterance of utterances) classifier.addDocument(wordsOf(utterance), intent);
  classifier.train();
  return (utterance) => classifier.classify(wordsOf(utterance));
}
