import type { Erasure, Erasures } from '../../../bot/erasures.ts';
import type { SqliteDatabase } from './database.ts';

/** Requests for erasure in the SQLite file. */
export function createSqliteErasures(db: SqliteDatabase): Erasures {
  const insert = db.sqlite.prepare(
    'INSERT INTO erasures (number, state, asked_at, erasure) VALUES (?, ?, ?, ?) ON CONFLICT (number) DO NOTHING',
  );
  const update = db.sqlite.prepare('UPDATE erasures SET state = ?, erasure = ? WHERE number = ?');
  const list = (rest: string) => db.sqlite.prepare<[number], string>(`SELECT erasure FROM erasures ${rest}`).pluck();
  const pending = list("WHERE state <> 'done' ORDER BY asked_at, number LIMIT ?");
  const recent = list('ORDER BY asked_at DESC, number DESC LIMIT ?');
  const insertHash = db.sqlite.prepare('INSERT INTO erased_customers (hash) VALUES (?) ON CONFLICT (hash) DO NOTHING');
  const selectHashes = db.sqlite.prepare<[], string>('SELECT hash FROM erased_customers').pluck();
  const read = (rows: readonly string[]) => rows.map((row) => JSON.parse(row) as Erasure);
  return {
    open: (erasure) =>
      db.write('open_erasure', () => {
        const { number, state, askedAt } = erasure;
        insert.run(number, state, askedAt, JSON.stringify(erasure));
      }),
    save: (erasure) =>
      db.write('save_erasure', () => void update.run(erasure.state, JSON.stringify(erasure), erasure.number)),
    pending: async (limit) => read(pending.all(limit)),
    recent: async (limit) => read(recent.all(limit)),
    rememberCustomer: (hash) => db.write('erased_customer', () => void insertHash.run(hash)),
    erasedCustomers: async () => selectHashes.all(),
  };
}
