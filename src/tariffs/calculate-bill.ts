import { daysBetween, isDay, normalPeriodDays } from './days.ts';
import { meterUsage, type Readings } from './meter-usage.ts';
import { priceLines, type RegisterKwh, type TariffLine } from './price-lines.ts';
import { isHouseholdGroup, isKnownGroup, type PriceBasis } from './price-schedule.ts';
import { type PeriodPart, splitPeriod } from './split-period.ts';
import type { Day, Reduction, Tariffs, VatPeriod } from './tariff.ts';

export interface BillInput {
  /** First and last day of the billing period. */
  readonly from: Day;
  readonly to: Day;
  /** `household`, `household_prepaid`, `household_undeclared_tenants`, or a group of the price decision. */
  readonly group: string;
  /** kWh, two readings, or kWh by hours of the day. */
  readonly usage: { readonly kwh: number } | Readings | RegisterKwh;
  /** Households behind the meter; four declared tenants are one, so quarters occur. */
  readonly households?: number;
  /** Days of a normal period, where they are not those of the month before the invoice month. */
  readonly normalDays?: number;
  /** Id of a past reduction that holds for this customer. */
  readonly reduction?: string;
}

/** The bill of one part of the period: one price decision, one rate of VAT. */
export interface BillPart {
  readonly from: Day;
  readonly to: Day;
  readonly days: number;
  readonly kwh: number;
  readonly basis: PriceBasis;
  readonly vat: VatPeriod;
  readonly lines: readonly TariffLine[];
  readonly amount: number;
}

export type BillCalculation =
  | {
      readonly covered: true;
      readonly kwh: number;
      /** Lines of all parts, in order. */
      readonly lines: readonly TariffLine[];
      readonly parts: readonly BillPart[];
      /** đ taken off before VAT, already subtracted from `amount`. */
      readonly reduced: number;
      readonly amount: number;
      /** VAT by rate. */
      readonly vatByRate: readonly { readonly rate: number; readonly base: number; readonly vat: number }[];
      readonly vat: number;
      readonly total: number;
    }
  | {
      readonly covered: false;
      readonly reason:
        | 'no_price'
        | 'no_vat'
        | 'unknown_group'
        | 'no_reduction'
        /** Meters of businesses are read on the day of a price change: two bills are needed. */
        | 'read_on_change_day'
        | 'bad_period'
        | 'bad_usage'
        | 'bad_households';
      /** The first day that no row covers, or on which the price changes. */
      readonly day?: Day;
    };

/** The bill of one period to the đồng, or the reason why the tables cannot give it. Never an estimate. */
export function calculateBill(input: BillInput, tariffs: Tariffs): BillCalculation {
  const registers = kwhByRegister(input.usage);
  const reason = problemOf(input, registers, tariffs);
  if (reason !== undefined || registers === undefined) {
    return { covered: false, reason: reason ?? 'bad_usage' };
  }
  const split = splitPeriod(input.from, input.to, input.group, tariffs);
  if (!split.covered) {
    return split;
  }
  const priceChange = split.parts.find((part) => part.prices.decision !== split.parts[0]?.prices.decision);
  if (priceChange !== undefined && !isHouseholdGroup(input.group)) {
    return { covered: false, reason: 'read_on_change_day', day: priceChange.from };
  }
  const reduction = tariffs.reductions.find((candidate) => candidate.id === input.reduction);
  return total(partsOf(input, split.parts, registers), reduction);
}

function problemOf(input: BillInput, registers: RegisterKwh | undefined, tariffs: Tariffs) {
  const { from, to, group, households = 1, normalDays = 1 } = input;
  if (!isDay(from) || !isDay(to) || to < from || !(normalDays > 0)) {
    return 'bad_period' as const;
  }
  if (!isKnownGroup(group, tariffs)) {
    return 'unknown_group' as const;
  }
  const isByHours = registers !== undefined && (registers.peak > 0 || registers.offPeak > 0);
  if (registers === undefined || (isByHours && isHouseholdGroup(group))) {
    return 'bad_usage' as const;
  }
  if (!(households > 0) || !Number.isInteger(households * 4)) {
    return 'bad_households' as const;
  }
  const isReduced = tariffs.reductions.some(
    ({ id, billMonths }) => id === input.reduction && billMonths.includes(to.slice(0, 7)),
  );
  return input.reduction === undefined || (isReduced && isHouseholdGroup(group))
    ? undefined
    : ('no_reduction' as const);
}

/** Only whole kWh are billed. */
function kwhByRegister(usage: BillInput['usage']): RegisterKwh | undefined {
  if ('normal' in usage) {
    return Object.values(usage).every(isWholeKwh) ? usage : undefined;
  }
  const kwh = 'kwh' in usage ? usage.kwh : meterUsage(usage);
  return kwh !== undefined && isWholeKwh(kwh) ? { normal: kwh, peak: 0, offPeak: 0 } : undefined;
}

function isWholeKwh(kwh: number): boolean {
  return Number.isSafeInteger(kwh) && kwh >= 0;
}

function partsOf(input: BillInput, parts: readonly PeriodPart[], registers: RegisterKwh): readonly BillPart[] {
  const daysBilled = daysBetween(input.from, input.to);
  const normalDays = input.normalDays ?? normalPeriodDays(input.to);
  let daysBefore = 0;
  return parts.map((part) => {
    const share = (kwh: number) => shareOf(kwh, daysBefore, daysBefore + part.days, daysBilled);
    const kwh = { normal: share(registers.normal), peak: share(registers.peak), offPeak: share(registers.offPeak) };
    daysBefore += part.days;
    const lines = priceLines(part.prices, kwh, {
      days: part.days,
      normalDays,
      households: input.households ?? 1,
    });
    const { decision, from, source } = part.prices;
    return {
      from: part.from,
      to: part.to,
      days: part.days,
      kwh: kwh.normal + kwh.peak + kwh.offPeak,
      basis: { decision, from, source },
      vat: part.vat,
      lines,
      amount: lines.reduce((sum, line) => sum + line.amount, 0),
    };
  });
}

/** kWh of the days after `fromDay` up to `toDay`: shares are rounded from the start, so that they add up. */
function shareOf(kwh: number, fromDay: number, toDay: number, days: number): number {
  return Math.round((kwh * toDay) / days) - Math.round((kwh * fromDay) / days);
}

function total(parts: readonly BillPart[], reduction: Reduction | undefined): BillCalculation {
  const kwh = parts.reduce((sum, part) => sum + part.kwh, 0);
  const percentOff =
    reduction === undefined ? 0 : kwh <= reduction.upToKwh ? reduction.percentUpTo : reduction.percentAbove;
  const bases = new Map<number, number>();
  let reduced = 0;
  for (const part of parts) {
    const off = Math.round((part.amount * percentOff) / 100);
    reduced += off;
    bases.set(part.vat.rate, (bases.get(part.vat.rate) ?? 0) + part.amount - off);
  }
  const vatByRate = [...bases].map(([rate, base]) => ({ rate, base, vat: Math.round((base * rate) / 100) }));
  const amount = vatByRate.reduce((sum, { base }) => sum + base, 0);
  const vat = vatByRate.reduce((sum, row) => sum + row.vat, 0);
  const lines = parts.flatMap((part) => part.lines);
  return { covered: true, kwh, lines, parts, reduced, amount, vatByRate, vat, total: amount + vat };
}
