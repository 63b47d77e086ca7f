import type { Ticket } from '../../bot/records.ts';
import type { DeskTicket } from './desk-api.ts';
import { maskPhonesIn } from './mask.ts';

/** A ticket as the desk shows it: phone numbers in its words are masked. */
export function toDeskTicket({ number, kind, priority, state, place, summary, createdAt }: Ticket): DeskTicket {
  return {
    ...{ number, kind, priority, state, createdAt },
    summary: maskPhonesIn(summary),
    ...(place !== undefined && { place: maskPhonesIn(place) }),
  };
}
