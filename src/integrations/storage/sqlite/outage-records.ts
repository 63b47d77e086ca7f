import type { OutageRecords } from '../../../bot/ports.ts';
import type { Outage } from '../../../bot/records.ts';
import { foldWords } from '../../../dialogs/fold-words.ts';
import { type PlaceParts, type ProvinceNames, placeParts, touchesCustomer, touchesPlace } from '../match-outage.ts';
import type { SqliteDatabase } from './database.ts';

interface Row {
  readonly record: string;
}

const TOUCHES_WINDOW = `state IN ('scheduled', 'ongoing') AND starts_at < @to AND (ends_at IS NULL OR ends_at > @from)`;

/** Planned outages and incidents. `provinceNames` comes from the utility's data: old names go on being used. */
export function createSqliteOutageRecords(
  { sqlite }: SqliteDatabase,
  { provinceNames }: { readonly provinceNames: ProvinceNames },
): OutageRecords {
  const inProvinces = sqlite.prepare<[object], Row>(
    `SELECT record FROM outages WHERE ${TOUCHES_WINDOW}
     AND (unit = @unit OR province_key IN (SELECT value FROM json_each(@provinces))) ORDER BY starts_at, id`,
  );
  const anywhere = sqlite.prepare<[object], Row>(
    `SELECT record FROM outages WHERE ${TOUCHES_WINDOW} ORDER BY starts_at, id`,
  );

  function candidates({ provinces }: PlaceParts, window: { from: number; to: number }, unit = ''): readonly Outage[] {
    const rows =
      provinces === undefined
        ? anywhere.all(window)
        : inProvinces.all({ ...window, unit, provinces: JSON.stringify(provinces) });
    return rows.map((row) => JSON.parse(row.record) as Outage);
  }

  return {
    async forCustomer(customer, window) {
      const known = provinceNames(customer.province);
      const provinces = known.length > 0 ? known : [foldWords(customer.province)];
      return candidates({ names: [], provinces }, window, customer.unit).filter((outage) =>
        touchesCustomer(outage, customer, provinceNames),
      );
    },
    async forPlace(place, window) {
      const parts = placeParts(place, provinceNames);
      if (parts.names.length === 0 && parts.provinces === undefined) {
        return [];
      }
      return candidates(parts, window).filter((outage) => touchesPlace(outage, parts));
    },
  };
}
