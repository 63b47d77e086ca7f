import type { EffectRequest } from '../dialogs/run-action.ts';
import type { Decision, IntentScore } from '../nlu/understanding.ts';
import type { ActName } from './agent-act.ts';
import type { Colleague } from './colleague.ts';
import type { ConversationState } from './conversation.ts';
import type { Attachment, ConversationId, Message, TimerKind } from './message.ts';
import type { Rating } from './rating.ts';

/**
 * One round of a conversation: what happened, what was answered, and the state after it. Immutable; unique by
 * (conversation, version). A conversation is the chain of its turns.
 */
export interface Turn {
  readonly conversationId: ConversationId;
  /** 1 for the first turn, then one more each time. */
  readonly version: number;
  /** Own id: tells our insert, answered late, from somebody else's. */
  readonly id: string;
  readonly kind: 'customer' | 'agent' | 'system';
  /** UTC ms. */
  readonly at: number;
  /** Keys of the events handled by this turn. */
  readonly handles: readonly string[];
  readonly messages: readonly Message[];
  readonly effects: readonly Effect[];
  readonly timers: readonly Timer[];
  readonly understanding?: UnderstandingRecord;
  /** True when the bot did not know what to make of the message. */
  readonly missed?: boolean;
  /** Set when the customer rated a closed conversation. */
  readonly rating?: Rating;
  /** What was done at the desk, and by whom. */
  readonly act?: ActName;
  readonly actor?: Colleague;
  /** For colleagues only. */
  readonly note?: PrivateNote;
  /** How the matter ended, a code of `data/desk/wrap-up.yaml`; set by `close`. */
  readonly wrapUp?: string;
  readonly contentVersion: string;
  /** When its words were taken out, UTC ms: see `redact-turn.ts`. */
  readonly redactedAt?: number;
  /** The state of the conversation after this turn. */
  readonly state: ConversationState;
}

/** Words of an agent that only the desk reads: no message, so no channel can be given one. */
export interface PrivateNote {
  readonly authorId: string;
  readonly authorName: string;
  readonly text: string;
}

/** What was understood, kept for the desk and for learning. Holds no personal value: entity types only. */
export interface UnderstandingRecord {
  readonly intent: string;
  readonly confidence: number;
  readonly decision: Decision;
  readonly alternatives: readonly IntentScore[];
  readonly entities: readonly string[];
  readonly emergency: boolean;
}

/** A writing act with its key `<conversation>/<version>/<number>`. */
export interface Effect {
  readonly key: string;
  readonly conversationId: ConversationId;
  /** UTC ms of the turn. */
  readonly at: number;
  readonly request: TurnRequest;
}

/** What a turn may ask for: what its dialog wants done, and that the files which came with it be brought. */
export type TurnRequest = EffectRequest | KeepMedia;

export interface KeepMedia {
  readonly kind: 'keep_media';
  /** The message that the file belongs to, and its place among the attachments there, from 1. */
  readonly seq: number;
  readonly number: number;
  readonly attachment: Attachment;
}

/** A moment at which the conversation gets a system turn, unless its epoch has moved by then. */
export interface Timer {
  readonly kind: TimerKind;
  /** UTC ms. */
  readonly due: number;
  /** The epoch for which it holds: an older one fires into nothing. */
  readonly epoch: number;
}

export function effectKey(conversationId: ConversationId, version: number, number: number): string {
  return `${conversationId}/${version}/${number}`;
}

/** Throws on anything that `effectKey` cannot have made. */
export function parseEffectKey(key: string): { readonly version: number; readonly number: number } {
  const [number, version] = key.split('/').reverse().map(Number);
  if (!Number.isInteger(version) || !Number.isInteger(number)) {
    throw new Error(
      `Not the key of an effect: expected <conversation>/<version>/<number>, got ${JSON.stringify(key)}.`,
    );
  }
  return { version: version as number, number: number as number };
}
