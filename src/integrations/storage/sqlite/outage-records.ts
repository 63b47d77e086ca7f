import type { OutageRecords } from '../../../bot/ports.ts';
import type { Outage } from '../../../bot/records.ts';
import { createOutageRecords } from '../find-outages.ts';
import type { ProvinceNames } from '../match-outage.ts';
import type { SqliteDatabase } from './database.ts';

interface Row {
  readonly record: string;
}

const TOUCHES_WINDOW = `state IN ('scheduled', 'ongoing') AND starts_at < @to AND (ends_at IS NULL OR ends_at > @from)`;

/** Planned outages and incidents as rows. */
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

  return createOutageRecords(provinceNames, async ({ from, to, provinces, unit = '' }) => {
    const rows =
      provinces === undefined
        ? anywhere.all({ from, to })
        : inProvinces.all({ from, to, unit, provinces: JSON.stringify(provinces) });
    return rows.map((row) => JSON.parse(row.record) as Outage);
  });
}
