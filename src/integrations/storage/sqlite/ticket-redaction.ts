import type { TicketRedaction } from '../../../bot/personal-data.ts';
import type { Ticket } from '../../../bot/records.ts';
import type { SqliteDatabase } from './database.ts';
import { createRecordsWriter } from './records-writer.ts';

/** Takes words out of tickets on SQLite; the triggers of the table take them out of the search. */
export function createSqliteTicketRedaction(db: SqliteDatabase): TicketRedaction {
  const select = db.sqlite
    .prepare<object, string>(
      `SELECT record FROM tickets WHERE record ->> '$.redactedAt' IS NULL AND created_at < :before
         AND (created_at, number) > (:createdAt, :number) ORDER BY created_at, number LIMIT :limit`,
    )
    .pluck();
  const write = createRecordsWriter(db);
  const dropNotes = db.sqlite.prepare<[string]>('UPDATE ticket_changes SET note = NULL WHERE number = ?');
  return {
    withWords: async ({ before, after = { createdAt: Number.MIN_SAFE_INTEGER, number: '' }, limit }) => {
      const { createdAt, number } = after;
      return select.all({ before, createdAt, number, limit }).map((record) => JSON.parse(record) as Ticket);
    },
    replace: (tickets) =>
      db.write('redact_tickets', () => {
        for (const ticket of tickets) {
          write.tickets(ticket);
          dropNotes.run(ticket.number);
        }
      }),
  };
}
