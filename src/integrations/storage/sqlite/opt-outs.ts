import type { Clock, OptOuts } from '../../../bot/ports.ts';
import type { SqliteDatabase } from './database.ts';

/** Who wants no notices any more. */
export function createSqliteOptOuts(db: SqliteDatabase, clock: Clock): OptOuts {
  const insert = db.sqlite.prepare<[string, number]>(
    `INSERT INTO opt_outs (conversation_id, at) VALUES (?, ?)
     ON CONFLICT (conversation_id) DO UPDATE SET at = max(at, excluded.at)`,
  );
  const forget = db.sqlite.prepare<[string]>('DELETE FROM opt_outs WHERE conversation_id = ?');
  const select = db.sqlite.prepare<[string, number]>('SELECT 1 FROM opt_outs WHERE conversation_id = ? AND at >= ?');
  return {
    add: (conversationId, at = clock.now()) => db.write('opt_out', () => void insert.run(conversationId, at)),
    remove: (conversationId) => db.write('opt_in', () => void forget.run(conversationId)),
    has: async (conversationId, askedAt = 0) => select.get(conversationId, askedAt) !== undefined,
  };
}
