import type { Ticket } from '../../bot/records.ts';
import type { DeskTicket } from './desk-api.ts';
import { maskContactsIn } from './mask.ts';

/** A ticket as the desk shows it: phone numbers and e-mail addresses in its words are masked. */
export function toDeskTicket({ number, kind, priority, state, place, summary, createdAt }: Ticket): DeskTicket {
  return {
    ...{ number, kind, priority, state, createdAt },
    summary: maskContactsIn(summary),
    ...(place !== undefined && { place: maskContactsIn(place) }),
  };
}
