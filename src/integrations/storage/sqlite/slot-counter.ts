import type { Clock, SlotCounter } from '../../../bot/ports.ts';
import type { SqliteDatabase } from './database.ts';

/** Counters as rows, so that a restart resets none. The write transaction makes look and take one act. */
export function createSqliteSlotCounter(db: SqliteDatabase, clock: Clock): SlotCounter {
  const forget = db.sqlite.prepare<[number]>('DELETE FROM slots WHERE expires_at <= ?');
  const find = db.sqlite.prepare<[string, string]>('SELECT 1 FROM slots WHERE key = ? AND claim = ?');
  const insert = db.sqlite.prepare<[string, string, number]>(
    'INSERT INTO slots (key, claim, expires_at) VALUES (?, ?, ?)',
  );
  const tally = db.sqlite
    .prepare<[string, number], number>('SELECT COUNT(*) FROM slots WHERE key = ? AND expires_at > ?')
    .pluck();
  const taken = (key: string) => tally.get(key, clock.now()) ?? 0;

  return {
    take: ({ key, claim, limit, expiresAt }) =>
      db.write('take_slot', () => {
        forget.run(clock.now());
        if (find.get(key, claim) !== undefined) {
          return true;
        }
        if (taken(key) >= limit) {
          return false;
        }
        insert.run(key, claim, expiresAt);
        return true;
      }),
    count: async (key) => taken(key),
  };
}
