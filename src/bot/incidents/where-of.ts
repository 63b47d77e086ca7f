import type { Customer } from '../records.ts';
import type { ReportPlace } from './outage-report.ts';

/** Where a customer's power comes from, and where it goes. */
export function whereOf(customer: Customer): ReportPlace {
  const { feeder, transformer, unit, commune } = customer;
  return {
    unit,
    ...(feeder !== undefined && { feeder }),
    ...(transformer !== undefined && { transformer }),
    ...(commune !== undefined && { place: homeOf(customer) }),
  };
}

/** The place of a contract: `commune / district / province`, or its province alone where no more is known for sure. */
export function homeOf({ commune, district, province }: Pick<Customer, 'commune' | 'district' | 'province'>): string {
  return commune === undefined ? province : [commune, district, province].filter(Boolean).join(' / ');
}
