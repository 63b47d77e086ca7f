import type { ReportPlace } from '../../bot/incidents/outage-report.ts';
import type { Customer } from '../../bot/records.ts';

/** Where a customer's power comes from, and where it goes. */
export function whereOf({ feeder, transformer, unit, commune, district, province }: Customer): ReportPlace {
  return {
    unit,
    ...(feeder !== undefined && { feeder }),
    ...(transformer !== undefined && { transformer }),
    ...(commune !== undefined && { place: [commune, district, province].filter(Boolean).join(' / ') }),
  };
}
