import type { Incident } from './incident.ts';
import { createLinkReport } from './link-report.ts';
import type { KeptLink, OutageReport } from './outage-report.ts';
import { createSuspectOutage, type SuspectOutageDeps } from './suspect-outage.ts';

export interface MoveStrangers {
  /**
   * Those who were put to an incident by their place, while its lines turn out to be others than theirs, go to the one of
   * their own line, or to a suspicion of it. Of whom nothing better is known stays where he is.
   */
  all(incident: Incident): Promise<void>;
  /** The same for one link; `false`: nothing better is known. */
  one(incident: Incident, link: KeptLink): Promise<boolean>;
}

const MOST_STRANGERS = 2_000;
const LOOKED_BACK_MS = 86_400_000;
const MOST_ENDED = 100;

export function createMoveStrangers(deps: SuspectOutageDeps): MoveStrangers {
  const { reports, incidents, clock } = deps;
  const linkReport = createLinkReport(deps);
  const { begin } = createSuspectOutage(deps);

  /** What his report says, as of the time of his link. */
  async function reportOf({ conversationId, reportedAt, isVulnerable }: KeptLink): Promise<OutageReport | undefined> {
    const last = await reports.lastReport(conversationId);
    if (last === undefined) {
      return undefined;
    }
    const { toldOf: _wasTold, ...report } = last;
    return { ...report, at: reportedAt, isVulnerable };
  }

  /** What is open, and what was so when he reported: it may have ended in the same moment. */
  async function othersAt(incident: Incident, reportedAt: number): Promise<readonly Incident[]> {
    const ended = await incidents.endedIncidents(clock.now() - LOOKED_BACK_MS, MOST_ENDED);
    const restored = ended.filter(({ state, restoredAt = 0 }) => state === 'restored' && reportedAt <= restoredAt);
    return [...(await incidents.openIncidents()), ...restored].filter(({ id }) => id !== incident.id);
  }

  async function move(incident: Incident, report: OutageReport): Promise<boolean> {
    if (!(await linkReport(report, await othersAt(incident, report.at)))) {
      return false;
    }
    await reports.unlink(incident.id, report.conversationId);
    return true;
  }

  return {
    async one(incident, link) {
      const report = await reportOf(link);
      return report !== undefined && (await move(incident, report));
    },
    async all(incident) {
      const left: OutageReport[] = [];
      for (const link of await reports.strangers(incident.id, incident.area.feeders, MOST_STRANGERS)) {
        const report = await reportOf(link);
        if (report !== undefined && !(await move(incident, report))) {
          left.push(report);
        }
      }
      for (const [feeder, together] of Map.groupBy(left, ({ where }) => where.feeder)) {
        if (feeder !== undefined && (await begin(`feeder/${feeder}`, together)) !== undefined) {
          for (const { conversationId } of together) {
            await reports.unlink(incident.id, conversationId);
          }
        }
      }
    },
  };
}
