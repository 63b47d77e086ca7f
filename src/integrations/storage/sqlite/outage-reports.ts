import {
  type KeptLink,
  LINKED_BEFORE_MS,
  type LinkCounts,
  type OutageReport,
  type OutageReports,
  type ReporterCounts,
} from '../../../bot/incidents/outage-report.ts';
import type { SqliteDatabase } from './database.ts';

interface LinkRow {
  readonly incident_id: string;
  readonly conversation_id: string;
  readonly reported_at: number;
  readonly reasons: string;
  readonly vulnerable: number;
  readonly told_at: number | null;
  readonly answer: 'back' | 'still_out' | null;
}

interface Row {
  readonly record: string;
}

/** Reports of outages and what they belong to, as rows. */
export function createSqliteOutageReports(db: SqliteDatabase): OutageReports {
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
  const last = sqlite.prepare<[string], Row>(
    'SELECT record FROM outage_reports WHERE conversation_id = ? ORDER BY at DESC, id DESC LIMIT 1',
  );
  const count = sqlite.prepare<[number], { count: number }>(
    'SELECT count(*) AS count FROM outage_reports WHERE at >= ?',
  );
  const reportersIn = sqlite.prepare<[object], ReporterCounts>(
    `SELECT count(*) AS reporters, count(*) FILTER (WHERE EXISTS (
       SELECT 1 FROM incident_links AS links WHERE links.conversation_id = them.conversation_id
         AND links.reported_at >= @linkedFrom AND links.reported_at < @to)) AS grouped
     FROM (SELECT DISTINCT conversation_id FROM outage_reports
             WHERE at >= @from AND at < @to AND record ->> 'kind' IN ('reported', 'asked')) AS them`,
  );
  const insertLink = sqlite.prepare<[string, string, number, string, number]>(
    `INSERT INTO incident_links (incident_id, conversation_id, reported_at, reasons, vulnerable) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (incident_id, conversation_id) DO NOTHING`,
  );
  const makeVulnerable = sqlite.prepare<[string, string]>(
    'UPDATE incident_links SET vulnerable = 1 WHERE incident_id = ? AND conversation_id = ?',
  );
  const linksOf = sqlite.prepare<[string], LinkRow>(
    'SELECT * FROM incident_links WHERE conversation_id = ? ORDER BY reported_at DESC, incident_id',
  );
  const linksAmong = sqlite.prepare<[string], LinkRow>(
    'SELECT links.* FROM json_each(?) AS asked JOIN incident_links AS links ON links.conversation_id = asked.value',
  );
  const untold = sqlite.prepare<[string, number], LinkRow>(
    'SELECT * FROM incident_links WHERE incident_id = ? AND told_at IS NULL ORDER BY conversation_id LIMIT ?',
  );
  const setTold = sqlite.prepare<[number, string, string]>(
    'UPDATE incident_links SET told_at = ? WHERE incident_id = ? AND conversation_id = ? AND told_at IS NULL',
  );
  const setAnswer = sqlite.prepare<[string, string, string]>(
    'UPDATE incident_links SET answer = ? WHERE incident_id = ? AND conversation_id = ?',
  );
  const counts = sqlite.prepare<[string], LinkCounts>(
    `SELECT count(*) AS linked, count(*) FILTER (WHERE vulnerable = 1) AS vulnerable, count(told_at) AS told,
       count(*) FILTER (WHERE answer = 'back') AS back, count(*) FILTER (WHERE answer = 'still_out') AS stillOut
     FROM incident_links WHERE incident_id = ?`,
  );

  return {
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
    async lastReport(conversationId) {
      const row = last.get(conversationId);
      return row && (JSON.parse(row.record) as OutageReport);
    },
    countReports: async (since) => count.get(since)?.count ?? 0,
    reportersIn: async ({ from, to }) =>
      reportersIn.get({ from, to, linkedFrom: from - LINKED_BEFORE_MS }) ?? { reporters: 0, grouped: 0 },
    link: ({ incidentId, conversationId, reportedAt, reasons, isVulnerable }) =>
      db.write('link_incident', () => {
        const flag = isVulnerable ? 1 : 0;
        if (insertLink.run(incidentId, conversationId, reportedAt, JSON.stringify(reasons), flag).changes > 0) {
          return true;
        }
        if (isVulnerable) {
          makeVulnerable.run(incidentId, conversationId);
        }
        return false;
      }),
    linksOf: async (conversationId) => linksOf.all(conversationId).map(toLink),
    linksAmong: async (conversationIds) => linksAmong.all(JSON.stringify(conversationIds)).map(toLink),
    untold: async (incidentId, limit) => untold.all(incidentId, limit).map(toLink),
    told: (incidentId, conversationId, at) =>
      db.write('tell_incident_link', () => void setTold.run(at, incidentId, conversationId)),
    answered: (incidentId, conversationId, answer) =>
      db.write('answer_incident_link', () => void setAnswer.run(answer, incidentId, conversationId)),
    async linkCounts(incidentId) {
      return counts.get(incidentId) ?? { linked: 0, vulnerable: 0, told: 0, back: 0, stillOut: 0 };
    },
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

function toLink(row: LinkRow): KeptLink {
  return {
    ...{ incidentId: row.incident_id, conversationId: row.conversation_id, reportedAt: row.reported_at },
    ...{ reasons: JSON.parse(row.reasons) as readonly string[], isVulnerable: row.vulnerable === 1 },
    ...(row.told_at !== null && { toldAt: row.told_at }),
    ...(row.answer !== null && { answer: row.answer }),
  };
}
