import { fitTemperature } from '../../../src/nlu/calibrate.ts';
import type { IntentData } from '../../../src/nlu/load-intents.ts';
import type { WordLists } from '../../../src/nlu/nlu-model.ts';
import { softmax } from '../../../src/nlu/score-intents.ts';
import { heldOutMargins } from '../../../src/nlu/train-model.ts';

/** So sure the learner is of another intent. */
const SURE = 0.95;
const SEED = 1;

/**
 * Utterances that a learner which saw neither them nor their near copies takes for another intent, and is sure of it.
 * Either the label is wrong, or nothing else in the intent is like them, or the border runs right there: then the
 * other intent's `borders` name them, and they are no misfits any more.
 */
export function misfits(intents: readonly IntentData[], lists: WordLists): string[] {
  const held = heldOutMargins(intents, { seed: SEED, lists });
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
      return { intent, utterance, share, taken: names[shares.indexOf(share)] as string };
    })
    .filter(
      ({ intent, utterance, share, taken }) =>
        taken !== intent && share > SURE && !declared.has(keyOf(intent, taken, utterance)),
    )
    .sort((a, b) => b.share - a.share)
    .map(({ intent, utterance, taken }) => `${intent}, taken for ${taken}: ${utterance}`);
}

const keyOf = (meant: string, taken: string, text: string): string => `${meant} ${taken} ${text}`;
