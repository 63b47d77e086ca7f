import type { AuditAction, AuditLog } from '../../agent-desk/audit-log.ts';
import type { SqliteDatabase } from './database.ts';

interface AuditRow {
  readonly number: number;
  readonly at: number;
  readonly actor_id: string;
  readonly actor_name: string;
  readonly action: AuditAction;
  readonly subject: string | null;
  readonly reason: string | null;
}

/** The audit log in the SQLite file, whose triggers refuse to change it. */
export function createSqliteAuditLog(db: SqliteDatabase): AuditLog {
  const insert = db.sqlite.prepare(
    `INSERT INTO audit_log (at, actor_id, actor_name, action, subject, reason, key) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (key) WHERE key IS NOT NULL DO NOTHING`,
  );
  const select = db.sqlite.prepare<[number, number], AuditRow>(
    'SELECT * FROM audit_log WHERE number < ? ORDER BY number DESC LIMIT ?',
  );
  return {
    append: ({ at, actorId, actorName, action, subject, reason, key }) =>
      db.write('audit', () => {
        insert.run(at, actorId, actorName, action, subject ?? null, reason ?? null, key ?? null);
      }),
    entries: async ({ limit, before }) =>
      select.all(before === undefined ? Number.MAX_SAFE_INTEGER : Number(before), limit).map((row) => ({
        ...{ id: String(row.number), at: row.at, actorId: row.actor_id, actorName: row.actor_name, action: row.action },
        ...(row.subject !== null && { subject: row.subject }),
        ...(row.reason !== null && { reason: row.reason }),
      })),
  };
}
