import type { DemoSms, DemoSmsStore } from '../../demo/demo-phone.ts';
import type { SqliteDatabase } from './database.ts';

/** SMS of the demo as rows. */
export function createSqliteDemoSms(db: SqliteDatabase): DemoSmsStore {
  const insert = db.sqlite.prepare<[string, number, string, string]>(
    'INSERT INTO demo_sms (key, at, recipient, text) VALUES (?, ?, ?, ?) ON CONFLICT (key) DO NOTHING',
  );
  const select = db.sqlite.prepare<[number, number], DemoSms>(
    'SELECT number, at, recipient AS "to", text FROM demo_sms WHERE number > ? ORDER BY number LIMIT ?',
  );
  return {
    keep: ({ key, at, to, text }) => db.write('demo_sms', () => void insert.run(key, at, to, text)),
    after: async (number, limit) => select.all(number, limit),
  };
}
