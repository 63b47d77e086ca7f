import type { Customer } from '../records.ts';
import type { ReportPlace } from './outage-report.ts';

/** Where a customer's power comes from, and where it goes. */
export function whereOf({ feeder, transformer, unit, commune, district, province }: Customer): ReportPlace {
  return {
    unit,
    ...(feeder !== undefined && { feeder }),
    ...(transformer !== undefined && { transformer }),
    ...(commune !== undefined && { place: [commune, district, province].filter(Boolean).join(' / ') }),
  };
}
