import type { Ticket } from '../../bot/records.ts';
import type { DeskTicket, TicketWithHistory } from './desk-api/customer.ts';
import { maskContactsIn } from './mask.ts';

/** A ticket as the desk shows it: phone numbers and e-mail addresses in its words are masked. */
export function toDeskTicket({ number, kind, priority, state, place, summary, createdAt }: Ticket): DeskTicket {
  return {
    ...{ number, kind, priority, state, createdAt },
    summary: maskContactsIn(summary),
    ...(place !== undefined && { place: maskContactsIn(place) }),
  };
}

/** The same with what has become of it. */
export function toTicketWithHistory(ticket: Ticket): TicketWithHistory {
  const history = ticket.history.map(({ at, state, by, note }) => ({
    ...{ at, state },
    ...(by !== undefined && { by: by.name }),
    ...(note !== undefined && { note: maskContactsIn(note) }),
  }));
  return { ...toDeskTicket(ticket), history };
}
