import { isCourtesy, OUTSIDE_INTENT } from '../../src/nlu/decide.ts';
import type { IntentData } from '../../src/nlu/load-intents.ts';
import type { WordLists } from '../../src/nlu/nlu-model.ts';
import { toSamples, trainModel } from '../../src/nlu/train-model.ts';
import { createUnderstand } from '../../src/nlu/understand.ts';
import { type Judged, judged } from './judged.ts';

const FOLDS = 4;
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
  let at = 0;
  const parts = intents.map((data) => {
    const isHeld = data.utterances.map(() => (samples[at++]?.group ?? 0) % FOLDS === 0);
    return { data, isHeld };
  });
  for (const { data: left } of parts) {
    if (isCourtesy(left.intent)) continue;
    const others = parts.filter(({ data }) => data !== left);
    const rest = others.map(({ data, isHeld }) => ({
      ...data,
      utterances: data.utterances.filter((_, i) => !isHeld[i]),
    }));
    const understand = createUnderstand(trainModel(rest, { seed: SEED, lists }));
    const judge = (utterance: string, meant: string): Judged =>
      judged(utterance, meant, understand(utterance, { now }));
    yield {
      intent: left.intent,
      judged: [
        ...left.utterances.map((utterance) => judge(utterance, OUTSIDE_INTENT)),
        ...others
          .filter(({ data }) => data.intent !== OUTSIDE_INTENT)
          .flatMap(({ data, isHeld }) =>
            data.utterances.filter((_, i) => isHeld[i]).map((text) => judge(text, data.intent)),
          ),
      ],
    };
  }
}
