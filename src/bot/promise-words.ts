const ZONE = { timeZone: 'Asia/Ho_Chi_Minh' } as const;
const TIME = new Intl.DateTimeFormat('vi-VN', { ...ZONE, hour: '2-digit', minute: '2-digit' });
const DAY = new Intl.DateTimeFormat('vi-VN', { ...ZONE, day: 'numeric', month: 'numeric', year: 'numeric' });

/** A time by which something is promised, as customers read it: `08:30 ngày 23/11/2026`. */
export function promiseWords(at: number): string {
  return `${TIME.format(at)} ngày ${DAY.format(at)}`;
}
