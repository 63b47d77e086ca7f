import { calculateBill } from './calculate-bill.ts';
import { daysBetween, normalPeriodDays } from './days.ts';
import { priceLines, type RegisterKwh } from './price-lines.ts';
import { type PeriodPart, splitPeriod } from './split-period.ts';
import type { Day, Tariffs } from './tariff.ts';

/** A bill as it was issued. */
export interface BilledUse {
  readonly from: Day;
  readonly to: Day;
  readonly usage: RegisterKwh;
  /** đ before VAT. */
  readonly amount: number;
  readonly vat: number;
  /** Percent, as printed on the bill. */
  readonly vatRate: number;
}

/** Who was billed. Absent: nothing is known but the bills. */
export interface BilledCustomer {
  readonly group: string;
  readonly households: number;
}

/** `average`: what one kWh cost on average, where the tables cannot say why that has changed. */
export type DifferencePart = 'days' | 'usage' | 'tiers' | 'price' | 'vat' | 'average';

export interface Difference {
  /** đ, VAT included; negative when the bill is smaller. */
  readonly total: number;
  /** Whole đồng that add up to `total`; parts without effect are left out. */
  readonly parts: readonly { readonly part: DifferencePart; readonly amount: number }[];
}

/** đ by which the VAT of a month may differ from its rate: each bill of the month is rounded. */
const VAT_ROUNDING = 3;

type Effect = readonly [part: DifferencePart, amount: number];

/**
 * Why one bill is not as high as another, to the đồng. Where the price tables give both bills exactly, it tells days,
 * usage, tiers, price and VAT apart, one changed after the other in this order; else only what the bills themselves say.
 */
export function explainDifference(
  before: BilledUse,
  after: BilledUse,
  customer: BilledCustomer | undefined,
  tariffs: Tariffs,
): Difference {
  const [rateBefore, rateAfter] = [rateOf(before), rateOf(after)];
  const effects = (customer && byTables(before, after, customer, tariffs)) ?? byAverage(before, after);
  const vat = after.amount * (rateAfter - rateBefore);
  const withVat = effects.map(([part, amount]): Effect => [part, amount * (1 + rateBefore)]);
  const total = after.amount + after.vat - before.amount - before.vat;
  return { total, parts: inWholeDong([...withVat, ['vat', vat]], total) };
}

/** Share of VAT: the printed rate, or what was really taken where the rate changed within the period. */
function rateOf({ amount, vat, vatRate }: BilledUse): number {
  const isPrinted = Math.abs((amount * vatRate) / 100 - vat) <= VAT_ROUNDING;
  return isPrinted || amount === 0 ? vatRate / 100 : vat / amount;
}

function byAverage(before: BilledUse, after: BilledUse): readonly Effect[] {
  const used = kwhOf(before.usage);
  const change = after.amount - before.amount;
  const usage = used === 0 ? change : ((kwhOf(after.usage) - used) * before.amount) / used;
  return [
    ['usage', usage],
    ['average', change - usage],
  ];
}

function byTables(
  before: BilledUse,
  after: BilledUse,
  customer: BilledCustomer,
  tariffs: Tariffs,
): readonly Effect[] | undefined {
  const [old, now] = [before, after].map((bill) => tablesOf(bill, customer, tariffs));
  if (old === undefined || now === undefined) {
    return undefined;
  }
  const isSameLength = old.days === now.days && old.normalDays === now.normalDays;
  const longer = isSameLength ? 1 : now.days / old.days;
  const sameDaily = scaled(before.usage, longer);
  const length = { days: now.days, normalDays: now.normalDays, households: customer.households };
  const base = isSameLength ? before.amount : amountAt(sameDaily, old.parts, length);
  const atOldPrices = isSamePrice(old.parts, now.parts) ? after.amount : amountAt(after.usage, old.parts, length);
  const used = kwhOf(sameDaily);
  const usage = used === 0 ? atOldPrices - base : ((kwhOf(after.usage) - used) * base) / used;
  return [
    ['days', base - before.amount],
    ['usage', usage],
    ['tiers', atOldPrices - base - usage],
    ['price', after.amount - atOldPrices],
  ];
}

/** The rows that a bill was made with; `undefined` unless they give it to the đồng. */
function tablesOf(bill: BilledUse, { group, households }: BilledCustomer, tariffs: Tariffs) {
  const { from, to, usage, amount, vat } = bill;
  const calculated = calculateBill({ from, to, group, households, usage }, tariffs);
  const split = calculated.covered ? splitPeriod(from, to, group, tariffs) : undefined;
  const isExact = calculated.covered && calculated.amount === amount && calculated.vat === vat;
  return isExact && split?.covered
    ? { parts: split.parts, days: daysBetween(from, to), normalDays: normalPeriodDays(to) }
    : undefined;
}

function isSamePrice(some: readonly PeriodPart[], others: readonly PeriodPart[]): boolean {
  const decisions = new Set([...some, ...others].map((part) => part.prices.decision));
  return decisions.size === 1;
}

/** What a usage would have cost before VAT, at the prices of some period stretched to another length. */
function amountAt(
  usage: RegisterKwh,
  parts: readonly PeriodPart[],
  length: { readonly days: number; readonly normalDays: number; readonly households: number },
): number {
  const days = parts.reduce((sum, part) => sum + part.days, 0);
  return parts.reduce((sum, part) => {
    const share = part.days / days;
    const lines = priceLines(part.prices, scaled(usage, share), { ...length, days: length.days * share });
    return lines.reduce((amount, line) => amount + line.amount, sum);
  }, 0);
}

function scaled({ normal, peak, offPeak }: RegisterKwh, factor: number): RegisterKwh {
  return { normal: normal * factor, peak: peak * factor, offPeak: offPeak * factor };
}

function kwhOf({ normal, peak, offPeak }: RegisterKwh): number {
  return normal + peak + offPeak;
}

/** Whole đồng; what rounding leaves over goes to the largest part, where it is seen least. */
function inWholeDong(effects: readonly Effect[], total: number): Difference['parts'] {
  const rounded = effects.map(([part, amount]) => ({ part, amount: Math.round(amount) }));
  const left = total - rounded.reduce((sum, { amount }) => sum + amount, 0);
  const largest = rounded.reduce((most, each) => (Math.abs(each.amount) > Math.abs(most.amount) ? each : most));
  return rounded
    .map((each) => ({ ...each, amount: each.amount + (each === largest ? left : 0) }))
    .filter(({ amount }) => amount !== 0);
}
