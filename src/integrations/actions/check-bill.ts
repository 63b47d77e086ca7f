import type { Bill } from '../../bot/records.ts';

/** Whether the figures of a bill agree with themselves and with the other bills; only then are they told. */
export function isTellable(bill: Bill, others: readonly Bill[]): boolean {
  const { kwh, amount, vat, total, from, to } = bill;
  return (
    [kwh, amount, vat, total].every((value) => Number.isFinite(value) && value >= 0) &&
    amount + vat === total &&
    from <= to &&
    !others.some((other) => other.id !== bill.id && other.from < to && from < other.to)
  );
}

/** Whether the lines explain the bill: lines that do not add up are left out rather than mended. */
export function hasWholeLines({ lines, kwh, amount }: Bill): boolean {
  return (
    lines.length > 0 &&
    lines.every((line) => line.kwh >= 0 && line.price >= 0) &&
    sum(lines.map((line) => line.kwh)) === kwh &&
    sum(lines.map((line) => line.amount)) === amount
  );
}

/** A meter shows as many figures as this, or as many as its reading has. */
const LEAST_DIGITS = 5;

/** Whether what the meter showed explains the kWh, also where it rolled over. Readings that do not are not told. */
export function hasFittingReadings({ readingOld, readingNew, multiplier, kwh }: Bill): boolean {
  if (![readingOld, readingNew].every((value) => Number.isFinite(value) && value >= 0)) {
    return false;
  }
  const full = 10 ** Math.max(LEAST_DIGITS, String(Math.trunc(readingOld)).length);
  const steps = readingNew >= readingOld ? readingNew - readingOld : full - readingOld + readingNew;
  return Math.abs(steps * multiplier - kwh) < 1;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
