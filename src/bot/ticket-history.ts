import type { Ticket } from './records.ts';

/** Somebody has put a ticket into another state. Kept for good, never changed. */
export interface TicketChange {
  /** Of the act: the same key again is the same change. */
  readonly key: string;
  /** UTC ms. */
  readonly at: number;
  readonly state: Ticket['state'];
  readonly by: { readonly id: string; readonly name: string };
  /** For colleagues; the customer does not see it. */
  readonly note?: string;
}

/** Whether a ticket that is to be opened is the one that has its number; that one may be redacted by now. */
export function isSameTicket(known: Ticket, { conversationId, createdAt }: Ticket): boolean {
  return known.redactedAt === undefined ? known.conversationId === conversationId : known.createdAt === createdAt;
}

/** A ticket as it was opened or imported, with the changes since: the newest says its state. */
export function withChanges(ticket: Ticket, changes: readonly TicketChange[]): Ticket {
  if (changes.length === 0) {
    return ticket;
  }
  const added = changes.map(({ key: _key, ...step }) => step);
  const history = [...ticket.history, ...added].sort((one, other) => one.at - other.at);
  return { ...ticket, history, state: (history.at(-1)?.state ?? ticket.state) as Ticket['state'] };
}

/** What a customer has told anew about a ticket of his. */
export interface TicketCorrection
  extends Pick<Ticket, 'number' | 'kind' | 'priority' | 'summary' | 'customerCode' | 'place' | 'phone' | 'details'> {
  /** UTC ms. */
  readonly at: number;
}

const CORRECTED_NOTE = 'Khách sửa lại';
/** What staff call that which may be corrected. */
const CORRECTABLE = { phone: 'số điện thoại', place: 'địa điểm', customerCode: 'mã khách hàng' } as const;

/**
 * A ticket with what the customer has told anew, and a step in its history that says so. `undefined`: it stays as it is,
 * because the correction is in already, is older than another one, or the words of the ticket are gone.
 */
export function withCorrection(
  ticket: Ticket,
  changes: readonly TicketChange[],
  { at, ...told }: TicketCorrection,
): Ticket | undefined {
  const isLate = ticket.history.some((step) => step.note?.startsWith(CORRECTED_NOTE) === true && step.at >= at);
  if (isLate || ticket.redactedAt !== undefined) {
    return undefined;
  }
  const { customerCode: _code, place: _place, phone: _phone, ...rest } = ticket;
  const { state } = withChanges(ticket, changes);
  const parts = Object.entries(CORRECTABLE).flatMap(([field, words]) =>
    ticket[field as keyof typeof CORRECTABLE] === told[field as keyof typeof CORRECTABLE] ? [] : [words],
  );
  const note = `${CORRECTED_NOTE} ${parts.length > 0 ? parts.join(', ') : 'nội dung'}`;
  return { ...rest, ...told, history: [...ticket.history, { at, state, note }] };
}

/** What becomes of a change, seen from the history there is. `undefined`: it may be added. */
export function refusalOfChange(
  ticket: Ticket,
  changes: readonly TicketChange[],
  { key, seen }: { readonly key: string; readonly seen: number },
): 'repeat' | 'stale' | undefined {
  if (changes.some((change) => change.key === key)) {
    return 'repeat';
  }
  return withChanges(ticket, changes).history.length === seen ? undefined : 'stale';
}
