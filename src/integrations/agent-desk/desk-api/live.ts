import type { ConversationId } from '../../../bot/message.ts';

/** Over `/desk/live`, from the server. Nothing in them need be believed but "look again". */
export type LiveNews =
  | { readonly type: 'hello'; readonly revision: string }
  | { readonly type: 'queue'; readonly revision: string }
  | { readonly type: 'conversation'; readonly conversationId: ConversationId; readonly version: number }
  /** Colleagues who have the watched conversation open. */
  | { readonly type: 'colleagues'; readonly conversationId: ConversationId; readonly here: readonly ColleagueHere[] }
  | { readonly type: 'beat' };

export interface ColleagueHere {
  readonly name: string;
  readonly isTyping: boolean;
}

/** Over `/desk/live`, from the page: which conversation is open there. */
export type LiveWish = LiveWatch | { readonly type: 'typing' };

export interface LiveWatch {
  readonly type: 'watch';
  readonly conversationId: ConversationId | null;
}
