import type { IntentData } from '../../src/nlu/load-intents.ts';
import type { WordLists } from '../../src/nlu/nlu-model.ts';
import { toSamples, trainModel } from '../../src/nlu/train-model.ts';
import { createUnderstand } from '../../src/nlu/understand.ts';
import { FOLDS, holdBack } from './hold-back.ts';
import { type Judged, judged } from './judged.ts';
import { noiseSuites } from './noise.ts';

/** What was understood of the same utterances, spoiled in one way. */
export interface SuiteJudged {
  readonly name: string;
  readonly judged: Judged[];
}

const AS_WRITTEN = 'as written';
const SEED = 1;

/** The ways in which utterances are measured: as they were written, and spoiled. */
export function measuredSuites(lists: WordLists) {
  return [{ name: AS_WRITTEN, spoil: (utterance: string) => utterance }, ...noiseSuites(lists, SEED)];
}

/** Understands every training utterance, in each suite, with a model that has seen neither it nor its near copies. */
export function crossPredict(intents: readonly IntentData[], lists: WordLists, now: number): SuiteJudged[] {
  const { samples } = toSamples(intents, lists);
  const suites = measuredSuites(lists).map((suite) => ({ ...suite, judged: [] as Judged[] }));
  for (let fold = 0; fold < FOLDS; fold++) {
    const { rest, held } = holdBack(intents, samples, fold);
    const understand = createUnderstand(trainModel(rest, { seed: SEED, lists }));
    for (const { spoil, judged: all } of suites) {
      for (const { intent, utterance } of held) {
        const spoiled = spoil(utterance);
        all.push(judged(spoiled, intent, understand(spoiled, { now })));
      }
    }
  }
  return suites;
}
