import type { ConversationId } from '../../../bot/message.ts';
import type { IntentScore } from '../../../nlu/understanding.ts';
import type { UnclearMessage, WordsDecision } from '../unclear-messages.ts';

/** Messages with the same words that the bot did not understand, or took for something else. */
export interface UnclearGroup {
  readonly words: string;
  /** The newest, personal data replaced. */
  readonly text: string;
  /** Where the newest stands. */
  readonly conversationId: ConversationId;
  readonly lastAt: number;
  readonly times: number;
  readonly why: readonly UnclearMessage['why'][];
  /** Intents that agents named. */
  readonly proposed: readonly string[];
  /** What the bot would take it for now, the likeliest first. */
  readonly guesses: readonly IntentScore[];
}

/** `GET learning`. */
export interface LearningAnswer {
  /** What came most often first. */
  readonly groups: readonly UnclearGroup[];
  /** How many more there are. */
  readonly hidden: number;
  /** The newest first. */
  readonly decided: readonly WordsDecision[];
}

/** `GET intents`: what a message can be said to mean, in the order of the words. */
export interface IntentsAnswer {
  readonly intents: readonly { readonly name: string; readonly words: string }[];
}
