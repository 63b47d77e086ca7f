import { BayesClassifier } from 'natural/lib/natural/classifiers/index.js';
import type { IntentData } from '../../../src/nlu/load-intents.ts';
import { normalize } from '../../../src/nlu/normalize.ts';

/** Trains the naive Bayes classifier of `natural` on the words of the utterances; its stemmers are not for Vietnamese. */
export function trainBayes(intents: readonly IntentData[]): (utterance: string) => string {
  const classifier = new BayesClassifier();
  for (const { intent, utterances } of intents)
    for (const utterance of utterances) classifier.addDocument(wordsOf(utterance), intent);
  classifier.train();
  return (utterance) => classifier.classify(wordsOf(utterance));
}

/** The words of an utterance, as the classifiers of `natural` are given them. */
export function wordsOf(utterance: string): string[] {
  return normalize(utterance).match(/[\p{L}\d]+/gu) ?? [];
}
