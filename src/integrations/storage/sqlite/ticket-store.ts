import type { TicketStore } from '../../../bot/ports.ts';
import type { Ticket } from '../../../bot/records.ts';
import { isSameTicket, refusalOfChange, withCorrection } from '../../../bot/ticket-history.ts';
import type { SqliteDatabase } from './database.ts';
import { createRecordsWriter } from './records-writer.ts';
import { createChangeReader } from './ticket-changes.ts';

/** Tickets that the bot opened or an import brought, with what has become of them. */
export function createSqliteTicketStore(db: SqliteDatabase): TicketStore {
  const insert = db.sqlite.prepare<[string, string | null, string | null, number, string]>(
    `INSERT INTO tickets (number, conversation_id, customer_code, created_at, record) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (number) DO NOTHING`,
  );
  const byNumber = db.sqlite.prepare<[string], { record: string }>('SELECT record FROM tickets WHERE number = ?');
  const changes = createChangeReader(db.sqlite);
  const write = createRecordsWriter(db);
  const addChange = db.sqlite.prepare(
    `INSERT INTO ticket_changes (number, position, key, at, state, by_id, by_name, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const read = (number: string) => {
    const row = byNumber.get(number);
    return row && (JSON.parse(row.record) as Ticket);
  };
  const list = (condition: string) =>
    db.sqlite.prepare<[object], { record: string }>(
      `SELECT record FROM tickets WHERE ${condition} ORDER BY created_at DESC, number DESC LIMIT @limit`,
    );
  const all = list('TRUE');
  const byConversation = list('conversation_id = @conversationId');
  const byCustomer = list('customer_code = @customerCode');
  const byBoth = list('conversation_id = @conversationId AND customer_code = @customerCode');

  return {
    open: (ticket) =>
      db.write('open_ticket', () => {
        const { number, conversationId = null, customerCode = null, createdAt } = ticket;
        const { changes } = insert.run(number, conversationId, customerCode, createdAt, JSON.stringify(ticket));
        const known = changes === 0 ? read(number) : undefined;
        return known === undefined ? 'opened' : isSameTicket(known, ticket) ? 'repeat' : 'taken';
      }),
    correct: (correction) =>
      db.write('correct_ticket', () => {
        const ticket = read(correction.number);
        if (ticket === undefined) {
          throw new Error('There is no ticket yet to be corrected.');
        }
        const corrected = withCorrection(ticket, changes.of(ticket.number), correction);
        if (corrected !== undefined) {
          write.tickets(corrected);
        }
      }),
    async ticket(number) {
      const ticket = read(number);
      return ticket && changes.applyTo([ticket])[0];
    },
    change: (number, change, seen) =>
      db.write('change_ticket', () => {
        const ticket = read(number);
        if (ticket === undefined) {
          return 'not_found';
        }
        const before = changes.of(number);
        const refusal = refusalOfChange(ticket, before, { key: change.key, seen });
        if (refusal === undefined) {
          const { key, at, state, by, note = null } = change;
          addChange.run(number, before.length + 1, key, at, state, by.id, by.name, note);
        }
        return refusal ?? 'changed';
      }),
    async tickets({ conversationId, customerCode, limit }) {
      const byOne = conversationId === undefined ? byCustomer : byConversation;
      const isAll = conversationId === undefined && customerCode === undefined;
      const query = isAll ? all : conversationId !== undefined && customerCode !== undefined ? byBoth : byOne;
      const rows = query.all({
        limit,
        ...(conversationId !== undefined && { conversationId }),
        ...(customerCode !== undefined && { customerCode }),
      });
      return changes.applyTo(rows.map((row) => JSON.parse(row.record) as Ticket));
    },
  };
}
