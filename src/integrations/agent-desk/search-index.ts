import type { Author } from '../../bot/message.ts';
import type { ConversationSummary } from '../../bot/ports.ts';
import type { Customer, Ticket } from '../../bot/records.ts';

/** Finds conversations, customers and tickets by words without marks. Never on the way of a message. */
export interface SearchIndex {
  search(query: SearchQuery): Promise<SearchFindings>;
}

export interface SearchQuery {
  /**
   * Without marks, in lower case, at least one: every one must occur. The last, and any with a digit, may be the
   * beginning of a longer word.
   */
  readonly words: readonly string[];
  /** Of each kind. */
  readonly limit: number;
  /** The time box, ms. */
  readonly withinMs: number;
}

export interface SearchFindings {
  /** The newest words first; each conversation once. */
  readonly conversations: readonly FoundConversation[];
  readonly customers: readonly Customer[];
  /** Newest first. */
  readonly tickets: readonly Ticket[];
  /** False when the time box ended the search: there may be more. */
  readonly isComplete: boolean;
}

export interface FoundConversation {
  readonly conversation: ConversationSummary;
  /** The newest message with all the words; absent when the customer's name has them. */
  readonly message?: { readonly seq: number; readonly at: number; readonly author: Author; readonly text: string };
}
