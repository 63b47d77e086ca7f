import type { Clock, OptOuts } from '../../../bot/ports.ts';
import type { SqliteDatabase } from './database.ts';

/** Who wants no notices any more. */
export function createSqliteOptOuts(db: SqliteDatabase, clock: Clock): OptOuts {
  const insert = db.sqlite.prepare<[string, number]>(
    'INSERT INTO opt_outs (conversation_id, at) VALUES (?, ?) ON CONFLICT (conversation_id) DO NOTHING',
  );
  const forget = db.sqlite.prepare<[string]>('DELETE FROM opt_outs WHERE conversation_id = ?');
  const select = db.sqlite.prepare<[string]>('SELECT 1 FROM opt_outs WHERE conversation_id = ?');
  return {
    add: (conversationId) =>
      db.write('opt_out', () => {
        insert.run(conversationId, clock.now());
      }),
    remove: (conversationId) => db.write('opt_in', () => void forget.run(conversationId)),
    has: async (conversationId) => select.get(conversationId) !== undefined,
  };
}
