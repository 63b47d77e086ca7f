import type { LegalHold, LegalHolds } from '../../../bot/personal-data.ts';
import type { SqliteDatabase } from './database.ts';

/** Legal holds in the SQLite file. */
export function createSqliteLegalHolds(db: SqliteDatabase): LegalHolds {
  const upsert = db.sqlite.prepare('INSERT OR REPLACE INTO legal_holds (id, until, at, hold) VALUES (?, ?, ?, ?)');
  const select = db.sqlite
    .prepare<[number], string>('SELECT hold FROM legal_holds WHERE until > ? ORDER BY at DESC, id DESC')
    .pluck();
  return {
    put: (hold) => db.write('legal_hold', () => void upsert.run(hold.id, hold.until, hold.at, JSON.stringify(hold))),
    inForce: async (now) => select.all(now).map((hold) => JSON.parse(hold) as LegalHold),
  };
}
