import type { TicketStore } from '../../../bot/ports.ts';
import type { Ticket } from '../../../bot/records.ts';
import type { SqliteDatabase } from './database.ts';

/** Tickets that the bot opened, with their state. */
export function createSqliteTicketStore(db: SqliteDatabase): TicketStore {
  const insert = db.sqlite.prepare<[string, string | null, string | null, number, string]>(
    `INSERT INTO tickets (number, conversation_id, customer_code, created_at, record) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (number) DO NOTHING`,
  );
  const byNumber = db.sqlite.prepare<[string], { record: string }>('SELECT record FROM tickets WHERE number = ?');
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
        insert.run(number, conversationId, customerCode, createdAt, JSON.stringify(ticket));
      }),
    async ticket(number) {
      const row = byNumber.get(number);
      return row && (JSON.parse(row.record) as Ticket);
    },
    async tickets({ conversationId, customerCode, limit }) {
      const byOne = conversationId === undefined ? byCustomer : byConversation;
      const isAll = conversationId === undefined && customerCode === undefined;
      const query = isAll ? all : conversationId !== undefined && customerCode !== undefined ? byBoth : byOne;
      const rows = query.all({
        limit,
        ...(conversationId !== undefined && { conversationId }),
        ...(customerCode !== undefined && { customerCode }),
      });
      return rows.map((row) => JSON.parse(row.record) as Ticket);
    },
  };
}
