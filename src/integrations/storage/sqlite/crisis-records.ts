import { byNews, type CrisisMessage, isInForce } from '../../../bot/crisis/crisis-message.ts';
import type { CrisisRecords } from '../../../bot/crisis/crisis-records.ts';
import type { SqliteDatabase } from './database.ts';

interface Row {
  readonly record: string;
}

const NEWEST = 'version = (SELECT max(version) FROM crisis_messages AS later WHERE later.id = crisis_messages.id)';

/** Crisis messages as rows, one for each version. */
export function createSqliteCrisisRecords(db: SqliteDatabase): CrisisRecords {
  const insert = db.sqlite.prepare<[string, number, number, number, string]>(
    `INSERT INTO crisis_messages (id, version, updated_at, expires_at, record) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id, version) DO NOTHING`,
  );
  const newest = db.sqlite.prepare<[string], Row>(
    'SELECT record FROM crisis_messages WHERE id = ? ORDER BY version DESC LIMIT 1',
  );
  const running = db.sqlite.prepare<[number], Row>(
    `SELECT record FROM crisis_messages WHERE expires_at > ? AND ${NEWEST}`,
  );
  const since = db.sqlite.prepare<[number, number, number], Row>(
    `SELECT record FROM crisis_messages WHERE (updated_at >= ? OR expires_at >= ?) AND ${NEWEST}
     ORDER BY updated_at DESC, id LIMIT ?`,
  );
  const versions = db.sqlite.prepare<[string], Row>('SELECT record FROM crisis_messages WHERE id = ? ORDER BY version');
  /** What had not ended at `from`, kept for every turn that looks, until something is written here or by others. */
  let kept:
    | { readonly from: number; readonly othersVersion: number; readonly messages: readonly CrisisMessage[] }
    | undefined;

  function notEnded(now: number): readonly CrisisMessage[] {
    const othersVersion = db.othersVersion();
    if (kept === undefined || kept.othersVersion !== othersVersion || now < kept.from) {
      kept = { from: now, othersVersion, messages: running.all(now).map(parse) };
    }
    return kept.messages;
  }

  return {
    append: (message) =>
      db.write('append_crisis', () => {
        kept = undefined;
        const { id, version, updatedAt, expiresAt } = message;
        const { changes } = insert.run(id, version, updatedAt, expiresAt, JSON.stringify(message));
        return changes === 0 ? 'version_taken' : 'appended';
      }),
    async crisis(id) {
      const row = newest.get(id);
      return row && parse(row);
    },
    crisesInForce: async (now) =>
      notEnded(now)
        .filter((message) => isInForce(message, now))
        .sort(byNews),
    crisesSince: async (from, limit) => since.all(from, from, limit).map(parse),
    crisisVersions: async (id) => versions.all(id).map(parse),
  };
}

function parse({ record }: Row): CrisisMessage {
  return JSON.parse(record) as CrisisMessage;
}
