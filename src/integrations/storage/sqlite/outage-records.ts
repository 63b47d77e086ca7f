import type { IncidentRecords } from '../../../bot/incidents/incident-records.ts';
import type { ProvinceNames } from '../../../bot/incidents/match-outage.ts';
import type { OutageRecords } from '../../../bot/ports.ts';
import type { Outage, PlannedOutage } from '../../../bot/records.ts';
import { createOutageRecords, type OutageCandidates } from '../find-outages.ts';
import type { SqliteDatabase } from './database.ts';

interface Row {
  readonly record: string;
}

const TOUCHES_WINDOW = `state IN ('scheduled', 'ongoing') AND starts_at < @to AND (ends_at IS NULL OR ends_at > @from)`;

/** Planned outages as rows, beside the incidents. */
export function createSqliteOutageRecords(
  { sqlite }: SqliteDatabase,
  {
    provinceNames,
    incidents,
  }: { readonly provinceNames: ProvinceNames; readonly incidents: Pick<IncidentRecords, 'openIncidents'> },
): OutageRecords {
  const inProvinces = sqlite.prepare<[object], Row>(
    `SELECT record FROM outages WHERE ${TOUCHES_WINDOW}
     AND (unit = @unit OR province_key IN (SELECT value FROM json_each(@provinces))) ORDER BY starts_at, id`,
  );
  const anywhere = sqlite.prepare<[object], Row>(
    `SELECT record FROM outages WHERE ${TOUCHES_WINDOW} ORDER BY starts_at, id`,
  );

  const ofUnits = sqlite.prepare<[object], Row>(
    `SELECT record FROM outages WHERE ${TOUCHES_WINDOW}
     AND substr(unit, 1, length(@unitsFrom)) = @unitsFrom ORDER BY starts_at, id`,
  );

  const beginning = sqlite.prepare<[object], Row>(
    `SELECT record FROM outages WHERE starts_at >= @from AND starts_at < @to
       AND json_extract(record, '$.kind') = 'planned' ORDER BY starts_at, id`,
  );

  const planned: OutageCandidates = async ({ from, to, provinces, unit = '', unitsFrom }) => {
    if (unitsFrom !== undefined) {
      return ofUnits.all({ from, to, unitsFrom }).map((row) => JSON.parse(row.record) as Outage);
    }
    const rows =
      provinces === undefined
        ? anywhere.all({ from, to })
        : inProvinces.all({ from, to, unit, provinces: JSON.stringify(provinces) });
    return rows.map((row) => JSON.parse(row.record) as Outage);
  };
  const scheduled = async (window: { readonly from: number; readonly to: number }) =>
    beginning.all(window).map((row) => JSON.parse(row.record) as PlannedOutage);
  return createOutageRecords(provinceNames, { planned, scheduled, incidents });
}
