/** Viet Nam keeps UTC+7 all year and has no other zone. */
const OFFSET_MS = 7 * 3_600_000;
const DAY_MS = 86_400_000;

/** A day of the civil calendar; `month` counts from 1. */
export interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** The day that was asked for last, since every grammar asks for the same one. */
let last: { readonly number: number; readonly day: Day } | undefined;

/** The day it is in Viet Nam. */
export function dayOf(now: number): Day {
  const number = Math.floor((now + OFFSET_MS) / DAY_MS);
  if (last?.number === number) return last.day;
  const local = new Date(now + OFFSET_MS);
  const day = { year: local.getUTCFullYear(), month: local.getUTCMonth() + 1, day: local.getUTCDate() };
  last = { number, day };
  return day;
}

const toMs = (day: Day): number => Date.UTC(day.year, day.month - 1, day.day);

export function addDays(day: Day, days: number): Day {
  const moved = new Date(toMs(day) + days * DAY_MS);
  return { year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate() };
}

/** Monday is 1 and Sunday 7. */
export function weekdayOf(day: Day): number {
  return new Date(toMs(day)).getUTCDay() || 7;
}

export function daysBetween(from: Day, to: Day): number {
  return Math.round((toMs(to) - toMs(from)) / DAY_MS);
}

/** Whether the calendar has this day: 31 February has not. */
export function isDay(day: Day): boolean {
  const made = addDays(day, 0);
  return made.year === day.year && made.month === day.month && made.day === day.day;
}

const two = (value: number): string => String(value).padStart(2, '0');

export function isoDay(day: Day): string {
  return `${day.year}-${two(day.month)}-${two(day.day)}`;
}

/** A month counted through the years, so that adding and comparing are plain sums. */
export type MonthIndex = number;

export function monthIndex(year: number, month: number): MonthIndex {
  return year * 12 + month - 1;
}

export function isoMonth(index: MonthIndex): string {
  return `${Math.floor(index / 12)}-${two((index % 12) + 1)}`;
}
