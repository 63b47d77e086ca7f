const ZONE_OFFSET_MS = 7 * 3_600_000;
const DAY_MS = 86_400_000;

/** The day `YYYY-MM-DD` in Asia/Ho_Chi_Minh, which has had no clock change since 1975. */
export function dayOf(ms: number): string {
  return new Date(ms + ZONE_OFFSET_MS).toISOString().slice(0, 10);
}

/** The hour `HH:mm` in Asia/Ho_Chi_Minh. */
export function hourOf(ms: number): string {
  return new Date(ms + ZONE_OFFSET_MS).toISOString().slice(11, 16);
}

/** UTC ms of an hour `HH:mm` of a day in Asia/Ho_Chi_Minh; midnight unless told. */
export function timeOf(day: string, hour = '00:00'): number {
  return Date.parse(`${day}T${hour}:00+07:00`);
}

/** UTC ms of the midnight that ends a day. */
export function endOf(day: string): number {
  return timeOf(day) + DAY_MS;
}
