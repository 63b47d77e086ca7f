import { addDays, isDay } from '../../tariffs/days.ts';
import { dayOf, endOf, timeOf } from '../local-time.ts';

/** The schedule is published for today and the four days after it. */
const PUBLISHED_DAYS = 5;

export interface ScheduleWindow {
  /** UTC ms. */
  readonly from: number;
  readonly to: number;
  /** The last day for which the schedule is published. */
  readonly publishedTo: string;
}

/** The time to look for outages in: the asked day or days (a `date` value of nlu), else all that is published. */
export function scheduleWindow(date: string | undefined, now: number): ScheduleWindow {
  const today = dayOf(now);
  const publishedTo = addDays(today, PUBLISHED_DAYS - 1);
  const [first = '', last = first] = date?.split('/') ?? [];
  if (!isDay(first) || !isDay(last)) {
    return { from: now, to: endOf(publishedTo), publishedTo };
  }
  return { from: Math.max(now, timeOf(first)), to: endOf(last), publishedTo };
}
