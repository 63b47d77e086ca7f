import type { ConversationId } from './message.ts';
import type { Ticket } from './records.ts';
import type { Turn } from './turn.ts';

/** Where a walk over the chain stands: turns lie in the order of their time, then of conversation and version. */
export type TurnPlace = Pick<Turn, 'at' | 'conversationId' | 'version'>;

/** The words in the chain, for those who make it forget. */
export interface ChainRedaction {
  /** Turns from before that time that still have their words, oldest first, beginning after a place. */
  withWords(query: {
    readonly before: number;
    readonly after?: TurnPlace;
    readonly limit: number;
  }): Promise<readonly Turn[]>;
  /**
   * Writes redacted turns over those of the same conversation and version, and takes out what was derived from their
   * words: summary, notes, search, requests of effects. Durable when it resolves; doing it again changes nothing.
   */
  replace(turns: readonly Turn[]): Promise<void>;
  /** Conversations that have used a customer code, proved or only typed. */
  conversationsWith(customerCode: string): Promise<readonly ConversationId[]>;
}

/** Tickets with their words, for those who make them forget. */
export interface TicketRedaction {
  /** Tickets opened before that time that still have their words, oldest first, beginning after one of them. */
  withWords(query: {
    readonly before: number;
    readonly after?: Pick<Ticket, 'createdAt' | 'number'>;
    readonly limit: number;
  }): Promise<readonly Ticket[]>;
  /** Writes redacted tickets over those with their numbers, and takes them out of the search. */
  replace(tickets: readonly Ticket[]): Promise<void>;
}

/** Nothing of this person is deleted until that day: a dispute, an inspection, a court. */
export interface LegalHold {
  readonly id: string;
  readonly subject:
    | { readonly kind: 'customer'; readonly customerCode: string }
    | { readonly kind: 'conversation'; readonly conversationId: ConversationId };
  readonly reason: string;
  /** The letter that asks for it, for example "Công văn 12/CA ngày 20/11/2026". */
  readonly reference?: string;
  readonly byId: string;
  readonly byName: string;
  /** UTC ms. */
  readonly at: number;
  /** UTC ms after which it holds no more. */
  readonly until: number;
}

export interface LegalHolds {
  /** Inserts a hold, or replaces the one with its id (a new end, for example). */
  put(hold: LegalHold): Promise<void>;
  /** Those in force, the newest first. */
  inForce(now: number): Promise<readonly LegalHold[]>;
}
