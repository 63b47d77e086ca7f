import type { OutageReport, OutageReports } from '../../../bot/incidents/outage-report.ts';
import { createCountReporters } from './count-reporters.ts';
import type { SqliteDatabase } from './database.ts';
import { createSqliteIncidentLinks } from './incident-links.ts';

interface Row {
  readonly record: string;
}

/** Reports of outages and what they belong to, as rows. */
export function createSqliteOutageReports(
  db: SqliteDatabase,
  { readAtOnce }: { readonly readAtOnce?: number } = {},
): OutageReports {
  const { sqlite } = db;
  const insert = sqlite.prepare<[string, string, number, string]>(
    'INSERT INTO outage_reports (id, conversation_id, at, record) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING',
  );
  const insertKey = sqlite.prepare<[string, number, string]>(
    'INSERT INTO outage_report_keys (key, at, report_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const unlinked = sqlite.prepare<[object], Row>(
    `SELECT DISTINCT record, reports.at, id FROM outage_report_keys AS keys
       JOIN outage_reports AS reports ON reports.id = keys.report_id
     WHERE keys.key IN (SELECT value FROM json_each(@keys)) AND keys.at >= @since
       AND NOT EXISTS (SELECT 1 FROM incident_links WHERE conversation_id = reports.conversation_id
                         AND incident_links.reported_at >= @since)
     ORDER BY reports.at, id LIMIT @limit`,
  );
  const feedersAt = sqlite.prepare<[object], { readonly feeder: string; readonly count: number }>(
    `SELECT record ->> '$.where.feeder' AS feeder, count(*) AS count FROM outage_reports
     WHERE id IN (SELECT report_id FROM outage_report_keys WHERE key = @key AND at >= @since ORDER BY at DESC LIMIT @limit)
       AND feeder IS NOT NULL
     GROUP BY feeder`,
  );
  const last = sqlite.prepare<[string], Row>(
    'SELECT record FROM outage_reports WHERE conversation_id = ? ORDER BY at DESC, id DESC LIMIT 1',
  );
  const count = sqlite.prepare<[number], { count: number }>(
    'SELECT count(*) AS count FROM outage_reports WHERE at >= ?',
  );

  return {
    ...createSqliteIncidentLinks(db),
    addReport: (report, keys) =>
      db.write('add_outage_report', () => {
        const { id, conversationId, at } = report;
        const isNew = insert.run(id, conversationId, at, JSON.stringify(report)).changes > 0;
        for (const key of isNew ? keys : []) {
          insertKey.run(key, at, id);
        }
        return isNew;
      }),
    unlinked: async ({ keys, since, limit }) =>
      unlinked.all({ keys: JSON.stringify(keys), since, limit }).map((row) => JSON.parse(row.record) as OutageReport),
    feedersAt: async (query) => new Map(feedersAt.all(query).map(({ feeder, count: many }) => [feeder, many])),
    async lastReport(conversationId) {
      const row = last.get(conversationId);
      return row && (JSON.parse(row.record) as OutageReport);
    },
    countReports: async (since) => count.get(since)?.count ?? 0,
    reportersIn: createCountReporters(db, readAtOnce),
    pruneReports: createPrune(db),
  };
}

function createPrune(db: SqliteDatabase): OutageReports['pruneReports'] {
  const reports = db.sqlite.prepare<[number, string]>(
    'DELETE FROM outage_reports WHERE at < ? AND conversation_id NOT IN (SELECT value FROM json_each(?))',
  );
  const links = db.sqlite.prepare<[number, string]>(
    'DELETE FROM incident_links WHERE reported_at < ? AND conversation_id NOT IN (SELECT value FROM json_each(?))',
  );
  return (before, except = []) =>
    db.write('prune_outage_reports', () => {
      const kept = JSON.stringify(except);
      return reports.run(before, kept).changes + links.run(before, kept).changes;
    });
}
