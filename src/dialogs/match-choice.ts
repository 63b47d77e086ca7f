import type { DialogChoice } from './dialog.ts';
import { foldWords, hasWords } from './fold-words.ts';
import type { Choice, Reply } from './reply.ts';
import type { ShortAnswer } from './short-answer.ts';

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
    (answer?.kind === 'ordinal' ? offered.at(answer.index) : undefined) ??
    (answer?.kind === 'yes' || answer?.kind === 'no'
      ? offered.find((each) => each.choice?.answer === answer.kind)
      : undefined) ??
    offered.find((each) => each.choice?.words.some((words) => hasWords(typed, words)))
  );
}

/** The buttons that the customer sees: those of what the bot said last. */
export function visibleChoices(replies: readonly Reply[]): readonly Choice[] {
  return replies.flatMap((reply) =>
    reply.kind === 'choices' ? reply.choices : reply.kind === 'card' ? (reply.choices ?? []) : [],
  );
}
