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

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
