import { dayOf, endOf, hourOf, timeOf } from '../local-time.ts';
import type { OpeningHours } from './load-desk-rules.ts';

const DAYS_LOOKED_AT = 60;
/** 5 January 2026 was a Monday. */
const SOME_MONDAY = timeOf('2026-01-05');
const DAY_MS = 86_400_000;
const DAYS_A_WEEK = 7;

/** By when an answer is promised to who writes now, UTC ms; `undefined` while the desk is open. */
export function promisedAt(hours: OpeningHours, now: number): number | undefined {
  const hour = hourOf(now);
  if (openingsOf(hours, dayOf(now)).some(([from, to]) => from <= hour && hour < to)) {
    return undefined;
  }
  const opensAt = nextOpening(hours, now);
  return opensAt === undefined ? undefined : opensAt + hours.promiseMs;
}

function nextOpening(hours: OpeningHours, now: number): number | undefined {
  let day = dayOf(now);
  for (let looked = 0; looked < DAYS_LOOKED_AT; looked += 1) {
    for (const [from] of openingsOf(hours, day)) {
      const opensAt = timeOf(day, from);
      if (opensAt > now) {
        return opensAt;
      }
    }
    day = dayOf(endOf(day));
  }
  return undefined;
}

function openingsOf({ week, closedDays }: OpeningHours, day: string): readonly (readonly [string, string])[] {
  if (closedDays.includes(day)) {
    return [];
  }
  const days = Math.round((timeOf(day) - SOME_MONDAY) / DAY_MS);
  return week[((days % DAYS_A_WEEK) + DAYS_A_WEEK) % DAYS_A_WEEK] ?? [];
}
