import type { DialogEngine } from '../../dialogs/dialog-engine.ts';
import type { Provenance } from '../../dialogs/provenance.ts';
import type { TellRecipient } from '../notices/tell-recipient.ts';
import type { Clock } from '../ports.ts';
import type { Incident } from './incident.ts';
import type { IncidentRecords } from './incident-records.ts';
import type { KeptLink, OutageReports } from './outage-report.ts';

export interface TellRestoredDeps {
  readonly incidents: Pick<IncidentRecords, 'endedIncidents'>;
  readonly reports: Pick<OutageReports, 'untold' | 'told' | 'link'>;
  readonly tell: TellRecipient;
  readonly engine: Pick<DialogEngine, 'question'>;
  /** A moment in words, for example "20:15 thứ Bảy 28/11/2026". */
  readonly momentWords: (at: number) => string;
  readonly clock: Clock;
}

const LOOKED_BACK_MS = 7 * 86_400_000;
/** "The power is back" a day later is no news. */
const OF_USE_MS = 86_400_000;
const MOST_INCIDENTS = 100;
const AT_ONCE = 200;

/**
 * One round of telling everybody of an incident how it ended: each once, in the conversation in which he reported or
 * asked, also when the process dies on the way. Returns how many links it has done with.
 */
export function createTellRestored(deps: TellRestoredDeps): () => Promise<number> {
  const { incidents, reports, tell, momentWords, clock } = deps;
  const { question } = deps.engine;

  async function settle(incident: Incident, link: KeptLink): Promise<void> {
    switch (incident.state) {
      case 'restored':
        await tellOne(incident, link);
        break;
      case 'merged':
        await reports.link({ ...link, incidentId: incident.mergedInto ?? incident.id });
        break;
      default:
        // It was no incident: there is nothing to be told.
        break;
    }
    await reports.told(incident.id, link.conversationId, clock.now());
  }

  async function tellOne(incident: Incident, { conversationId }: KeptLink): Promise<void> {
    const restoredAt = incident.restoredAt ?? incident.updatedAt;
    await tell(
      { conversationId },
      {
        event: `incident/${incident.id}/restored`,
        topic: 'restoration',
        replies: question('power-restored', {
          restored_area: incident.area.text,
          restored_at: momentWords(restoredAt),
        }),
        provenance: [provenanceOf(incident)],
        isAsked: true,
        expiresAt: restoredAt + OF_USE_MS,
      },
    );
  }

  return async () => {
    let done = 0;
    for (const incident of await incidents.endedIncidents(clock.now() - LOOKED_BACK_MS, MOST_INCIDENTS)) {
      for (const link of await reports.untold(incident.id, AT_ONCE)) {
        await settle(incident, link);
        done += 1;
      }
    }
    return done;
  };
}

function provenanceOf({ id, version, updatedAt }: Incident): Provenance {
  return { record: 'incident', id, version: String(version), asOf: new Date(updatedAt).toISOString() };
}
