import { byStart, type Incident, isOpen } from '../../../bot/incidents/incident.ts';
import type { IncidentRecords } from '../../../bot/incidents/incident-records.ts';
import type { SqliteDatabase } from './database.ts';

interface Row {
  readonly record: string;
}

/** Incidents as rows, one for each version. */
export function createSqliteIncidentRecords(db: SqliteDatabase): IncidentRecords {
  const insert = db.sqlite.prepare<[string, number, string, number, string]>(
    `INSERT INTO incidents (id, version, state, updated_at, record) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id, version) DO NOTHING`,
  );
  const begin = db.sqlite.prepare<[string]>('INSERT INTO open_incidents (id) VALUES (?) ON CONFLICT (id) DO NOTHING');
  const end = db.sqlite.prepare<[string]>('DELETE FROM open_incidents WHERE id = ?');
  const newest = db.sqlite.prepare<[string], Row>(
    'SELECT record FROM incidents WHERE id = ? ORDER BY version DESC LIMIT 1',
  );
  const open = db.sqlite.prepare<[], Row>(
    `SELECT (SELECT record FROM incidents WHERE id = open_incidents.id ORDER BY version DESC LIMIT 1) AS record
     FROM open_incidents`,
  );
  const ended = db.sqlite.prepare<[number, number], Row>(
    `SELECT record FROM incidents WHERE updated_at >= ? AND state NOT IN ('suspected', 'ongoing')
     ORDER BY updated_at DESC, id LIMIT ?`,
  );
  const versions = db.sqlite.prepare<[string], Row>('SELECT record FROM incidents WHERE id = ? ORDER BY version');
  return {
    append: (incident) =>
      db.write('append_incident', () => {
        const { id, version, state, updatedAt } = incident;
        if (insert.run(id, version, state, updatedAt, JSON.stringify(incident)).changes === 0) {
          return 'version_taken';
        }
        (isOpen(incident) ? begin : end).run(id);
        return 'appended';
      }),
    async incident(id) {
      const row = newest.get(id);
      return row && parse(row);
    },
    openIncidents: async () => open.all().map(parse).sort(byStart),
    endedIncidents: async (since, limit) => ended.all(since, limit).map(parse),
    incidentVersions: async (id) => versions.all(id).map(parse),
  };
}

function parse({ record }: Row): Incident {
  return JSON.parse(record) as Incident;
}
