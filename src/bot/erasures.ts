import type { ConversationId } from './message.ts';
import type { TurnPlace } from './personal-data.ts';

/** A request that data be erased: carried out after it was asked, over as many rounds and starts as it takes. */
export interface Erasure {
  /** Number of the receipt, for example `XD261128-4K7Q2`. */
  readonly number: string;
  /** `held`: a legal hold keeps the data; it goes on when the hold is over. */
  readonly state: 'open' | 'held' | 'done';
  /** UTC ms. */
  readonly askedAt: number;
  readonly by: { readonly kind: 'customer' | 'channel' } | { readonly kind: 'agent'; readonly agentId: string };
  /** How it reached a data officer, who has carried it out for the person. */
  readonly request?: WrittenRequest;
  /** Where it was asked, or which conversation it is about. */
  readonly conversationId?: ConversationId;
  /** Everything about this customer; gone when the erasure is done. */
  readonly customerCode?: string;
  /** The conversations of the person, once they are found. */
  readonly conversations?: readonly ConversationId[];
  /** How far the search through everybody's turns has come. */
  readonly walked?: TurnPlace;
  readonly erased: ErasedCounts;
  /** UTC ms. */
  readonly doneAt?: number;
}

/** A request that came past the chat. It holds nothing about the person: the receipt is kept when all else is gone. */
export interface WrittenRequest {
  readonly way: 'letter' | 'email' | 'phone' | 'office';
  /** Of the paper: number and day. */
  readonly reference: string;
  /** How it was made sure who asks. */
  readonly proof: string;
}

export interface ErasedCounts {
  readonly conversations: number;
  readonly turns: number;
  readonly files: number;
  readonly tickets: number;
  /** Customer records, bills and payments. */
  readonly records: number;
}

export const NOTHING_ERASED: ErasedCounts = { conversations: 0, turns: 0, files: 0, tickets: 0, records: 0 };

export interface Erasures {
  /** Idempotent by number. */
  open(erasure: Erasure): Promise<void>;
  save(erasure: Erasure): Promise<void>;
  /** Those that are not done, the oldest first. */
  pending(limit: number): Promise<readonly Erasure[]>;
  /** The newest first. */
  recent(limit: number): Promise<readonly Erasure[]>;
  /** Keeps that a customer was erased, by a hash of the code: an import must not bring him back. */
  rememberCustomer(hash: string): Promise<void>;
  erasedCustomers(): Promise<readonly string[]>;
}

/** What names a person in the records. */
export interface NamedPerson {
  readonly customerCode: string;
  readonly name?: string;
  readonly phone?: string;
}

/** The rows about a person beside the chain, the files and the tickets. */
export interface PersonRows {
  /** What channels, effects and subscriptions keep of a conversation. */
  forgetConversation(conversationId: ConversationId): Promise<void>;
  /** What authors were given, or have decided, of these words. */
  forgetWords(texts: readonly string[]): Promise<void>;
  /** The copy of the customer's records, and what names him elsewhere; returns how many records. */
  forgetCustomer(person: NamedPerson): Promise<number>;
  /** Takes what was forgotten out of the bytes on the disk, where the engine leaves it there. */
  compact(): Promise<void>;
}
