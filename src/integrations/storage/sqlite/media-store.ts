import type { MediaKey, MediaRecord } from '../../../bot/media.ts';
import type { Clock, MediaStore } from '../../../bot/ports.ts';
import { createMediaFiles } from '../media-files.ts';
import type { SqliteDatabase } from './database.ts';

interface MediaRow {
  readonly conversation_id: string;
  readonly seq: number;
  readonly number: number;
  readonly state: MediaRecord['state'];
  readonly at: number;
  readonly mime: string | null;
  readonly extension: string | null;
  readonly size: number | null;
  readonly reason: string | null;
  readonly removed_by_name: string | null;
  readonly removed_at: number | null;
}

const PRUNED_AT_ONCE = 500;

/** Rows in the SQLite file, bytes in files below `folder`. */
export function createSqliteMediaStore(
  db: SqliteDatabase,
  { folder, clock }: { readonly folder: string; readonly clock: Clock },
): MediaStore {
  const files = createMediaFiles(folder);
  const selectOne = db.sqlite.prepare<[string, number, number], MediaRow>(
    'SELECT * FROM media WHERE conversation_id = ? AND seq = ? AND number = ?',
  );
  const selectAll = db.sqlite.prepare<[string], MediaRow>(
    'SELECT * FROM media WHERE conversation_id = ? ORDER BY seq, number',
  );
  const selectOld = db.sqlite.prepare<[number, string, number], MediaRow>(
    'SELECT * FROM media WHERE at < ? AND conversation_id NOT IN (SELECT value FROM json_each(?)) LIMIT ?',
  );
  // What was missing may come later; what was kept or removed stays.
  const upsert = db.sqlite.prepare(
    `INSERT INTO media (conversation_id, seq, number, state, at, mime, extension, size, reason)
     VALUES (:conversationId, :seq, :number, :state, :at, :mime, :extension, :size, :reason)
     ON CONFLICT DO UPDATE SET state = excluded.state, at = excluded.at, mime = excluded.mime,
       extension = excluded.extension, size = excluded.size, reason = excluded.reason
     WHERE media.state = 'missing'`,
  );
  const setRemoved = db.sqlite.prepare(
    `UPDATE media SET state = 'removed', removed_by = :agentId, removed_by_name = :agentName, removed_at = :at,
       mime = NULL, extension = NULL, size = NULL
     WHERE conversation_id = :conversationId AND seq = :seq AND number = :number AND state = 'kept'`,
  );
  const deleteOne = db.sqlite.prepare('DELETE FROM media WHERE conversation_id = ? AND seq = ? AND number = ?');
  const rowOf = ({ conversationId, seq, number }: MediaKey) => selectOne.get(conversationId, seq, number);

  return {
    async keep(key, outcome) {
      const state = rowOf(key)?.state;
      if (state === 'kept' || state === 'removed') {
        return;
      }
      const empty = { mime: null, extension: null, size: null, reason: null };
      if ('missing' in outcome) {
        const row = { ...empty, ...key, state: 'missing', at: clock.now(), reason: outcome.missing };
        await db.write('keep_media', () => void upsert.run(row));
        return;
      }
      const { bytes, mime, extension } = outcome;
      // First the bytes: a row that says "kept" is never without them.
      await files.write(nameOf(key), bytes);
      const row = { ...empty, ...key, state: 'kept', at: clock.now(), mime, extension, size: bytes.length };
      await db.write('keep_media', () => void upsert.run(row));
      if (rowOf(key)?.state === 'removed') {
        await files.remove(nameOf(key));
      }
    },
    records: async (conversationId) => selectAll.all(conversationId).map(toRecord),
    async open(key) {
      const record = rowOf(key);
      const bytes = record?.state === 'kept' ? await files.read(nameOf(key)) : undefined;
      return bytes === undefined ? undefined : { bytes, mime: record?.mime ?? '', extension: record?.extension ?? '' };
    },
    async forget(key) {
      await files.remove(nameOf(key));
      await db.write('forget_media', () => void deleteOne.run(key.conversationId, key.seq, key.number));
    },
    async remove(key, by) {
      if (rowOf(key)?.state !== 'kept') {
        return false;
      }
      // First the bytes: a row that says "removed" never has any.
      await files.remove(nameOf(key));
      const at = clock.now();
      return db.write('remove_media', () => setRemoved.run({ ...key, ...by, at }).changes > 0);
    },
    async prune(before, except = []) {
      const old = selectOld.all(before, JSON.stringify(except), PRUNED_AT_ONCE);
      for (const row of old) {
        await files.remove(nameOf({ ...row, conversationId: row.conversation_id }));
      }
      await db.write('prune_media', () => {
        for (const { conversation_id: conversationId, seq, number } of old) {
          deleteOne.run(conversationId, seq, number);
        }
      });
      return old.length;
    },
  };
}

function nameOf({ conversationId, seq, number }: MediaKey): string {
  return `${conversationId}/${seq}/${number}`;
}

function toRecord(row: MediaRow): MediaRecord {
  const { seq, number, at } = row;
  switch (row.state) {
    case 'kept':
      return {
        seq,
        number,
        at,
        state: 'kept',
        mime: row.mime ?? '',
        extension: row.extension ?? '',
        size: row.size ?? 0,
      };
    case 'missing':
      return { seq, number, at, state: 'missing', reason: row.reason ?? '' };
    case 'removed':
      return {
        seq,
        number,
        at,
        state: 'removed',
        removedBy: row.removed_by_name ?? '',
        removedAt: row.removed_at ?? at,
      };
  }
}
