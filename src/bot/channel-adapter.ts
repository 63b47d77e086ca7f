import type { Reply } from '../dialogs/reply.ts';
import type { ConversationId, TrackedMessage } from './message.ts';
import type { ReplyWindow } from './reply-window.ts';

export interface OutgoingMessage {
  readonly message: TrackedMessage;
  /** The same for every attempt at this message: for channels that drop repeats. */
  readonly idempotencyKey: string;
  /**
   * Whether others may have been told something newer since, or the night has begun for a notice: a channel that lets the
   * message wait asks before it sends, and answers `wait` when it is so. Absent: it is never so.
   */
  readonly isOutdated?: () => Promise<boolean>;
}

export type SendOutcome =
  | { readonly result: 'accepted'; readonly channelMessageId?: string }
  /** The channel said no, and will say no again. */
  | { readonly result: 'refused'; readonly reason: string }
  /** Not sent; try again, a limited number of times. */
  | { readonly result: 'retry'; readonly reason: string; readonly afterMs?: number }
  /** Not sent, and no fault of this message: the channel takes nothing at present. Not counted as a try. */
  | { readonly result: 'wait'; readonly reason: string; readonly afterMs: number }
  /** Sent, but the answer was lost. */
  | { readonly result: 'unknown'; readonly reason: string };

/** One channel account: what comes in goes to the inbox by the adapter's own routes; what goes out comes here. */
export interface ChannelAdapter {
  readonly channel: string;
  /** True when sending the same message twice shows it once. */
  readonly canRepeat: boolean;
  send(outgoing: OutgoingMessage): Promise<SendOutcome>;
  /** True when each send uses up an allowance of the whole channel. */
  readonly isMetered?: boolean;
  /** Shows words that are in no conversation: safety words while the database is down, and that a message has to wait. */
  sendUnstored?(conversationId: ConversationId, replies: readonly Reply[]): Promise<void>;
  /**
   * The conversation in which words to a phone or a mail address are written; `undefined`: it is none. Absent where
   * nobody can be written to by address.
   */
  conversationWith?(address: string): ConversationId | undefined;
  /** Whether a notice of this name can be written at any time, as a template. Absent: none can. */
  takesTemplate?(name: string): boolean;
  /** Whether pictures and files of agents can be shown there. */
  readonly takesFiles?: boolean;
  /** Whether a file of ours arrives whole there; absent: as an address, which ends. */
  readonly handsOverFiles?: boolean;
  /** Until when this customer may be written to; `undefined`: no limit, or none is known. */
  window?(conversationId: ConversationId): Promise<ReplyWindow | undefined>;
  /** What keeps the whole channel from sending until somebody mends it, for example `needs_consent`. */
  trouble?(): Promise<string | undefined>;
}
