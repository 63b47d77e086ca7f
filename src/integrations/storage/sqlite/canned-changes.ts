import type { CannedChanges } from '../../agent-desk/canned-answers.ts';
import type { SqliteDatabase } from './database.ts';

interface CannedRow {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly removed: number;
  readonly changed_by: string;
  readonly changed_at: number;
}

/** Ready answers that were changed at the desk. */
export function createSqliteCannedChanges(db: SqliteDatabase): CannedChanges {
  const select = db.sqlite.prepare<[], CannedRow>('SELECT * FROM canned_changes ORDER BY id');
  const upsert = db.sqlite.prepare(
    `INSERT INTO canned_changes (id, title, text, removed, changed_by, changed_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET title = excluded.title, text = excluded.text, removed = excluded.removed,
       changed_by = excluded.changed_by, changed_at = excluded.changed_at`,
  );
  return {
    cannedChanges: async () =>
      select.all().map(({ id, title, text, removed, changed_by, changed_at }) => ({
        ...{ id, title, text, isRemoved: removed === 1, changedBy: changed_by, changedAt: changed_at },
      })),
    changeCanned: ({ id, title, text, isRemoved, changedBy, changedAt }) =>
      db.write('change_canned', () => {
        upsert.run(id, title, text, isRemoved ? 1 : 0, changedBy, changedAt);
      }),
  };
}
