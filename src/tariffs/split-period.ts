import { addDays, daysBetween } from './days.ts';
import { type PriceSchedule, pricesOn, vatOn } from './price-schedule.ts';
import type { Day, Tariffs, VatPeriod } from './tariff.ts';

/** A part of a billing period with one price and one rate of VAT. */
export interface PeriodPart {
  readonly from: Day;
  readonly to: Day;
  readonly days: number;
  readonly prices: PriceSchedule;
  readonly vat: VatPeriod;
}

export type SplitPeriod =
  | { readonly covered: true; readonly parts: readonly PeriodPart[] }
  | { readonly covered: false; readonly reason: 'no_price' | 'no_vat'; readonly day: Day };

/** Splits a period where the price or the rate of VAT changes; tells the first day that no row covers. */
export function splitPeriod(from: Day, to: Day, group: string, tariffs: Tariffs): SplitPeriod {
  const parts: PeriodPart[] = [];
  for (const [start, end] of stretches(from, to, tariffs)) {
    const prices = pricesOn(group, start, tariffs);
    const vat = vatOn(start, tariffs);
    if (prices === undefined || vat === undefined) {
      return { covered: false, reason: prices === undefined ? 'no_price' : 'no_vat', day: start };
    }
    const last = parts.at(-1);
    // A new resolution that keeps the rate is no change for the customer.
    const isSame = last?.vat.rate === vat.rate && last.prices.decision === prices.decision;
    if (isSame) {
      parts[parts.length - 1] = { ...last, to: end, days: daysBetween(last.from, end) };
    } else {
      parts.push({ from: start, to: end, days: daysBetween(start, end), prices, vat });
    }
  }
  return { covered: true, parts };
}

/** The period cut at every day on which some row begins or has just ended. */
function stretches(from: Day, to: Day, tariffs: Tariffs): readonly (readonly [Day, Day])[] {
  const changes = [
    ...tariffs.households.map((row) => row.from),
    ...tariffs.groups.map((row) => row.from),
    ...tariffs.vat.flatMap((row) => [row.from, addDays(row.to, 1)]),
    tariffs.tenants.from,
  ];
  const starts = [from, ...[...new Set(changes)].filter((day) => from < day && day <= to).sort()];
  return starts.map((start, index) => {
    const next = starts[index + 1];
    return [start, next === undefined ? to : addDays(next, -1)] as const;
  });
}
