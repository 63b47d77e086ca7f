import { setTimeout as sleep } from 'node:timers/promises';
import type { DataMark, RecordKind, UtilityRecords } from '../utility-records.ts';
import type { SqliteDatabase } from './database.ts';
import { createRecordsWriter } from './records-writer.ts';

const KINDS: readonly RecordKind[] = ['customers', 'bills', 'payments', 'outages', 'tickets', 'accounts'];
/** Whoever waits for the file looks again after 1, 3, 8 and 18 ms, and then ever less often: it must be free soon, and for a while. */
const ROWS_BESIDE_OTHERS = 250;
const BREATH_MS = 15;
/** So long after the last write of others the file is taken for ours alone. */
const ALONE_AFTER_MS = 2_000;

/**
 * The utility's records in the file: one transaction a batch. While another process writes too (the service, during an
 * import) batches are cut into smaller ones, with room between them.
 */
export function createSqliteUtilityRecords(db: SqliteDatabase): UtilityRecords {
  const write = createRecordsWriter(db);
  const othersWrite = watchOthers(db);
  const forget = new Map(KINDS.map((kind) => [kind, db.sqlite.prepare(`DELETE FROM ${kind}`)]));
  const selectMark = db.sqlite.prepare<[DataMark], string>('SELECT value FROM data_marks WHERE name = ?').pluck();
  const setMark = db.sqlite.prepare<[DataMark, string]>(
    'INSERT OR REPLACE INTO data_marks (name, value) VALUES (?, ?)',
  );
  return {
    async put(kind, records) {
      let rest = records;
      while (rest.length > 0) {
        const isShared = othersWrite();
        const part = isShared ? rest.slice(0, ROWS_BESIDE_OTHERS) : rest;
        await db.write('put_records', () => {
          part.forEach(write[kind]);
        });
        rest = rest.slice(part.length);
        if (isShared) {
          await sleep(BREATH_MS);
        }
      }
    },
    forget: (kind) => db.write('forget_records', () => void forget.get(kind)?.run()),
    mark: async (name) => selectMark.get(name),
    setMark: (name, value) => db.write('set_mark', () => void setMark.run(name, value)),
  };
}

/** Whether others have written to the file lately. */
function watchOthers(db: SqliteDatabase): () => boolean {
  let version = db.othersVersion();
  let aloneFrom = 0;
  return () => {
    const now = performance.now();
    if (db.othersVersion() !== version) {
      version = db.othersVersion();
      aloneFrom = now + ALONE_AFTER_MS;
    }
    return now < aloneFrom;
  };
}
