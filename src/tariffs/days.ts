import type { Day } from './tariff.ts';

const DAY_MS = 86_400_000;
const MONTHS = 12;
const DAYS_OF_EVERY_MONTH = 28;

/** Whether the text is a day of the calendar. */
export function isDay(text: string): boolean {
  const [, month = '', monthOfYear, day] = /^(\d{4}-(\d{2}))-(\d{2})$/.exec(text) ?? [];
  return isWithin(monthOfYear, MONTHS) && (isWithin(day, DAYS_OF_EVERY_MONTH) || isWithin(day, daysInMonth(month)));
}

function isWithin(digits: string | undefined, most: number): boolean {
  const number = Number(digits);
  return number >= 1 && number <= most;
}

/** The day `count` days later; earlier when negative. */
export function addDays(day: Day, count: number): Day {
  const ms = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(ms) ? 'invalid' : new Date(ms + count * DAY_MS).toISOString().slice(0, 10);
}

/** How many days from one day to another, both included. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS) + 1;
}

/** Calendar days of a month `YYYY-MM`. */
export function daysInMonth(month: string): number {
  const [year, number] = month.split('-').map(Number);
  return new Date(Date.UTC(year ?? 0, number ?? 1, 0)).getUTCDate();
}

/** The month `count` months later; earlier when negative. */
export function addMonths(month: string, count: number): string {
  const [year, number] = month.split('-').map(Number);
  return new Date(Date.UTC(year ?? 0, (number ?? 1) - 1 + count, 1)).toISOString().slice(0, 7);
}

/**
 * Length of a normal billing period that ends on `to`: the calendar days of the month before the invoice month.
 * A meter read on the last day of a month is invoiced in the next one.
 */
export function normalPeriodDays(to: Day): number {
  const invoiceMonth = addDays(to, 1).slice(0, 7);
  return daysInMonth(addMonths(invoiceMonth, -1));
}
