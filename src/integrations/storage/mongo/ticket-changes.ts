import type { Ticket } from '../../../bot/records.ts';
import type { TicketChange } from '../../../bot/ticket-history.ts';
import { defineCollection, needed, optional } from './collection.ts';

/** One step of a ticket's history; `_id` is `<number>/<position>`, so that of two at the same place one is too late. */
export interface TicketChangeDocument {
  readonly _id: string;
  readonly number: string;
  readonly position: number;
  readonly key: string;
  readonly at: number;
  readonly state: Ticket['state'];
  readonly byId: string;
  readonly byName: string;
  readonly note?: string;
}

export const TICKET_CHANGES = defineCollection<TicketChangeDocument>({
  name: 'ticket_changes',
  fields: {
    _id: needed.text,
    number: needed.text,
    position: needed.number,
    key: needed.text,
    at: needed.number,
    state: needed.text,
    byId: needed.text,
    byName: needed.text,
    note: optional.text,
  },
  indexes: [{ key: { number: 1, position: 1 } }],
});

export function toChangeDocument(number: string, position: number, change: TicketChange): TicketChangeDocument {
  const { key, at, state, by, note } = change;
  return {
    ...{ _id: `${number}/${position}`, number, position, key, at, state, byId: by.id, byName: by.name },
    ...(note !== undefined && { note }),
  };
}

export function toChange({ key, at, state, byId: id, byName: name, note }: TicketChangeDocument): TicketChange {
  return { key, at, state, by: { id, name }, ...(note !== undefined && { note }) };
}
