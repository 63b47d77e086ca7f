import type { DialogEngine } from '../../dialogs/dialog-engine.ts';
import type { Provenance } from '../../dialogs/provenance.ts';
import { fewWords } from '../few-words.ts';
import type { TellRecipient } from '../notices/tell-recipient.ts';
import type { Incident } from './incident.ts';
import { isStranger } from './match-report.ts';
import { createMoveStrangers } from './move-strangers.ts';
import type { KeptLink } from './outage-report.ts';
import type { SuspectOutageDeps } from './suspect-outage.ts';

export interface TellRestoredDeps extends SuspectOutageDeps {
  readonly tell: TellRecipient;
  readonly engine: Pick<DialogEngine, 'question'>;
  /** A moment in words, for example "20:15 thứ Bảy 28/11/2026". */
  readonly momentWords: (at: number) => string;
}

const LOOKED_BACK_MS = 7 * 86_400_000;
/** "The power is back" a day later is no news. */
const OF_USE_MS = 86_400_000;
const MOST_INCIDENTS = 100;
const AT_ONCE = 200;
const MOST_AREA_WORDS = 24;

/**
 * One round of telling everybody of an incident how it ended: each once, in the conversation in which he reported or
 * asked, also when the process dies on the way. Returns how many links it has done with.
 */
export function createTellRestored(deps: TellRestoredDeps): () => Promise<number> {
  const { incidents, reports, tell, momentWords, clock } = deps;
  const { question } = deps.engine;
  const strangers = createMoveStrangers(deps);

  async function settle(incident: Incident, link: KeptLink): Promise<void> {
    switch (incident.state) {
      case 'restored':
        if (await isMoved(incident, link)) {
          return;
        }
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

  /** Put to it by his place, and his line is another that is known to be out, or to have been. */
  async function isMoved(incident: Incident, link: KeptLink): Promise<boolean> {
    return isStranger(link.lines ?? [], incident) && (await strangers.one(incident, link));
  }

  /** Links are made once; who has asked again since has asked then. */
  async function lastAsked({ conversationId, reportedAt }: KeptLink): Promise<number> {
    const last = await reports.lastReport(conversationId);
    return last?.kind === 'reported' || last?.kind === 'asked' ? Math.max(last.at, reportedAt) : reportedAt;
  }

  async function tellOne(incident: Incident, link: KeptLink): Promise<void> {
    const { conversationId } = link;
    const restoredAt = incident.restoredAt ?? incident.updatedAt;
    await tell(
      { conversationId },
      {
        event: `incident/${incident.id}/restored`,
        topic: 'restoration',
        replies: question('power-restored', {
          restored_area: fewWords(incident.area.text, MOST_AREA_WORDS),
          restored_at: momentWords(restoredAt),
        }),
        provenance: [provenanceOf(incident)],
        askedAt: await lastAsked(link),
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
