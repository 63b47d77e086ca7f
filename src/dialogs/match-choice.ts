import type { ShortAnswer } from '../nlu/short-answer.ts';
import type { DialogChoice } from './dialog.ts';
import { foldWords, hasWords } from './fold-words.ts';
import type { Choice, Reply } from './reply.ts';

export interface OfferedChoice {
  readonly label: string;
  readonly choice?: DialogChoice;
  readonly value: string;
}

/** The choice that typed words mean: its label, its number in the list, "có"/"không", or one of its words. */
export function matchTyped(
  utterance: string,
  answer: ShortAnswer | undefined,
  offered: readonly OfferedChoice[],
): OfferedChoice | undefined {
  const typed = foldWords(utterance);
  return (
    offered.find((each) => foldWords(each.label) === typed) ??
    numbered(answer, offered) ??
    (answer?.kind === 'yes' || answer?.kind === 'no'
      ? offered.find((each) => each.choice?.answer === answer.kind)
      : undefined) ??
    offered.find((each) => each.choice?.words.some((words) => hasWords(typed, words)))
  );
}

/** Numbers count from 1, as the list is shown where there are no buttons; -1 is the last. */
function numbered(answer: ShortAnswer | undefined, offered: readonly OfferedChoice[]): OfferedChoice | undefined {
  if (answer?.kind !== 'ordinal' && answer?.kind !== 'number') {
    return undefined;
  }
  const { value } = answer;
  return Number.isInteger(value) && value !== 0 ? offered.at(value > 0 ? value - 1 : value) : undefined;
}

/** The buttons that the customer sees: those of what the bot said last. */
export function visibleChoices(replies: readonly Reply[]): readonly Choice[] {
  return replies.flatMap((reply) =>
    reply.kind === 'choices' ? reply.choices : reply.kind === 'card' ? (reply.choices ?? []) : [],
  );
}
