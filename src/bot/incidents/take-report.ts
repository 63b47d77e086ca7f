import type { Incident } from './incident.ts';
import { createLinkReport } from './link-report.ts';
import { groupKeysOf } from './match-report.ts';
import type { OutageReport } from './outage-report.ts';
import { createSuspectOutage, type SuspectOutageDeps } from './suspect-outage.ts';

/** Keeps a report and puts it where it belongs: the same one twice is one report. */
export type TakeReport = (report: OutageReport) => Promise<void>;

/** Groups reports as they come: to an open incident, or with others that share their feeder or place to a suspicion. */
export function createTakeReport(deps: SuspectOutageDeps): TakeReport {
  const { reports, incidents, provinceNames } = deps;
  const linkReport = createLinkReport(deps);
  const { suspect } = createSuspectOutage(deps);

  /** What may have ended since the customer was told of it goes on being his: he waits to hear of its end. */
  async function incidentsFor({ toldOf }: OutageReport): Promise<readonly Incident[]> {
    const open = await incidents.openIncidents();
    const isEnded = toldOf !== undefined && !open.some(({ id }) => id === toldOf);
    const ended = isEnded ? await incidents.incident(toldOf) : undefined;
    return ended?.state === 'restored' ? [...open, ended] : open;
  }

  return async (report) => {
    await reports.addReport(report, groupKeysOf(report.where, provinceNames));
    if (report.kind === 'back') {
      return;
    }
    if (!(await linkReport(report, await incidentsFor(report)))) {
      await suspect(report);
    }
  };
}
