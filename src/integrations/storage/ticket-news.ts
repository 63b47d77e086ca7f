import type { Ticket } from '../../bot/records.ts';

/** A state that an import has given a ticket of ours, and of which the customer has not been told. */
export interface TicketNews {
  readonly number: string;
  readonly state: Ticket['state'];
  /** UTC ms. */
  readonly at: number;
}

/** What an import leaves for the service, which is another process, to tell. */
export interface TicketNewsBox {
  /** The newest state of a ticket is the one that counts; durable when it resolves. */
  put(news: readonly TicketNews[]): Promise<void>;
  /** The oldest first. */
  list(limit: number): Promise<readonly TicketNews[]>;
  /** Told, or no longer true. Newer news of the same ticket stay. */
  forget(news: TicketNews): Promise<void>;
}
