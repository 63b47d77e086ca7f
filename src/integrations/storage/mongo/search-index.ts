import type { Customer, Ticket } from '../../../bot/records.ts';
import { plainTextOf } from '../../../bot/summary.ts';
import type { FoundConversation, SearchIndex, SearchQuery } from '../../agent-desk/search-index.ts';
import { mayGoOn } from '../../agent-desk/search-words.ts';
import { SUMMARIES, type SummaryDocument, toSummary } from './conversation-views.ts';
import { CUSTOMERS, type CustomerDocument } from './customer-documents.ts';
import type { MongoDatabase } from './database.ts';
import { fromDocumentValue } from './document-value.ts';
import { numberedKey } from './numbered-key.ts';
import { SPOKEN_WORDS, type SpokenWordsDocument } from './spoken-words.ts';
import { TICKETS, type TicketDocument } from './ticket-store.ts';
import { TURNS, toTurn } from './turn-document.ts';

/** What the server answers when a query has used up its time. */
const TIME_IS_UP = 50;

/** The search on MongoDB: by ordinary indexes over arrays of folded words. */
export function createMongoSearchIndex(db: MongoDatabase): SearchIndex {
  const spoken = db.model(SPOKEN_WORDS);
  const customers = db.model(CUSTOMERS);
  const tickets = db.model(TICKETS);
  const summaries = db.model(SUMMARIES);
  const turns = db.model(TURNS);

  async function openConversation(place: SpokenWordsDocument): Promise<FoundConversation | undefined> {
    const { conversationId, version, seq } = place;
    const [summary, turn] = await Promise.all([
      summaries.findOne({ conversationId }).sort({ version: -1 }).lean<SummaryDocument>(),
      seq === 0 ? null : turns.findOne({ _id: numberedKey(conversationId, version) }).lean(),
    ]);
    if (summary === null) {
      return undefined;
    }
    const message = turn === null ? undefined : toTurn(turn).messages.find((one) => one.seq === seq);
    return {
      conversation: toSummary(summary),
      ...(message !== undefined && {
        message: { seq, at: message.at, author: message.author, text: plainTextOf(message) },
      }),
    };
  }

  return {
    async search(query) {
      const { limit, withinMs } = query;
      const endsAt = performance.now() + withinMs;
      const options = { maxTimeMS: Math.max(1, Math.ceil(withinMs)) };
      const filter = filterOf(query);
      const places = spoken.find(filter, null, options).sort({ at: -1, _id: -1 }).lean<SpokenWordsDocument[]>();
      const [foundCustomers, foundTickets, foundPlaces] = await Promise.all([
        firstOf(
          customers.find(filter, null, options).sort({ _id: 1 }).limit(limit).lean<CustomerDocument[]>().cursor(),
          {
            ...{ limit, endsAt, keyOf: ({ _id }: CustomerDocument) => _id },
          },
        ),
        firstOf(
          tickets
            .find(filter, null, options)
            .sort({ createdAt: -1, _id: -1 })
            .limit(limit)
            .lean<TicketDocument[]>()
            .cursor(),
          { limit, endsAt, keyOf: ({ _id }: TicketDocument) => _id },
        ),
        firstOf(places.cursor(), { limit, endsAt, keyOf: ({ conversationId }: SpokenWordsDocument) => conversationId }),
      ]);
      const conversations = await Promise.all(foundPlaces.rows.map(openConversation));
      return {
        conversations: conversations.filter((one) => one !== undefined),
        customers: foundCustomers.rows.map(({ record }) => fromDocumentValue<Customer>(record)),
        tickets: foundTickets.rows.map(({ record }) => fromDocumentValue<Ticket>(record)),
        isComplete: [foundCustomers, foundTickets, foundPlaces].every((one) => one.isComplete),
      };
    },
  };
}

/** Every word must stand there; some may be the beginning of a longer one. Folded words hold letters and digits only. */
function filterOf({ words }: SearchQuery): object {
  return {
    $and: words.map((word, index) => ({ words: mayGoOn(words, index) ? { $regex: `^${word}` } : word })),
  };
}

/** The first documents, at most `limit` with keys of their own, as far as they come in time. */
async function firstOf<T>(
  cursor: AsyncIterable<unknown> & { close(): Promise<unknown> },
  { limit, endsAt, keyOf }: { readonly limit: number; readonly endsAt: number; readonly keyOf: (row: T) => string },
): Promise<{ readonly rows: readonly T[]; readonly isComplete: boolean }> {
  const found = new Map<string, T>();
  try {
    for await (const row of cursor as AsyncIterable<T>) {
      if (!found.has(keyOf(row))) {
        found.set(keyOf(row), row);
      }
      if (found.size >= limit) {
        break;
      }
      if (performance.now() > endsAt) {
        return { rows: [...found.values()], isComplete: false };
      }
    }
    return { rows: [...found.values()], isComplete: true };
  } catch (error) {
    if ((error as { readonly code?: unknown }).code === TIME_IS_UP) {
      return { rows: [...found.values()], isComplete: false };
    }
    throw error;
  } finally {
    await cursor.close();
  }
}
