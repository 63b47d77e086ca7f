import { factsOf, nextVersion } from './change-incident.ts';
import type { Incident, IncidentAuthor } from './incident.ts';
import type { IncidentRecords } from './incident-records.ts';
import type { ProvinceNames } from './match-outage.ts';
import { reasonsFor } from './match-report.ts';
import type { IncidentLink, OutageReport, OutageReports } from './outage-report.ts';

export interface LinkReportDeps {
  readonly reports: OutageReports;
  readonly incidents: IncidentRecords;
  readonly provinceNames: ProvinceNames;
}

/** Puts a report to the open incident that it belongs to; `false`: it belongs to none. */
export type LinkReport = (report: OutageReport) => Promise<boolean>;

/** Whoever makes suspicions. */
export const REPORTS: IncidentAuthor = { kind: 'reports', id: 'reports', name: 'Các báo mất điện' };

export function createLinkReport({ reports, incidents, provinceNames }: LinkReportDeps): LinkReport {
  /** A suspicion learns of further communes of its feeder; what somebody has confirmed stays as he said it. */
  async function widen(incident: Incident, { where, at }: OutageReport): Promise<void> {
    const commune = where.place?.split(' / ')[0];
    const isKnown = commune === undefined || incident.area.communes.includes(commune);
    if (incident.state !== 'suspected' || isKnown || !incident.area.feeders.includes(where.feeder ?? '')) {
      return;
    }
    const communes = [...incident.area.communes, commune];
    const area = { ...incident.area, communes, text: areaText(communes, incident.area.feeders) };
    // Somebody faster has made a newer version: the next report widens that one.
    await incidents.append(nextVersion(incident, { ...factsOf(incident), area }, REPORTS, at));
  }

  return async (report) => {
    const candidates = (await incidents.openIncidents())
      .map((incident) => ({ incident, reasons: reasonsFor(report.where, incident, provinceNames) }))
      .filter(({ reasons }) => reasons.length > 0);
    // A confirmed one before a suspicion, the younger before the older: it is the one that people write about now.
    const best = candidates.sort((a, b) => rank(b.incident) - rank(a.incident))[0];
    if (best === undefined) {
      return false;
    }
    await reports.link(linkOf(best.incident, report, best.reasons));
    await widen(best.incident, report);
    return true;
  };
}

export function linkOf(incident: Incident, report: OutageReport, reasons: readonly string[]): IncidentLink {
  const { conversationId, at: reportedAt, isVulnerable } = report;
  return { incidentId: incident.id, conversationId, reportedAt, reasons, isVulnerable };
}

export function areaText(communes: readonly string[], feeders: readonly string[]): string {
  const line = feeders.length === 0 ? '' : ` (xuất tuyến ${feeders.join(', ')})`;
  return `${communes.join(', ')}${line}`;
}

function rank({ state, startedAt }: Incident): number {
  return (state === 'ongoing' ? 1e15 : 0) + startedAt;
}
