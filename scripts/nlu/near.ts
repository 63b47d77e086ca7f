import { isCourtesy, OUTSIDE_INTENT } from '../../src/nlu/decide.ts';
import type { IntentData } from '../../src/nlu/load-intents.ts';
import type { WordLists } from '../../src/nlu/nlu-model.ts';
import { toSamples, trainModel } from '../../src/nlu/train-model.ts';
import { createUnderstand } from '../../src/nlu/understand.ts';
import { holdBack } from './hold-back.ts';
import { type Judged, judged } from './judged.ts';

const SEED = 1;

/** What a model that never learned one intent made of that intent's utterances, and of others it had not seen. */
export interface NearJudged {
  readonly intent: string;
  readonly judged: readonly Judged[];
}

/**
 * Near topics: one intent after another is left out of the catalogue, and its utterances are then out of scope, beside
 * a quarter of the others' utterances that were held back. Trains one model for each intent.
 */
export function* nearTopics(intents: readonly IntentData[], lists: WordLists, now: number): Generator<NearJudged> {
  const { samples } = toSamples(intents, lists);
  const { rest, held } = holdBack(intents, samples, 0);
  for (const left of intents) {
    if (isCourtesy(left.intent)) continue;
    const others = rest.filter(({ intent }) => intent !== left.intent);
    const understand = createUnderstand(trainModel(others, { seed: SEED, lists }));
    const judge = (utterance: string, meant: string): Judged =>
      judged(utterance, meant, understand(utterance, { now }));
    yield {
      intent: left.intent,
      judged: [
        ...left.utterances.map((utterance) => judge(utterance, OUTSIDE_INTENT)),
        ...held
          .filter(({ intent }) => intent !== left.intent && intent !== OUTSIDE_INTENT)
          .map(({ utterance, intent }) => judge(utterance, intent)),
      ],
    };
  }
}
