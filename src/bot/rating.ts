import { matchTyped, visibleChoices } from '../dialogs/match-choice.ts';
import type { CustomerContent } from './message.ts';
import type { Turn } from './turn.ts';

/** What a customer thinks of one closing of a conversation. */
export interface Rating {
  /** The epoch of the closing. */
  readonly closing: number;
  /** From 1 (very dissatisfied) to 5 (very satisfied). */
  readonly score: number;
  /** The agent who closed the conversation. */
  readonly agentId: string;
}

const VALUE = /^rating\/(\d+)\/([1-5])$/;

/** The button's value of a rating, taken apart; `undefined` for any other button. */
export function parseRating(choice: string): Pick<Rating, 'closing' | 'score'> | undefined {
  const match = VALUE.exec(choice);
  return match === null ? undefined : { closing: Number(match[1]), score: Number(match[2]) };
}

/**
 * The value of the rating button that a message means: one that was tapped, or its number or label typed right after
 * the question. `undefined`: the message is no rating.
 */
export function ratingChoiceIn({ choice, text }: CustomerContent, head: Turn | undefined): string | undefined {
  if (choice !== undefined) {
    return parseRating(choice) === undefined ? undefined : choice;
  }
  if (text === undefined || head?.state.holder !== 'closed') {
    return undefined;
  }
  const asked = visibleChoices(head.messages.flatMap(({ reply }) => reply ?? []));
  const buttons = asked.filter(({ value }) => parseRating(value) !== undefined);
  return matchTyped(text, buttons)?.value;
}
