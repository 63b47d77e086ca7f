import { analyze } from './analyze.ts';
import { createEntityExtractor } from './entities/extract-entities.ts';
import { createWordModel } from './lexicon.ts';
import type { NluModel } from './nlu-model.ts';
import { prepare } from './normalize.ts';
import { createRepair } from './repair.ts';
import { createLookup, scoreIntents } from './score-intents.ts';
import { tokenize } from './tokenize.ts';
import { createUnderstand } from './understand.ts';
import type { UnderstandContext, Understanding } from './understanding.ts';

/** A word of the utterance and how much it moved the decision. */
export interface Reason {
  readonly feature: string;
  /** How far the best intent's lead over the next shrinks when the word is left out. */
  readonly toward: number;
  readonly against?: string;
}

export interface Explanation {
  readonly understanding: Understanding;
  /** Strongest first. */
  readonly reasons: readonly Reason[];
}

/**
 * Makes the function that shows why an utterance is read as it is: every word, and every pair of neighbours, is
 * left out in turn, and the change of the best intent's lead is reported.
 */
export function createExplain(model: NluModel): (utterance: string, context: UnderstandContext) => Explanation {
  const understand = createUnderstand(model);
  const extract = createEntityExtractor(model.lists.places);
  const repair = createRepair(createWordModel(model.lexicon), model.lists);
  const lookup = createLookup(model.weights);
  const marginsOf = (utterance: string): readonly number[] => {
    const text = prepare(utterance);
    const reading = { text, tokens: tokenize(text), context: { now: 0 } };
    return scoreIntents(lookup, analyze(reading, extract(reading), repair).words).margins;
  };
  return (utterance, context) => {
    const understanding = understand(utterance, context);
    const margins = marginsOf(utterance);
    const order = [...margins.keys()].sort((a, b) => (margins[b] as number) - (margins[a] as number));
    const [best = 0, second = 0] = order;
    const leadOf = (values: readonly number[]): number => (values[best] as number) - (values[second] as number);
    const whole = leadOf(margins);
    const words = utterance.split(/\s+/).filter((word) => word !== '');
    const reasons = [1, 2].flatMap((size) =>
      words.slice(0, words.length - size + 1).map((_, i) => {
        const rest = [...words.slice(0, i), ...words.slice(i + size)].join(' ');
        const toward = whole - leadOf(marginsOf(rest));
        return { feature: words.slice(i, i + size).join(' '), toward, against: model.intents[second] as string };
      }),
    );
    return { understanding, reasons: reasons.sort((a, b) => b.toward - a.toward).slice(0, MOST_REASONS) };
  };
}

const MOST_REASONS = 12;
