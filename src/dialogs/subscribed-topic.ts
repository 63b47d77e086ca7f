/** What a customer can ask to be told of from now on. */
export const SUBSCRIBED_TOPICS = ['planned_outage', 'bill', 'reading_day'] as const;

export type SubscribedTopic = (typeof SUBSCRIBED_TOPICS)[number];

/** One of a customer's wishes to be told: what, and of which contract. */
export interface Wish {
  readonly topic: SubscribedTopic;
  readonly customerCode: string;
}
