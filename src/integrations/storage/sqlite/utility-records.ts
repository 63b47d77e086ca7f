import type { DataMark, RecordKind, UtilityRecords } from '../utility-records.ts';
import type { SqliteDatabase } from './database.ts';
import { createRecordsWriter } from './records-writer.ts';

const KINDS: readonly RecordKind[] = ['customers', 'bills', 'payments', 'outages', 'tickets', 'accounts'];

/** The utility's records in the file: one transaction a batch. */
export function createSqliteUtilityRecords(db: SqliteDatabase): UtilityRecords {
  const write = createRecordsWriter(db);
  const forget = new Map(KINDS.map((kind) => [kind, db.sqlite.prepare(`DELETE FROM ${kind}`)]));
  const selectMark = db.sqlite.prepare<[DataMark], string>('SELECT value FROM data_marks WHERE name = ?').pluck();
  const setMark = db.sqlite.prepare<[DataMark, string]>(
    'INSERT OR REPLACE INTO data_marks (name, value) VALUES (?, ?)',
  );
  return {
    put: (kind, records) =>
      db.write('put_records', () => {
        records.forEach(write[kind]);
      }),
    forget: (kind) => db.write('forget_records', () => void forget.get(kind)?.run()),
    mark: async (name) => selectMark.get(name),
    setMark: (name, value) => db.write('set_mark', () => void setMark.run(name, value)),
  };
}
