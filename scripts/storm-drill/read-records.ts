import type { Incident } from '../../src/bot/incidents/incident.ts';
import type { OutageReport } from '../../src/bot/incidents/outage-report.ts';
import type { Ticket } from '../../src/bot/records.ts';
import type { SqliteDatabase } from '../../src/integrations/storage/sqlite/database.ts';
import type { NestedTicket } from './judge-storm-drill.ts';
import { OUTAGES } from './places.ts';

/** What the product keeps of each conversation, read once from its file. */
export interface ProductRecords {
  reportedAt(conversationId: string): number | undefined;
  belongsTo(conversationId: string): readonly string[];
  isVulnerable(conversationId: string): boolean;
  nested(conversationId: string): readonly NestedTicket[];
  uncertain(conversationId: string): number;
  /** With all others who waited about an incident. */
  isAnsweredTogether(conversationId: string): boolean;
}

interface Link {
  readonly conversation_id: string;
  readonly incident_id: string;
  readonly vulnerable: number;
}

export function readRecords({ sqlite }: SqliteDatabase): ProductRecords {
  const records = <T>(sql: string) =>
    (sqlite.prepare(sql).pluck().all() as string[]).map((row) => JSON.parse(row) as T);
  const reports = new Map<string, number>();
  for (const { conversationId, at } of records<OutageReport>('SELECT record FROM outage_reports ORDER BY at DESC')) {
    reports.set(conversationId, at);
  }
  const incidents = new Map(
    records<Incident>('SELECT record FROM incidents ORDER BY version').map((incident) => [incident.id, incident]),
  );
  const links = Map.groupBy(
    sqlite.prepare<[], Link>('SELECT conversation_id, incident_id, vulnerable FROM incident_links').all(),
    ({ conversation_id: id }) => id,
  );
  const tickets = Map.groupBy(
    records<Ticket>('SELECT record FROM tickets').filter(({ details }) => details['first_report_at'] !== undefined),
    ({ conversationId }) => conversationId,
  );
  const uncertain = new Map(
    sqlite
      .prepare<[], { id: string; count: number }>(
        `SELECT conversation_id AS id, count(*) AS count FROM deliveries WHERE state = 'uncertain' GROUP BY 1`,
      )
      .all()
      .map(({ id, count }) => [id, count]),
  );

  const together = new Set(
    sqlite
      .prepare("SELECT DISTINCT conversation_id FROM turns WHERE details ->> 'act' = 'answer_incident'")
      .pluck()
      .all(),
  );

  function outageOf(incidentId: string): string {
    const incident = incidents.get(incidentId);
    if (incident?.state === 'merged') {
      return outageOf(incident.mergedInto ?? '');
    }
    const isReal = incident?.state === 'restored' || incident?.state === 'ongoing';
    return OUTAGES.find(({ feeder }) => isReal && incident.area.feeders.includes(feeder))?.name ?? '';
  }

  return {
    reportedAt: (id) => reports.get(id),
    belongsTo: (id) => [...new Set((links.get(id) ?? []).map((link) => outageOf(link.incident_id)))],
    isVulnerable: (id) => (links.get(id) ?? []).some(({ vulnerable }) => vulnerable === 1),
    nested: (id) =>
      (tickets.get(id) ?? []).map(({ priority, details }) => ({
        priority,
        firstReportAt: Date.parse(details['first_report_at'] ?? ''),
      })),
    uncertain: (id) => uncertain.get(id) ?? 0,
    isAnsweredTogether: (id) => together.has(id),
  };
}
