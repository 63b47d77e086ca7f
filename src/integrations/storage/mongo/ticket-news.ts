import type { Ticket } from '../../../bot/records.ts';
import type { TicketNewsBox } from '../ticket-news.ts';
import { defineCollection, needed } from './collection.ts';
import type { MongoDatabase } from './database.ts';

/** `_id` is the number of the ticket. */
interface TicketNewsDocument {
  readonly _id: string;
  readonly state: Ticket['state'];
  readonly at: number;
}

export const TICKET_NEWS = defineCollection<TicketNewsDocument>({
  name: 'ticket_news',
  fields: { _id: needed.text, state: needed.text, at: needed.number },
  indexes: [{ key: { at: 1 } }],
});

/** What an import has left to be told, on MongoDB. */
export function createMongoTicketNews(db: MongoDatabase): TicketNewsBox {
  const model = db.model(TICKET_NEWS);
  return {
    async put(news) {
      for (const { number, state, at } of news) {
        await model.replaceOne({ _id: number }, { _id: number, state, at }, { upsert: true });
      }
    },
    async list(limit) {
      const found = await model.find({}).sort({ at: 1, _id: 1 }).limit(limit).lean<TicketNewsDocument[]>();
      return found.map(({ _id: number, state, at }) => ({ number, state, at }));
    },
    async forget({ number, at }) {
      await model.deleteOne({ _id: number, at });
    },
  };
}
