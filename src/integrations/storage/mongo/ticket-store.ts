import type { TicketStore } from '../../../bot/ports.ts';
import type { Ticket } from '../../../bot/records.ts';
import {
  isSameTicket,
  refusalOfChange,
  type TicketChange,
  withChanges,
  withCorrection,
} from '../../../bot/ticket-history.ts';
import { defineCollection, needed, optional } from './collection.ts';
import { insertOnce, type MongoDatabase } from './database.ts';
import { fromDocumentValue, toDocumentValue } from './document-value.ts';
import { wordsIn } from './spoken-words.ts';
import { TICKET_CHANGES, type TicketChangeDocument, toChange, toChangeDocument } from './ticket-changes.ts';

/** A ticket; its number is `_id`. */
export interface TicketDocument {
  readonly _id: string;
  readonly conversationId?: string;
  readonly customerCode?: string;
  readonly createdAt: number;
  /** What the search finds it by, folded. */
  readonly words: readonly string[];
  readonly record: Ticket;
}

export const TICKETS = defineCollection<TicketDocument>({
  name: 'tickets',
  fields: {
    _id: needed.text,
    conversationId: optional.text,
    customerCode: optional.text,
    createdAt: needed.number,
    words: { type: [String], required: true },
    record: needed.any,
  },
  indexes: [
    { key: { conversationId: 1, createdAt: -1 } },
    { key: { customerCode: 1, createdAt: -1 } },
    { key: { createdAt: -1 } },
    { key: { words: 1, createdAt: -1 } },
  ],
});

export function toTicketDocument(ticket: Ticket): TicketDocument {
  const { number, conversationId, customerCode, createdAt, phone, place, summary, details } = ticket;
  const told = [number, customerCode, phone, place, summary, ...Object.values(details)];
  return {
    _id: number,
    createdAt,
    words: wordsIn(told.filter((part) => part !== undefined).join(' ')),
    record: toDocumentValue(ticket) as Ticket,
    ...(conversationId !== undefined && { conversationId }),
    ...(customerCode !== undefined && { customerCode }),
  };
}

/** Tickets on MongoDB: opened once by number; of two changes at once one is told that it is too late. */
export function createMongoTicketStore(db: MongoDatabase): TicketStore {
  const tickets = db.model(TICKETS);
  const changes = db.model(TICKET_CHANGES);

  async function read(number: string): Promise<Ticket | undefined> {
    const found = await tickets.findOne({ _id: number }).lean<TicketDocument>();
    return found === null ? undefined : fromDocumentValue<Ticket>(found.record);
  }

  async function changesOf(numbers: readonly string[]): Promise<readonly TicketChangeDocument[]> {
    return changes
      .find({ number: { $in: numbers } })
      .sort({ number: 1, position: 1 })
      .lean<TicketChangeDocument[]>();
  }

  async function applyChanges(read: readonly Ticket[]): Promise<readonly Ticket[]> {
    const rows = await changesOf(read.map(({ number }) => number));
    return read.map((ticket) =>
      withChanges(ticket, rows.filter(({ number }) => number === ticket.number).map(toChange)),
    );
  }

  async function change(number: string, wanted: TicketChange, seen: number): ReturnType<TicketStore['change']> {
    const ticket = await read(number);
    if (ticket === undefined) {
      return 'not_found';
    }
    const before = (await changesOf([number])).map(toChange);
    const refusal = refusalOfChange(ticket, before, { key: wanted.key, seen });
    if (refusal !== undefined) {
      return refusal;
    }
    const isAdded = await insertOnce(changes, toChangeDocument(number, before.length + 1, wanted));
    // Somebody else has this place; it may have been the same act.
    return isAdded ? 'changed' : change(number, wanted, seen);
  }

  return {
    change,
    async open(ticket) {
      const isNew = await insertOnce(tickets, toTicketDocument(ticket));
      const known = isNew ? undefined : await read(ticket.number);
      return known === undefined ? 'opened' : isSameTicket(known, ticket) ? 'repeat' : 'taken';
    },
    async correct(correction) {
      const ticket = await read(correction.number);
      if (ticket === undefined) {
        throw new Error('There is no ticket yet to be corrected.');
      }
      const before = (await changesOf([ticket.number])).map(toChange);
      const corrected = withCorrection(ticket, before, correction);
      if (corrected !== undefined) {
        await tickets.replaceOne({ _id: ticket.number }, toTicketDocument(corrected));
      }
    },
    async ticket(number) {
      const ticket = await read(number);
      return ticket && (await applyChanges([ticket]))[0];
    },
    async tickets({ conversationId, customerCode, limit }) {
      const found = await tickets
        .find({
          ...(conversationId !== undefined && { conversationId }),
          ...(customerCode !== undefined && { customerCode }),
        })
        .sort({ createdAt: -1, _id: -1 })
        .limit(limit)
        .lean<TicketDocument[]>();
      return applyChanges(found.map(({ record }) => fromDocumentValue<Ticket>(record)));
    },
  };
}
