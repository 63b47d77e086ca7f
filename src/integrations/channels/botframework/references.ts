/** Where a conversation of the Bot Framework is answered. No name of a person stands in it. */
export interface ConversationReference {
  readonly serviceUrl: string;
  readonly channelId: string;
  readonly conversationId: string;
  readonly botId: string;
  readonly userId: string;
}

/** What the Bot Framework channel keeps over restarts: the way back to each customer, by his part of the conversation id. */
export interface ReferenceStore {
  /** The newest one stays: a service may move. */
  put(customer: string, reference: ConversationReference, at: number): Promise<void>;
  find(customer: string): Promise<ConversationReference | undefined>;
}
