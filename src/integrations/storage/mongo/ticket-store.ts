import type { TicketStore } from '../../../bot/ports.ts';
import type { Ticket } from '../../../bot/records.ts';
import { defineCollection, needed, optional } from './collection.ts';
import { insertOnce, type MongoDatabase } from './database.ts';
import { fromDocumentValue, toDocumentValue } from './document-value.ts';

/** A ticket; its number is `_id`. */
export interface TicketDocument {
  readonly _id: string;
  readonly conversationId?: string;
  readonly customerCode?: string;
  readonly createdAt: number;
  readonly record: Ticket;
}

export const TICKETS = defineCollection<TicketDocument>({
  name: 'tickets',
  fields: {
    _id: needed.text,
    conversationId: optional.text,
    customerCode: optional.text,
    createdAt: needed.number,
    record: needed.any,
  },
  indexes: [
    { key: { conversationId: 1, createdAt: -1 } },
    { key: { customerCode: 1, createdAt: -1 } },
    { key: { createdAt: -1 } },
  ],
});

export function toTicketDocument(ticket: Ticket): TicketDocument {
  const { number, conversationId, customerCode, createdAt } = ticket;
  return {
    _id: number,
    createdAt,
    record: toDocumentValue(ticket) as Ticket,
    ...(conversationId !== undefined && { conversationId }),
    ...(customerCode !== undefined && { customerCode }),
  };
}

/** Tickets on MongoDB: opened once by number. */
export function createMongoTicketStore(db: MongoDatabase): TicketStore {
  const tickets = db.model(TICKETS);
  return {
    async open(ticket) {
      await insertOnce(tickets, toTicketDocument(ticket));
    },
    async ticket(number) {
      const found = await tickets.findOne({ _id: number }).lean<TicketDocument>();
      return found === null ? undefined : fromDocumentValue<Ticket>(found.record);
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
      return found.map(({ record }) => fromDocumentValue<Ticket>(record));
    },
  };
}
