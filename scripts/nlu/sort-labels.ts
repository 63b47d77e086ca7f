import type { WordsDecision } from '../../src/integrations/agent-desk/unclear-messages.ts';
import { wordsOf } from '../../src/integrations/agent-desk/unclear-messages.ts';
import type { IntentData } from '../../src/nlu/load-intents.ts';

export interface Label {
  readonly text: string;
  readonly intent: string;
}

/** Labels of the desk beside the data: what is new, and what is not to be added, each with the reason. */
export interface SortedLabels {
  readonly fresh: readonly Label[];
  readonly refused: readonly (Label & { readonly reason: string })[];
  /** How many stand in the data already. */
  readonly known: number;
}

/** Sorts what was labelled at the desk, the oldest first. */
export function sortLabels(decisions: readonly WordsDecision[], intents: readonly IntentData[]): SortedLabels {
  const learned = new Map(intents.flatMap((data) => data.utterances.map((text) => [wordsOf(text), data.intent])));
  const held = new Set(intents.flatMap(({ heldout = [] }) => heldout.map(wordsOf)));
  const names = new Set(intents.map(({ intent }) => intent));
  const fresh: Label[] = [];
  const refused: (Label & { reason: string })[] = [];
  let known = 0;
  for (const { words, text, intent } of decisions.toSorted((a, b) => a.decidedAt - b.decidedAt)) {
    if (intent === undefined) {
      continue;
    }
    const other = learned.get(words);
    if (other === intent) {
      known++;
    } else if (other !== undefined) {
      refused.push({ text, intent, reason: `it stands under ${other}: change it there by hand` });
    } else if (!names.has(intent)) {
      refused.push({ text, intent, reason: 'there is no such intent' });
    } else if (held.has(words)) {
      refused.push({ text, intent, reason: 'it is held out, to measure with' });
    } else {
      fresh.push({ text, intent });
    }
  }
  return { fresh, refused, known };
}
