import type { Provenance } from '../dialogs/provenance.ts';
import type { Reply } from '../dialogs/reply.ts';
import type { AgentAct } from './agent-act.ts';

/** `<channel>:<account>:<customer>`, for example `web:main:v_8c1f`. */
export type ConversationId = string;

export interface Attachment {
  readonly kind: 'image' | 'audio' | 'video' | 'file' | 'location' | 'sticker' | 'contact';
  readonly url?: string;
  /** The channel's own id of a file that has no address. */
  readonly ref?: string;
  readonly name?: string;
  readonly latitude?: number;
  readonly longitude?: number;
}

/** Attachments that are files: what can be brought and looked at, by a human at least. */
export function isFile({ kind, url, ref }: Attachment): boolean {
  return ['image', 'audio', 'video', 'file'].includes(kind) && (url !== undefined || ref !== undefined);
}

/** What a customer wrote or chose, in the bot's words. At least one of text, choice and attachments is set. */
export interface CustomerContent {
  readonly text?: string;
  /** Value of the button that was tapped. */
  readonly choice?: string;
  readonly attachments?: readonly Attachment[];
}

/** Something that happened to a conversation and waits to be handled in exactly one turn. */
export interface InboundEvent {
  /** Unique: `<channel>/<account>/<event key of the channel>`, `timer/…` or `agent/…`. */
  readonly key: string;
  readonly conversationId: ConversationId;
  /** The channel's time of the event, UTC ms: events that wait together are handled in this order. */
  readonly orderKey: number;
  /** When it reached us, UTC ms. */
  readonly receivedAt: number;
  readonly content: EventContent;
}

export type EventContent =
  | ({ readonly kind: 'customer_message' } & CustomerContent)
  | { readonly kind: 'timer'; readonly timer: TimerKind; readonly version: number; readonly epoch: number }
  | ({ readonly kind: 'agent_act' } & AgentAct)
  /** A human has answered the customer in a tool of the channel itself: a take-over. */
  | { readonly kind: 'outside_agent'; readonly adminId: string; readonly agentName: string; readonly text: string }
  /** Another tool (an automatic answer, a campaign) has written to the customer: nobody takes over. */
  | { readonly kind: 'outside_notice'; readonly text: string }
  /** The agent who held it in that epoch has given no sign of life for too long. */
  | { readonly kind: 'lease_lapsed'; readonly agentId: string; readonly epoch: number }
  /** Found long after it was written, when nobody had brought it: for a human, not for the bot. `note`: for the desk. */
  | { readonly kind: 'late_message'; readonly message: CustomerContent; readonly note: string }
  /** The customer asks, by a way of the channel, that what is kept about him be erased. */
  | { readonly kind: 'withdrawal' }
  /** What was said before is being erased: nothing of it may be built upon. `isTold`: the customer waits for word of it. */
  | { readonly kind: 'data_erased'; readonly number: string; readonly isTold: boolean }
  /** What the customer asked to be erased must be kept for now: a legal hold has come in between. */
  | { readonly kind: 'data_held'; readonly number: string }
  /** The service itself has something to tell: a ticket's number by SMS, a bill by e-mail. */
  | { readonly kind: 'notice'; readonly replies: readonly Reply[]; readonly provenance?: readonly Provenance[] };

/**
 * `queue_wait`: the customer has waited for a human for a while. `outside_hold`: a human in a tool of the channel has
 * not written for a while. `snooze`: the agent wants to see the conversation again.
 */
export type TimerKind = 'queue_wait' | 'outside_hold' | 'snooze';

export type Author = 'customer' | 'bot' | 'agent' | 'system';

/** One message of a conversation, in or out, as it is written into its turn. Immutable. */
export interface Message {
  /** Counts the messages of one conversation from 1, in and out together. */
  readonly seq: number;
  readonly direction: 'in' | 'out';
  readonly author: Author;
  /** Agent id, or the key of the event that it comes from. */
  readonly authorId?: string;
  readonly authorName?: string;
  /** UTC ms. */
  readonly at: number;
  /** Set on `in`. */
  readonly content?: CustomerContent;
  /** Set on `out`. */
  readonly reply?: Reply;
  /** The epoch of the conversation when this message was computed. */
  readonly epoch: number;
  /** Safety words go out even when an agent holds the conversation. */
  readonly isSafety?: boolean;
  /** The customer has it already, from another tool: there is nothing to send. */
  readonly isDelivered?: boolean;
  /** Where the figures in the reply come from. */
  readonly provenance?: readonly Citation[];
}

/** A record behind a figure, and the version of the words that told it. */
export interface Citation extends Provenance {
  readonly contentVersion: string;
}

export type DeliveryState =
  | 'queued'
  | 'sending'
  | 'accepted'
  | 'delivered'
  | 'read'
  | 'failed'
  | 'uncertain'
  | 'withdrawn';

/** A message with what is known of its way to the customer. Inbound messages have no delivery. */
export interface TrackedMessage extends Message {
  readonly conversationId: ConversationId;
  /** Version of the turn that it comes from. */
  readonly version: number;
  readonly delivery?: DeliveryState;
  readonly failure?: string;
}
