import { factsOf, nextVersion } from './change-incident.ts';
import type { Incident, IncidentAuthor } from './incident.ts';
import type { IncidentRecords } from './incident-records.ts';
import { countOn, type LinesAround, linesAround, NO_LINES } from './lines-around.ts';
import type { ProvinceNames } from './match-outage.ts';
import { isStranger, linesOf, reasonsFor } from './match-report.ts';
import type { IncidentLink, OutageReport, OutageReports } from './outage-report.ts';

export interface LinkReportDeps {
  readonly reports: OutageReports;
  readonly incidents: IncidentRecords;
  readonly provinceNames: ProvinceNames;
}

/** Puts a report to the incident that it belongs to, of these; `false`: it belongs to none. */
export type LinkReport = (report: OutageReport, among: readonly Incident[]) => Promise<boolean>;

/** Whoever makes suspicions. */
export const REPORTS: IncidentAuthor = { kind: 'reports', id: 'reports', name: 'Các báo mất điện' };

const WAS_TOLD = 'khách đã được trả lời về sự cố này';

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

  function reasonsOf(report: OutageReport, incident: Incident): readonly string[] {
    const reasons = reasonsFor(report.where, incident, provinceNames);
    const isPromised = report.toldOf === incident.id && !isStranger(linesOf(report.where), incident);
    return reasons.length === 0 && isPromised ? [WAS_TOLD] : reasons;
  }

  return async (report, among) => {
    const candidates = among
      .map((incident) => ({ incident, reasons: reasonsOf(report, incident) }))
      .filter(({ reasons }) => reasons.length > 0);
    // Several lines may run through one commune: then it is the likelier one.
    const around =
      candidates.length > 1 ? await linesAround(report.where, report.at, { reports, provinceNames }) : NO_LINES;
    const ranked = candidates.map((one) => ({ ...one, rank: rankOf(one.incident, report, around) }));
    const best = ranked.sort((a, b) => compareRanks(b.rank, a.rank))[0];
    if (best === undefined) {
      return false;
    }
    const reasons = [...best.reasons, ...reasonsAround(best.incident, around)];
    await reports.link(linkOf(best.incident, report, reasons));
    await widen(best.incident, report);
    return true;
  };
}

export function linkOf(incident: Incident, report: OutageReport, reasons: readonly string[]): IncidentLink {
  const { conversationId, at: reportedAt, isVulnerable, where } = report;
  const lines = linesOf(where);
  return {
    ...{ incidentId: incident.id, conversationId, reportedAt, reasons, isVulnerable },
    ...(lines.length > 0 && { lines }),
  };
}

export function areaText(communes: readonly string[], feeders: readonly string[]): string {
  const line = feeders.length === 0 ? '' : ` (xuất tuyến ${feeders.join(', ')})`;
  return `${communes.join(', ')}${line}`;
}

/**
 * The one that the customer was told of goes first: he was promised to hear of its end. Then a confirmed one before a
 * suspicion, his own line before his commune, the line of most of his neighbours, and the younger before the older: it is
 * what people write about now.
 */
function rankOf(incident: Incident, { toldOf, where }: OutageReport, around: LinesAround): readonly number[] {
  const { id, state, startedAt, area } = incident;
  const isOwnLine = linesOf(where).some((line) => area.feeders.includes(line));
  return [id === toldOf, state !== 'suspected', isOwnLine, countOn(area.feeders, around), startedAt].map(Number);
}

/** In words for the desk, when the neighbours have told the lines apart. */
function reasonsAround({ area }: Incident, around: LinesAround): readonly string[] {
  const all = countOn([...around.keys()], around);
  const own = countOn(area.feeders, around);
  return own === 0
    ? []
    : [`${own} trong ${all} khách có mã báo từ đó gần đây thuộc xuất tuyến ${area.feeders.join(', ')}`];
}

function compareRanks(one: readonly number[], other: readonly number[]): number {
  const differing = one.findIndex((value, index) => value !== other[index]);
  return differing < 0 ? 0 : (one[differing] ?? 0) - (other[differing] ?? 0);
}
