import type { OutageRecords } from '../../bot/ports.ts';
import type { Outage } from '../../bot/records.ts';
import { foldWords } from '../../dialogs/fold-words.ts';
import { type ProvinceNames, placeParts, touchesCustomer, touchesPlace } from './match-outage.ts';

/**
 * What an engine finds by its indexes: outages scheduled or ongoing that touch the window, soonest first, of one of the
 * provinces (folded names) or of the unit; anywhere when neither is given.
 */
export type OutageCandidates = (query: {
  /** UTC ms. */
  readonly from: number;
  readonly to: number;
  readonly provinces?: readonly string[];
  readonly unit?: string;
}) => Promise<readonly Outage[]>;

/** Outages of a customer or a place. `provinceNames` comes from the utility's data: old names go on being used. */
export function createOutageRecords(provinceNames: ProvinceNames, candidates: OutageCandidates): OutageRecords {
  return {
    async forCustomer(customer, window) {
      const known = provinceNames(customer.province);
      const provinces = known.length > 0 ? known : [foldWords(customer.province)];
      const found = await candidates({ ...window, provinces, unit: customer.unit });
      return found.filter((outage) => touchesCustomer(outage, customer, provinceNames));
    },
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
