import type { SentFile } from '../../../bot/agent-act.ts';
import type { ConversationState, Holder } from '../../../bot/conversation.ts';
import type { MediaRecord } from '../../../bot/media.ts';
import type { ConversationId, TrackedMessage } from '../../../bot/message.ts';
import type { FiledNote } from '../../../bot/ports.ts';
import type { ReplyWindow } from '../../../bot/reply-window.ts';
import type { IdentityLevel } from '../../../dialogs/identity.ts';
import type { OfferedAnswer } from '../canned-answers.ts';

/** A file of a customer. */
export type DeskFile = MediaRecord & {
  /** Names it to `GET media` and `POST media/remove`. */
  readonly query: string;
};

export interface DeskMessage extends Omit<TrackedMessage, 'conversationId'> {
  /** The SVG of a chart. */
  readonly drawing?: string;
  /** What is known of the files that came with it. */
  readonly files?: readonly DeskFile[];
}

/** Who is known, and how well, for one customer code. */
export interface KnownIdentity {
  readonly customerCode: string;
  readonly level: IdentityLevel;
  /** Set while `verified`. */
  readonly validUntil?: number;
}

/** What happened so far, made by rules from the chain. */
export interface ConversationSummaryCard {
  /** Intents that were understood, oldest first, each once. */
  readonly asked: readonly { readonly intent: string; readonly times: number }[];
  readonly notUnderstood: number;
  readonly handoffReason?: string;
  readonly hadEmergency: boolean;
  /** Messages that did not reach the customer for certain, by state. */
  readonly undelivered: readonly { readonly state: 'failed' | 'uncertain' | 'withdrawn'; readonly times: number }[];
}

/** `GET conversation`. */
export interface ConversationAnswer {
  readonly now: number;
  readonly conversationId: ConversationId;
  readonly channel: string;
  readonly version: number;
  readonly state: Pick<
    ConversationState,
    | 'agentId'
    | 'agentName'
    | 'customerName'
    | 'epoch'
    | 'handoffReason'
    | 'lastCustomerAt'
    | 'messageSeq'
    | 'priority'
    | 'snoozedUntil'
  > & { readonly holder: Holder; readonly waitingSince?: number };
  /** Since when the present holder holds it, when that is not too long ago to look up. */
  readonly heldSince?: number;
  /** Whether pictures and files can be sent. */
  readonly takesFiles: boolean;
  /** Where the channel limits until when the customer may be written to. */
  readonly replyWindow?: ReplyWindow;
  readonly messages: readonly DeskMessage[];
  /** For colleagues only. */
  readonly notes: readonly FiledNote[];
  /** Sends that have begun and not ended. */
  readonly openAttempts: readonly { readonly seq: number; readonly number: number; readonly at: number }[];
  readonly identities: readonly KnownIdentity[];
  readonly summary: ConversationSummaryCard;
}

/** `GET canned`, `POST canned`. */
export interface CannedAnswers {
  readonly answers: readonly OfferedAnswer[];
}

/** `GET suggestion`: what the bot would say to what stands last. */
export interface SuggestionAnswer {
  /** Number of the message that it was made after. */
  readonly seq: number;
  readonly text?: string;
}

/** `POST files`: what `acts/say` names by its address. */
export interface UploadAnswer {
  readonly file: SentFile;
}

/** `POST retry`. */
export interface RetryAnswer {
  readonly seq: number;
}
