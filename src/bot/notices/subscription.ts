import type { SubscribedTopic, Wish } from '../../dialogs/subscribed-topic.ts';
import type { ConversationId } from '../message.ts';

/** A customer wants to be told of something about one contract, in the conversation in which he agreed to it. */
export interface Subscription extends Wish {
  readonly conversationId: ConversationId;
  /** He had proved who he is: only then what is personal may be told, and to the phone and mail on record. */
  readonly isVerified: boolean;
  readonly consent: Consent;
}

/** The proof that he agreed. */
export interface Consent {
  /** Version of the turn in which he did. */
  readonly version: number;
  /** UTC ms. */
  readonly at: number;
  /** What he was shown and said yes to. */
  readonly words: string;
}

/** What was agreed to and what was ended, by contract and conversation. Ended ones stay, as proof. */
export interface Subscriptions {
  /** Idempotent by the version of the consent; one that is older than what is known changes nothing. */
  start(subscription: Subscription): Promise<void>;
  /** `version`: the turn in which the customer said so. One that is older than what is known changes nothing. */
  end(wish: Wish & { readonly conversationId: ConversationId; readonly version: number }): Promise<void>;
  /** Those of a conversation that hold, by topic and code. */
  of(conversationId: ConversationId): Promise<readonly Subscription[]>;
  /** Those that hold for a topic, in the order of their cursors, after `after` (a cursor). */
  page(query: {
    readonly topic: SubscribedTopic;
    readonly after?: string;
    readonly limit: number;
  }): Promise<readonly { readonly cursor: string; readonly subscription: Subscription }[]>;
  /** How many hold for a topic. */
  count(topic: SubscribedTopic): Promise<number>;
}
