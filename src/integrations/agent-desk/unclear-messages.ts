import type { ConversationId } from '../../bot/message.ts';
import { hasHiddenCode } from '../../bot/redact.ts';
import type { Turn } from '../../bot/turn.ts';
import { ENGINE_DIALOGS } from '../../dialogs/engine-dialogs.ts';
import { foldWords } from '../../dialogs/fold-words.ts';
import { hidePersonal } from '../../nlu/hide-personal.ts';

/** A message of a customer that the bot made nothing, or the wrong thing, of. */
export interface UnclearMessage {
  readonly conversationId: ConversationId;
  readonly seq: number;
  /** UTC ms. */
  readonly at: number;
  /** What was written, personal data replaced. */
  readonly text: string;
  /** `asked_back`: for the second time in a row. `relabelled`: an agent says that it was taken for something else. */
  readonly why: 'missed' | 'asked_back' | 'relabelled';
  /** What the agent says that it means, if that was said. */
  readonly proposed?: string;
}

/** What a shift leader decided about words, for every message that has them. */
export interface WordsDecision {
  /** Folded: marks, capitals and signs make no difference. */
  readonly words: string;
  /** As one customer wrote them. */
  readonly text: string;
  /** The intent that they mean; absent: nothing is to be learned from them. */
  readonly intent?: string;
  /** How often they had come by then. */
  readonly times: number;
  readonly decidedBy: string;
  /** UTC ms. */
  readonly decidedAt: number;
}

/** Keeps what was unclear until somebody says what it means. */
export interface UnclearMessages {
  /** Keeps a message, once; what an agent says of it replaces what is kept. Not when its words are decided. */
  note(message: UnclearMessage): Promise<void>;
  /** Those whose words nobody has decided, the newest first. */
  open(limit: number): Promise<readonly UnclearMessage[]>;
  /** Decides about these words, again too; their messages are forgotten. */
  decide(decision: WordsDecision): Promise<void>;
  /** The newest first. */
  decisions(limit: number): Promise<readonly WordsDecision[]>;
}

/** Whether something of this turn was unclear depends on the customer's turn before it only when the bot asked back. */
export function needsEarlierTurn(turn: Turn): boolean {
  return turn.missed !== true && hasAskedBack(turn);
}

/** The message of this turn if the bot did not know what to make of it. `earlier`: the customer's turn before it. */
export function unclearMessageOf(turn: Turn, earlier: Turn | undefined): UnclearMessage | undefined {
  const isAskedTwice = hasAskedBack(turn) && earlier !== undefined && hasAskedBack(earlier);
  if (turn.missed !== true && !isAskedTwice) {
    return undefined;
  }
  const message = turn.messages.find(({ author, content }) => author === 'customer' && content?.text !== undefined);
  const text = message?.content?.text;
  if (message === undefined || text === undefined || hasHiddenCode({ text }) || wordsOf(text) === '') {
    return undefined;
  }
  return {
    conversationId: turn.conversationId,
    ...{ seq: message.seq, at: message.at, text: hidePersonal(text) },
    why: turn.missed === true ? 'missed' : 'asked_back',
  };
}

/** What makes two messages the same for the review. */
export function wordsOf(text: string): string {
  return foldWords(text);
}

function hasAskedBack({ understanding, state }: Turn): boolean {
  return understanding?.decision === 'clarify' && state.dialogs.stack.at(-1)?.dialog === ENGINE_DIALOGS.clarify;
}
