import type { IncidentRecords } from '../../bot/incidents/incident-records.ts';
import type { OutageReports } from '../../bot/incidents/outage-report.ts';
import type { FoldedIncident, QueueRow } from './desk-api/queue.ts';

export interface FoldDeps {
  readonly incidents: Pick<IncidentRecords, 'openIncidents'>;
  readonly reports: Pick<OutageReports, 'linksOf'>;
}

interface FoldedQueue {
  readonly queue: readonly QueueRow[];
  readonly folded: readonly FoldedIncident[];
}

/** One conversation is no crowd. */
const LEAST_FOLDED = 2;

/**
 * Puts those who wait about one open incident into one line. Emergencies, the vulnerable and those whose agent is gone
 * stay by themselves, whatever they wait about.
 */
export async function foldQueue(queue: readonly QueueRow[], { incidents, reports }: FoldDeps): Promise<FoldedQueue> {
  const open = new Map((await incidents.openIncidents()).map((incident) => [incident.id, incident]));
  if (open.size === 0 || queue.length < LEAST_FOLDED) {
    return { queue, folded: [] };
  }
  const incidentOf = async (row: QueueRow): Promise<string | undefined> => {
    if (row.priority === 'emergency' || row.isVulnerable || row.extras.isReturned === true) {
      return undefined;
    }
    const links = await reports.linksOf(row.conversationId);
    return links.find(({ incidentId, isVulnerable }) => open.has(incidentId) && !isVulnerable)?.incidentId;
  };
  const rows = await Promise.all(queue.map(async (row) => ({ row, incident: await incidentOf(row) })));
  const groups = Map.groupBy(rows, ({ incident }) => incident);
  const folded = [...groups].flatMap(([incidentId, members]): readonly FoldedIncident[] => {
    const incident = incidentId === undefined ? undefined : open.get(incidentId);
    return incident === undefined || members.length < LEAST_FOLDED
      ? []
      : [
          {
            ...{ incidentId: incident.id, area: incident.area.text },
            conversationIds: members.map(({ row }) => row.conversationId),
            waitingSince: Math.min(...members.map(({ row }) => row.waitingSince ?? row.lastAt)),
          },
        ];
  });
  const hidden = new Set(folded.flatMap(({ conversationIds }) => conversationIds));
  return { queue: queue.filter(({ conversationId }) => !hidden.has(conversationId)), folded };
}
