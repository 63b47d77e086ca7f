import type { Day, Tariffs, VatPeriod } from './tariff.ts';

/** The groups that pay household prices. Every other group is named in the price decision itself. */
export const HOUSEHOLD = 'household';
const HOUSEHOLD_PREPAID = 'household_prepaid';
const UNDECLARED_TENANTS = 'household_undeclared_tenants';

/** What one group pays on one day, with the decision it comes from. */
export type PriceSchedule = PriceBasis &
  (
    | { readonly kind: 'tiers'; readonly widths: readonly number[]; readonly prices: readonly number[] }
    | { readonly kind: 'single'; readonly price: number }
    | { readonly kind: 'hours'; readonly normal: number; readonly offPeak?: number; readonly peak?: number }
  );

/** Where a price comes from: told to the customer with the price. */
export interface PriceBasis {
  readonly decision: string;
  readonly from: Day;
  readonly source: string;
}

/** Whether the group pays a household price, so that its meter is not read on the day of a price change. */
export function isHouseholdGroup(group: string): boolean {
  return group === HOUSEHOLD || group === HOUSEHOLD_PREPAID || group === UNDECLARED_TENANTS;
}

/** The prices of a group on a day; `undefined` where no decision in the table covers the day. */
export function pricesOn(group: string, day: Day, tariffs: Tariffs): PriceSchedule | undefined {
  return isHouseholdGroup(group) ? householdPrices(group, day, tariffs) : groupPrices(group, day, tariffs);
}

/** The VAT row of a day; `undefined` where none covers it. */
export function vatOn(day: Day, tariffs: Tariffs): VatPeriod | undefined {
  return tariffs.vat.find((row) => row.from <= day && day <= row.to);
}

/** Whether any decision in the table names the group. */
export function isKnownGroup(group: string, tariffs: Tariffs): boolean {
  return isHouseholdGroup(group) || tariffs.groups.some((row) => row.groups[group] !== undefined);
}

function householdPrices(group: string, day: Day, tariffs: Tariffs): PriceSchedule | undefined {
  const row = tariffs.households.findLast((candidate) => candidate.from <= day);
  if (row === undefined) {
    return undefined;
  }
  const basis = { decision: row.decision, from: row.from, source: row.source };
  if (group === HOUSEHOLD_PREPAID) {
    return row.prepaid === undefined ? undefined : { kind: 'single', price: row.prepaid, ...basis };
  }
  if (group === UNDECLARED_TENANTS) {
    const price = row.prices[tariffs.tenants.singlePriceTier - 1];
    return day < tariffs.tenants.from || price === undefined ? undefined : { kind: 'single', price, ...basis };
  }
  return { kind: 'tiers', widths: row.widths, prices: row.prices, ...basis };
}

function groupPrices(group: string, day: Day, tariffs: Tariffs): PriceSchedule | undefined {
  const row = tariffs.groups.findLast((candidate) => candidate.from <= day);
  const prices = row?.groups[group];
  if (row === undefined || prices === undefined) {
    return undefined;
  }
  const { label: _label, ...hours } = prices;
  return { kind: 'hours', ...hours, decision: row.decision, from: row.from, source: row.source };
}
