import type { IncidentRecords } from '../../bot/incidents/incident-records.ts';
import type { OutageReports } from '../../bot/incidents/outage-report.ts';
import type { ConversationId } from '../../bot/message.ts';
import type { OpenConversation } from '../../bot/ports.ts';

export interface FoldDeps {
  readonly incidents: Pick<IncidentRecords, 'openIncidents'>;
  readonly reports: Pick<OutageReports, 'linksAmong'>;
}

/** Somebody who waits, with what the order of the queue goes by. */
export interface WaitingConversation extends OpenConversation {
  readonly isVulnerable: boolean;
  readonly isLongWait: boolean;
}

/** Conversations that one answer may serve, in the order of the queue. */
export interface FoldedLine {
  readonly incidentId: string;
  /** Area of the incident. */
  readonly area: string;
  readonly members: readonly WaitingConversation[];
  /** UTC ms. */
  readonly waitingSince: number;
}

interface FoldedQueue {
  readonly queue: readonly WaitingConversation[];
  readonly folded: readonly FoldedLine[];
}

/** One conversation is no crowd. */
const LEAST_FOLDED = 2;

/**
 * Puts those who wait about one open incident into one line. Emergencies, the vulnerable and those whose agent is gone
 * stay by themselves, whatever they wait about.
 */
export async function foldQueue(
  waiting: readonly WaitingConversation[],
  { incidents, reports }: FoldDeps,
): Promise<FoldedQueue> {
  const open = new Map((await incidents.openIncidents()).map((incident) => [incident.id, incident]));
  const inCrowd = waiting.filter(
    ({ priority, isVulnerable, extras }) => priority !== 'emergency' && !isVulnerable && extras.isReturned !== true,
  );
  if (open.size === 0 || inCrowd.length < LEAST_FOLDED) {
    return { queue: waiting, folded: [] };
  }
  const incidentOf = await latestIncidents(inCrowd, new Set(open.keys()), reports);
  const groups = Map.groupBy(inCrowd, ({ conversationId }) => incidentOf.get(conversationId));
  const folded = [...groups].flatMap(([incidentId, members]): readonly FoldedLine[] => {
    const incident = incidentId === undefined ? undefined : open.get(incidentId);
    return incident === undefined || members.length < LEAST_FOLDED
      ? []
      : [
          {
            ...{ incidentId: incident.id, area: incident.area.text },
            members,
            waitingSince: members.reduce((oldest, one) => Math.min(oldest, one.waitingSince ?? one.lastAt), Infinity),
          },
        ];
  });
  const hidden = new Set(folded.flatMap(({ members }) => members.map(({ conversationId }) => conversationId)));
  return { queue: waiting.filter(({ conversationId }) => !hidden.has(conversationId)), folded };
}

/** Of each conversation the open incident that it was last put to; of whom one of them calls vulnerable, none. */
async function latestIncidents(
  waiting: readonly WaitingConversation[],
  open: ReadonlySet<string>,
  reports: FoldDeps['reports'],
): Promise<ReadonlyMap<ConversationId, string>> {
  const links = await reports.linksAmong(waiting.map(({ conversationId }) => conversationId));
  const ofOpen = links.filter(({ incidentId }) => open.has(incidentId)).sort((a, b) => a.reportedAt - b.reportedAt);
  const latest = new Map(ofOpen.map(({ conversationId, incidentId }) => [conversationId, incidentId]));
  for (const { conversationId, isVulnerable } of ofOpen) {
    if (isVulnerable) {
      latest.delete(conversationId);
    }
  }
  return latest;
}
