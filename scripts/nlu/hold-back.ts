import type { IntentData } from '../../src/nlu/load-intents.ts';
import type { Sample } from '../../src/nlu/train-model.ts';

/** In so many parts the utterances are dealt; each is held back once. */
export const FOLDS = 4;

/** An utterance that was held back, with its intent. */
export interface HeldUtterance {
  readonly intent: string;
  readonly utterance: string;
}

/**
 * Parts the utterances of one fold from the rest, also where another intent's borders name them; near copies stay
 * together. `samples`: of the same intents, in order.
 */
export function holdBack(
  intents: readonly IntentData[],
  samples: readonly Pick<Sample, 'group'>[],
  fold: number,
): { readonly rest: readonly IntentData[]; readonly held: readonly HeldUtterance[] } {
  let at = 0;
  const held: HeldUtterance[] = [];
  const learned = intents.map((data) => ({
    ...data,
    utterances: data.utterances.filter((utterance) => {
      const isHeld = (samples[at++]?.group ?? 0) % FOLDS === fold;
      if (isHeld) held.push({ intent: data.intent, utterance });
      return !isHeld;
    }),
  }));
  const texts = new Set(held.map(({ utterance }) => utterance));
  const rest = learned.map(({ borders = [], ...data }) => ({
    ...data,
    borders: borders.filter(({ text }) => !texts.has(text)),
  }));
  return { rest, held };
}
