import type { ConversationId } from '../../../bot/message.ts';
import type { Bill, Customer, Outage, Ticket } from '../../../bot/records.ts';
import type { IdentityLevel } from '../../../dialogs/identity.ts';

/** A customer as the desk may see it: what the level does not need is masked or left out. */
export interface MaskedCustomer extends Pick<Customer, 'connection' | 'households' | 'tariffGroup' | 'unit'> {
  readonly name: string;
  readonly phone?: string;
  readonly email?: string;
  readonly address: string;
}

export interface CustomerPanel {
  readonly customerCode: string;
  readonly level: IdentityLevel;
  /** Absent when no such customer is on record. */
  readonly customer?: MaskedCustomer;
  /** Newest first. */
  readonly bills: readonly Pick<
    Bill,
    'due' | 'from' | 'id' | 'kwh' | 'month' | 'paidAt' | 'period' | 'to' | 'total' | 'version'
  >[];
  readonly outages: readonly Pick<Outage, 'area' | 'from' | 'id' | 'kind' | 'reason' | 'state' | 'to'>[];
}

/** `GET side-panel`. */
export interface SidePanelAnswer {
  readonly now: number;
  readonly customers: readonly CustomerPanel[];
  readonly tickets: readonly TicketWithHistory[];
}

export interface TicketWithHistory extends DeskTicket {
  /** Oldest first. */
  readonly history: readonly {
    readonly at: number;
    readonly state: string;
    /** Who at the desk has done it. */
    readonly by?: string;
    readonly note?: string;
  }[];
}

/** `POST ticket-state`. */
export interface TicketStateAnswer {
  readonly state: Ticket['state'];
  readonly customer:
    | { readonly result: 'told' | 'not_told' }
    /** When the quiet hours end, UTC ms. */
    | { readonly result: 'deferred'; readonly until: number };
}

export type DeskTicket = Pick<Ticket, 'createdAt' | 'kind' | 'number' | 'place' | 'priority' | 'state' | 'summary'>;

/** `POST reveal`. */
export interface RevealRequest {
  readonly conversationId: ConversationId;
  readonly customerCode: string;
  readonly field: 'name' | 'phone' | 'address' | 'email';
  /** Why, for the audit log. */
  readonly reason: string;
}

export interface RevealAnswer {
  readonly value: string;
}
