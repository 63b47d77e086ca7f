import { clockTime, dayWords } from './format.ts';

interface LaterTime {
  /** UTC ms, as text. */
  readonly id: string;
  readonly words: string;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Hours ahead of UTC in Asia/Ho_Chi_Minh, all year round. */
const ZONE_HOURS = 7;

/** When a conversation that is set aside may come back. */
export function snoozeTimes(now: number): readonly LaterTime[] {
  return [
    ...[15 * MINUTE, HOUR, 3 * HOUR].map((ms) => timeAt(now + ms, now)),
    timeAt(tomorrowAt(8, now), now),
    timeAt(tomorrowAt(13, now), now),
  ];
}

/** Until when a colleague may promise to call. */
export function callTimes(now: number): readonly LaterTime[] {
  return [
    ...[HOUR, 2 * HOUR, 4 * HOUR].map((ms) => timeAt(now + ms, now)),
    timeAt(tomorrowAt(11, now), now),
    timeAt(tomorrowAt(17, now), now),
  ];
}

function tomorrowAt(hour: number, now: number): number {
  const today = Math.floor((now + ZONE_HOURS * HOUR) / DAY) * DAY - ZONE_HOURS * HOUR;
  return today + DAY + hour * HOUR;
}

function timeAt(at: number, now: number): LaterTime {
  return { id: String(at), words: `${clockTime(at)} ${dayWords(at, now).toLowerCase()}` };
}
