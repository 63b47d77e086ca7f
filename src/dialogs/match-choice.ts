import { readShortAnswer, type ShortAnswer } from '../nlu/short-answer.ts';
import type { DialogChoice } from './dialog.ts';
import { foldWords, hasWords } from './fold-words.ts';
import { START } from './render-words.ts';
import type { Choice, Reply } from './reply.ts';

export interface OfferedChoice {
  readonly label: string;
  readonly choice?: DialogChoice;
  readonly value: string;
}

/** The choice that typed words mean: its label, its number in the list, one of its words, "có" or "không". */
export function matchTyped(utterance: string, offered: readonly OfferedChoice[]): OfferedChoice | undefined {
  const typed = foldWords(utterance);
  const answer = readShortAnswer(utterance);
  return (
    matchLabel(utterance, offered) ??
    numbered(
      answer,
      offered.filter(({ choice }) => choice?.isHidden !== true),
    ) ??
    offered.find((each) => each.choice?.words.some((words) => hasWords(typed, words))) ??
    answered(answer ?? leadingAnswer(typed), offered)
  );
}

/** The choice whose words an utterance contains. */
export function choiceIn(utterance: string, choices: readonly DialogChoice[]): DialogChoice | undefined {
  const text = foldWords(utterance);
  return choices.find(({ words }) => words.some((each) => hasWords(text, each)));
}

/** The choice whose label was typed word for word. */
export function matchLabel(utterance: string, offered: readonly OfferedChoice[]): OfferedChoice | undefined {
  const typed = foldWords(utterance);
  return offered.find((each) => foldWords(each.label) === typed);
}

/** Words of a question: "cần giấy tờ gì" and "có mất tiền không" are no "yes". */
const ASKING = new Set('gi sao nao may bao bn dau ai hay chua khong ko hong hok hk'.split(' '));

/** "ừ xem đi", "không đâu em": the first word of a few decides. */
function leadingAnswer(typed: string): ShortAnswer | undefined {
  const words = typed.split(' ');
  const answer = words.length > 1 && words.length <= 4 ? readShortAnswer(words[0] ?? '') : undefined;
  return answer?.kind === 'yes' && words.some((word) => ASKING.has(word)) ? undefined : answer;
}

/** "Có" and "không" mean the choice that says so; "có" also the only request that is offered. */
function answered(answer: ShortAnswer | undefined, offered: readonly OfferedChoice[]): OfferedChoice | undefined {
  if (answer?.kind !== 'yes' && answer?.kind !== 'no') {
    return undefined;
  }
  const requests = offered.filter((each) => each.value.startsWith(START));
  const only = answer.kind === 'yes' && requests.length === 1 ? requests[0] : undefined;
  return offered.find((each) => each.choice?.answer === answer.kind) ?? only;
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
