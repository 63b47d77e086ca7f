import type { TicketNews, TicketNewsBox } from '../ticket-news.ts';
import type { SqliteDatabase } from './database.ts';

/** What an import has left to be told, on SQLite. */
export function createSqliteTicketNews(db: SqliteDatabase): TicketNewsBox {
  const insert = db.sqlite.prepare<[string, string, number]>(
    'INSERT OR REPLACE INTO ticket_news (number, state, at) VALUES (?, ?, ?)',
  );
  const select = db.sqlite.prepare<[number], TicketNews>(
    'SELECT number, state, at FROM ticket_news ORDER BY at, number LIMIT ?',
  );
  const remove = db.sqlite.prepare<[string, number]>('DELETE FROM ticket_news WHERE number = ? AND at = ?');
  return {
    put: (news) =>
      db.write('put_ticket_news', () => {
        for (const { number, state, at } of news) {
          insert.run(number, state, at);
        }
      }),
    list: async (limit) => select.all(limit),
    forget: ({ number, at }) => db.write('forget_ticket_news', () => void remove.run(number, at)),
  };
}
