import type { IncidentLinks, KeptLink, LinkCounts } from '../../../bot/incidents/outage-report.ts';
import type { SqliteDatabase } from './database.ts';

interface LinkRow {
  readonly incident_id: string;
  readonly conversation_id: string;
  readonly reported_at: number;
  readonly reasons: string;
  readonly vulnerable: number;
  readonly told_at: number | null;
  readonly answer: 'back' | 'still_out' | null;
  readonly lines: string | null;
}

/** Which conversations belong to which incident, as rows. */
export function createSqliteIncidentLinks(db: SqliteDatabase): IncidentLinks {
  const { sqlite } = db;
  const insertLink = sqlite.prepare<[string, string, number, string, number, string | null]>(
    `INSERT INTO incident_links (incident_id, conversation_id, reported_at, reasons, vulnerable, lines)
     VALUES (?, ?, ?, ?, ?, ?)
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
  const strangers = sqlite.prepare<[object], LinkRow>(
    `SELECT * FROM incident_links WHERE incident_id = @incidentId AND told_at IS NULL AND lines IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM json_each(lines) WHERE value IN (SELECT value FROM json_each(@known)))
     ORDER BY conversation_id LIMIT @limit`,
  );
  const unlink = sqlite.prepare<[string, string]>(
    'DELETE FROM incident_links WHERE incident_id = ? AND conversation_id = ?',
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
    link: ({ incidentId, conversationId, reportedAt, reasons, isVulnerable, lines }) =>
      db.write('link_incident', () => {
        const rest = [JSON.stringify(reasons), isVulnerable ? 1 : 0, lines ? JSON.stringify(lines) : null] as const;
        if (insertLink.run(incidentId, conversationId, reportedAt, ...rest).changes > 0) {
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
    strangers: async (incidentId, lines, limit) =>
      strangers.all({ incidentId, known: JSON.stringify(lines), limit }).map(toLink),
    unlink: (incidentId, conversationId) =>
      db.write('unlink_incident', () => void unlink.run(incidentId, conversationId)),
    told: (incidentId, conversationId, at) =>
      db.write('tell_incident_link', () => void setTold.run(at, incidentId, conversationId)),
    answered: (incidentId, conversationId, answer) =>
      db.write('answer_incident_link', () => void setAnswer.run(answer, incidentId, conversationId)),
    async linkCounts(incidentId) {
      return counts.get(incidentId) ?? { linked: 0, vulnerable: 0, told: 0, back: 0, stillOut: 0 };
    },
  };
}

function toLink(row: LinkRow): KeptLink {
  return {
    ...{ incidentId: row.incident_id, conversationId: row.conversation_id, reportedAt: row.reported_at },
    ...{ reasons: JSON.parse(row.reasons) as readonly string[], isVulnerable: row.vulnerable === 1 },
    ...(row.told_at !== null && { toldAt: row.told_at }),
    ...(row.answer !== null && { answer: row.answer }),
    ...(row.lines !== null && { lines: JSON.parse(row.lines) as readonly string[] }),
  };
}
