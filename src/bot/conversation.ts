import { type DialogState, EMPTY_DIALOG_STATE } from '../dialogs/dialog.ts';
import type { Identities } from '../dialogs/identity.ts';
import type { ConversationId } from './message.ts';

/** Who has the word: the bot, nobody yet, one agent, or nobody any more. */
export type Holder = 'bot' | 'queue' | 'agent' | 'closed';

/** The state of a conversation after a turn. Plain JSON. */
export interface ConversationState {
  readonly holder: Holder;
  /** Set while `holder` is `agent`. */
  readonly agentId?: string;
  readonly agentName?: string;
  /** UTC ms since when the customer waits for a human; kept when the conversation returns to the queue. */
  readonly waitingSince?: number;
  readonly handoffReason?: string;
  readonly priority: 'normal' | 'emergency';
  /** Grows by one at each change of holder. */
  readonly epoch: number;
  /** The epoch that the last take-over by a human began: bot messages from before it are never sent. */
  readonly takeoverEpoch: number;
  /** Number of the last message. */
  readonly messageSeq: number;
  readonly dialogs: DialogState;
  readonly identities: Identities;
  /** UTC ms of the customer's last message. */
  readonly lastCustomerAt?: number;
  /** While a human in a tool of the channel holds the conversation: until when, unless he writes again, UTC ms. */
  readonly outsideUntil?: number;
  /** The last closing by an agent: what a rating is about. */
  readonly closing?: Closing;
  /** While its agent has set it aside: until when, unless the customer writes before, UTC ms. */
  readonly snoozedUntil?: number;
  /** It waits because its agent is gone: it comes before all that have not been served yet. */
  readonly isReturned?: boolean;
  /** While an agent of the desk holds it: the slot that it takes. */
  readonly slot?: string;
  /** While it waits outside the hours of the desk: by when an answer is promised, UTC ms. */
  readonly promisedAt?: number;
  /** When the customer last spoke of danger, UTC ms. */
  readonly emergencyAt?: number;
  /** Which agent has seen that danger. */
  readonly alarmSeenBy?: string;
  /** Which version of each crisis message the customer has been told, by its id. */
  readonly crisesTold?: Readonly<Record<string, number>>;
  /** Shown at the desk; never trusted. */
  readonly customerName?: string;
}

export interface Closing {
  /** The epoch that it began: tells one closing of a conversation from another. */
  readonly epoch: number;
  readonly agentId: string;
}

export const NEW_CONVERSATION: ConversationState = {
  holder: 'bot',
  priority: 'normal',
  epoch: 0,
  takeoverEpoch: 0,
  messageSeq: 0,
  dialogs: EMPTY_DIALOG_STATE,
  identities: {},
};

export interface ConversationAddress {
  readonly channel: string;
  readonly account: string;
  readonly customer: string;
}

export function conversationId({ channel, account, customer }: ConversationAddress): ConversationId {
  return `${channel}:${account}:${customer}`;
}

/** Throws on anything that `conversationId` cannot have made. */
export function parseConversationId(id: ConversationId): ConversationAddress {
  const [channel, account, ...customer] = id.split(':');
  if (!channel || !account || customer.length === 0 || customer.join(':') === '') {
    throw new Error(`Not a conversation id: expected <channel>:<account>:<customer>, got ${JSON.stringify(id)}.`);
  }
  return { channel, account, customer: customer.join(':') };
}
