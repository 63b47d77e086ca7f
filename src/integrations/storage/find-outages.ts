import type { IncidentRecords } from '../../bot/incidents/incident-records.ts';
import { type ProvinceNames, placeParts, touchesCustomer, touchesPlace } from '../../bot/incidents/match-outage.ts';
import type { OutageRecords } from '../../bot/ports.ts';
import type { Outage } from '../../bot/records.ts';
import { foldWords } from '../../dialogs/fold-words.ts';
import { incidentAsOutage } from './incident-as-outage.ts';

/**
 * What an engine finds by its indexes: planned outages that touch the window, soonest first, of one of the
 * provinces (folded names), of the unit, or of a unit whose code begins so; anywhere when none is given.
 */
export type OutageCandidates = (query: Candidates) => Promise<readonly Outage[]>;

interface Candidates {
  /** UTC ms. */
  readonly from: number;
  readonly to: number;
  readonly provinces?: readonly string[];
  readonly unit?: string;
  readonly unitsFrom?: string;
}

export interface OutageSources {
  readonly planned: OutageCandidates;
  /** Planned outages that begin in the window, whatever their state, soonest first. */
  readonly scheduled: OutageRecords['planned'];
  readonly incidents: Pick<IncidentRecords, 'openIncidents'>;
}

/**
 * Outages of a customer or a place: the schedule, and the newest version of every confirmed incident. `provinceNames`
 * comes from the utility's data: old names go on being used.
 */
export function createOutageRecords(
  provinceNames: ProvinceNames,
  { planned, scheduled: listScheduled, incidents }: OutageSources,
): OutageRecords {
  async function candidates(query: Candidates): Promise<readonly Outage[]> {
    const [scheduled, open] = await Promise.all([planned(query), incidents.openIncidents()]);
    const { provinces, unit, unitsFrom, to } = query;
    const under = open
      .filter(({ state, startedAt }) => state === 'ongoing' && startedAt < to)
      .filter(
        ({ area }) =>
          (provinces === undefined && unit === undefined && unitsFrom === undefined) ||
          (unitsFrom !== undefined && area.unit?.startsWith(unitsFrom) === true) ||
          (unit !== undefined && area.unit === unit) ||
          provinces?.includes(foldWords(area.province)) === true,
      )
      .map(incidentAsOutage);
    // Files imported before incidents had records of their own may have left some among the schedule.
    return [...scheduled.filter(({ kind }) => kind === 'planned'), ...under].sort(
      (a, b) => a.from - b.from || (a.id < b.id ? -1 : 1),
    );
  }

  return {
    planned: listScheduled,
    async forCustomer(customer, window) {
      const known = provinceNames(customer.province);
      const provinces = known.length > 0 ? known : [foldWords(customer.province)];
      const found = await candidates({ ...window, provinces, unit: customer.unit });
      return found.filter((outage) => touchesCustomer(outage, customer, provinceNames));
    },
    forUnit: (code, window) => candidates({ ...window, unitsFrom: code }),
    async forPlace(place, window) {
      const parts = placeParts(place, provinceNames);
      if (parts.names.length === 0 && parts.provinces === undefined) {
        return [];
      }
      const found = await candidates({ ...window, ...(parts.provinces && { provinces: parts.provinces }) });
      return found.filter((outage) => touchesPlace(outage, parts));
    },
  };
}
