import type { TicketRedaction } from '../../../bot/personal-data.ts';
import type { Ticket } from '../../../bot/records.ts';
import type { MongoDatabase } from './database.ts';
import { fromDocumentValue } from './document-value.ts';
import { TICKET_CHANGES } from './ticket-changes.ts';
import { TICKETS, type TicketDocument, toTicketDocument } from './ticket-store.ts';

/** Takes words out of tickets on MongoDB. */
export function createMongoTicketRedaction(db: MongoDatabase): TicketRedaction {
  const all = db.model(TICKETS);
  const changes = db.model(TICKET_CHANGES);
  return {
    async withWords({ before, after, limit }) {
      const later =
        after === undefined
          ? {}
          : {
              $or: [
                { createdAt: { $gt: after.createdAt } },
                { createdAt: after.createdAt, _id: { $gt: after.number } },
              ],
            };
      const found = await all
        .find({ createdAt: { $lt: before }, 'record.redactedAt': null, ...later })
        .sort({ createdAt: 1, _id: 1 })
        .limit(limit)
        .lean<TicketDocument[]>();
      return found.map(({ record }) => fromDocumentValue<Ticket>(record));
    },
    async replace(tickets) {
      for (const document of tickets.map(toTicketDocument)) {
        await all.replaceOne({ _id: document._id }, document);
        await changes.updateMany({ number: document._id }, { $unset: { note: '' } });
      }
    },
  };
}
