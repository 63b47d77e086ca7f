import type { ConversationId } from './message.ts';

/** Which file: the message that it came with, and its place among the attachments there, from 1. */
export interface MediaKey {
  readonly conversationId: ConversationId;
  readonly seq: number;
  readonly number: number;
}

/** A file with its type, as told by its bytes. */
export interface KeptMedia {
  readonly bytes: Uint8Array;
  readonly mime: string;
  /** Without the dot. */
  readonly extension: string;
}

/** What became of a file that a customer sent. */
export type MediaOutcome = KeptMedia | { readonly missing: string };

/** What the desk may know of a file without opening it. */
export type MediaRecord = Omit<MediaKey, 'conversationId'> & {
  /** When it was kept, or found missing, UTC ms. */
  readonly at: number;
} & (
    | { readonly state: 'kept'; readonly mime: string; readonly extension: string; readonly size: number }
    /** It could not be brought: why. */
    | { readonly state: 'missing'; readonly reason: string }
    /** An agent has removed it; the bytes are gone. */
    | { readonly state: 'removed'; readonly removedBy: string; readonly removedAt: number }
  );
