import { fitTemperature } from '../../../src/nlu/calibrate.ts';
import type { IntentData } from '../../../src/nlu/load-intents.ts';
import { softmax } from '../../../src/nlu/score-intents.ts';
import { heldOutMargins, type Sample } from '../../../src/nlu/train-model.ts';
import type { TrainingHelper } from '../../../src/nlu/training-jobs.ts';

/** So sure the learner is of another intent. */
const SURE = 0.95;
/** Fewer words say too little alone to be judged by other utterances: only their author knows what they mean. */
const FEWEST_WORDS = 3;
const SEED = 1;

/**
 * Utterances that a learner which saw neither them nor their near copies takes for another intent, and is sure of it.
 * Either the label is wrong, or nothing else in the intent is like them, or the border runs right there: then the
 * other intent's `borders` name them, and they are no misfits any more.
 */
export function misfits(intents: readonly IntentData[], samples: readonly Sample[], helper?: TrainingHelper): string[] {
  const held = heldOutMargins(samples, intents.length, { seed: SEED, helper });
  const temperature = fitTemperature(held);
  const names = intents.map(({ intent }) => intent);
  const declared = new Set(
    intents.flatMap(({ intent, borders = [] }) => borders.map((border) => keyOf(border.intent, intent, border.text))),
  );
  return intents
    .flatMap(({ intent, utterances }) => utterances.map((utterance) => ({ intent, utterance })))
    .map(({ intent, utterance }, i) => {
      const shares = softmax([...held.margins.subarray(i * names.length, (i + 1) * names.length)], temperature);
      const share = Math.max(...shares);
      const taken = names[shares.indexOf(share)] as string;
      return { intent, utterance, share, taken, length: held.length[i] as number };
    })
    .filter(
      ({ intent, utterance, share, taken, length }) =>
        taken !== intent && share > SURE && length >= FEWEST_WORDS && !declared.has(keyOf(intent, taken, utterance)),
    )
    .sort((a, b) => b.share - a.share)
    .map(({ intent, utterance, taken }) => `${intent}, taken for ${taken}: ${utterance}`);
}

const keyOf = (meant: string, taken: string, text: string): string => `${meant} ${taken} ${text}`;
