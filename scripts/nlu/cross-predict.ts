import type { IntentData } from '../../src/nlu/load-intents.ts';
import type { WordLists } from '../../src/nlu/nlu-model.ts';
import { fold } from '../../src/nlu/normalize.ts';
import { toSamples, trainModel } from '../../src/nlu/train-model.ts';
import { createUnderstand } from '../../src/nlu/understand.ts';
import { type Judged, judged } from './judged.ts';

const FOLDS = 4;

/** Understands every training utterance with a model that has seen neither it nor its near copies. */
export function crossPredict(
  intents: readonly IntentData[],
  lists: WordLists,
  now: number,
): { written: Judged[]; stripped: Judged[] } {
  const { samples } = toSamples(intents, lists);
  const written: Judged[] = [];
  const stripped: Judged[] = [];
  for (let fold_ = 0; fold_ < FOLDS; fold_++) {
    let at = 0;
    const held: { intent: string; utterance: string }[] = [];
    const rest = intents.map((data) => ({
      ...data,
      utterances: data.utterances.filter((utterance) => {
        const isHeld = (samples[at++]?.group ?? 0) % FOLDS === fold_;
        if (isHeld) held.push({ intent: data.intent, utterance });
        return !isHeld;
      }),
    }));
    const understand = createUnderstand(trainModel(rest, { seed: 1, lists }));
    for (const { intent, utterance } of held) {
      written.push(judged(utterance, intent, understand(utterance, { now })));
      stripped.push(judged(utterance, intent, understand(fold(utterance), { now })));
    }
  }
  return { written, stripped };
}
