import type Database from 'better-sqlite3';
import type { Message } from '../../../../bot/message.ts';
import type { Customer, Ticket } from '../../../../bot/records.ts';
import { plainTextOf } from '../../../../bot/summary.ts';
import type { FoundConversation, SearchFindings, SearchQuery } from '../../../agent-desk/search-index.ts';
import { mayGoOn } from '../../../agent-desk/search-words.ts';
import { type SummaryRow, toSummary } from '../summary-row.ts';
import { createChangeReader } from '../ticket-changes.ts';

interface MessagePlace {
  readonly conversation_id: string;
  readonly version: number;
  readonly seq: number;
}

/** Searches over one connection, row by row, and stops where the time box ends. */
export function createIndexReader(sqlite: Database.Database): (query: SearchQuery) => SearchFindings {
  const places = sqlite.prepare<[string], MessagePlace>(
    `SELECT m.conversation_id, m.version, m.seq FROM search_message_words w JOIN search_messages m ON m.id = w.rowid
     WHERE w.words MATCH ? ORDER BY w.rowid DESC`,
  );
  const customers = sqlite.prepare<[string], { record: string }>(
    `SELECT c.record FROM search_customer_words w JOIN search_customers s ON s.id = w.rowid
       JOIN customers c ON c.code = s.code
     WHERE w.words MATCH ? ORDER BY w.rowid`,
  );
  const tickets = sqlite.prepare<[string], { record: string }>(
    `SELECT t.record FROM search_ticket_words w JOIN search_tickets s ON s.id = w.rowid
       JOIN tickets t ON t.number = s.number
     WHERE w.words MATCH ? ORDER BY w.rowid DESC`,
  );
  const changes = createChangeReader(sqlite);
  const summary = sqlite.prepare<[string], SummaryRow>('SELECT * FROM conversations WHERE conversation_id = ?');
  const turnMessages = sqlite
    .prepare<[string, number], string>('SELECT messages FROM turns WHERE conversation_id = ? AND version = ?')
    .pluck();

  function openConversation({ conversation_id: id, version, seq }: MessagePlace): FoundConversation | undefined {
    const row = summary.get(id);
    if (row === undefined) {
      return undefined;
    }
    const messages = JSON.parse(turnMessages.get(id, version) ?? '[]') as Message[];
    const message = messages.find((each) => each.seq === seq);
    return {
      conversation: toSummary(row),
      ...(message !== undefined && {
        message: { seq, at: message.at, author: message.author, text: plainTextOf(message) },
      }),
    };
  }

  return ({ words, limit, withinMs }) => {
    const match = matchOf(words);
    const endsAt = performance.now() + withinMs;
    let isComplete = true;

    /** The first rows, at most `limit` with keys of their own. */
    function firstOf<Row>(rows: IterableIterator<Row>, keyOf: (row: Row) => string): readonly Row[] {
      const found = new Map<string, Row>();
      for (const row of rows) {
        if (found.size >= limit) {
          break;
        }
        if (!found.has(keyOf(row))) {
          found.set(keyOf(row), row);
        }
        if (performance.now() > endsAt) {
          isComplete = false;
          break;
        }
      }
      return [...found.values()];
    }

    const records = <Kind>(rows: IterableIterator<{ record: string }>) =>
      firstOf(rows, ({ record }) => record).map(({ record }) => JSON.parse(record) as Kind);
    const foundCustomers = records<Customer>(customers.iterate(match));
    const foundTickets = changes.applyTo(records<Ticket>(tickets.iterate(match)));
    const foundPlaces = firstOf(places.iterate(match), (row) => row.conversation_id);
    return {
      conversations: foundPlaces.flatMap((place) => openConversation(place) ?? []),
      customers: foundCustomers,
      tickets: foundTickets,
      isComplete,
    };
  };
}

/** The query in FTS5's language. Folded words hold no quotes. */
function matchOf(words: readonly string[]): string {
  return words.map((word, index) => `"${word}"${mayGoOn(words, index) ? '*' : ''}`).join(' ');
}
