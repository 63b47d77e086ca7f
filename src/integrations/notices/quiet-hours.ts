import { z } from 'zod';
import { dayOf, endOf, hourOf, timeOf } from '../local-time.ts';

const hour = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not an hour HH:mm');

/** Hours of a day in which nothing is told; they may go over midnight. */
export const quietHoursSchema = z.strictObject({ from: hour, to: hour });

/** When the quiet hours end that hold now, UTC ms; `undefined`: none do. */
export function endOfQuiet(
  { from, to }: { readonly from: string; readonly to: string },
  now: number,
): number | undefined {
  const here = hourOf(now);
  const isOverMidnight = from > to;
  const isQuiet = isOverMidnight ? here >= from || here < to : here >= from && here < to;
  if (!isQuiet) {
    return undefined;
  }
  const today = dayOf(now);
  return timeOf(isOverMidnight && here >= from ? dayOf(endOf(today)) : today, to);
}
