import type { RatingFigures } from '../desk-api/shift.ts';

const ZONE = 'Asia/Ho_Chi_Minh';
const time = new Intl.DateTimeFormat('vi-VN', { hour: '2-digit', minute: '2-digit', timeZone: ZONE });
const day = new Intl.DateTimeFormat('vi-VN', { weekday: 'long', day: 'numeric', month: 'numeric', timeZone: ZONE });
const date = new Intl.DateTimeFormat('vi-VN', { day: '2-digit', month: '2-digit', year: 'numeric', timeZone: ZONE });
const dayKey = new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', timeZone: ZONE });
const number = new Intl.NumberFormat('vi-VN');
const oneDecimal = new Intl.NumberFormat('vi-VN', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

export function clockTime(at: number): string {
  return time.format(at);
}

/** `thứ Hai, 23/11`, or `Hôm nay`. */
export function dayWords(at: number, now: number): string {
  if (dayKey.format(at) === dayKey.format(now)) {
    return 'Hôm nay';
  }
  return day.format(at);
}

export function isSameDay(a: number, b: number): boolean {
  return dayKey.format(a) === dayKey.format(b);
}

/** For days given as `YYYY-MM-DD`. */
export function dateWords(isoDay: string): string {
  return date.format(Date.parse(`${isoDay}T12:00:00+07:00`));
}

export function dateTimeWords(at: number): string {
  return `${clockTime(at)} ${date.format(at)}`;
}

export function money(amount: number): string {
  return `${number.format(amount)} đ`;
}

export function count(how: number): string {
  return number.format(how);
}

export function quantity(amount: number, unit: string): string {
  return `${number.format(amount)} ${unit}`;
}

/** How long ago, as short as it can be said: `vừa xong`, `5 phút`, `2 giờ 10 phút`, `3 ngày`. */
export function ageWords(since: number, now: number): string {
  const minutes = Math.max(0, Math.floor((now - since) / 60_000));
  if (minutes < 1) {
    return 'vừa xong';
  }
  if (minutes < 60) {
    return `${minutes} phút`;
  }
  const hours = Math.floor(minutes / 60);
  if (hours < 24) {
    return minutes % 60 === 0 ? `${hours} giờ` : `${hours} giờ ${minutes % 60} phút`;
  }
  return `${Math.floor(hours / 24)} ngày`;
}

/** For a conversation that is set aside. */
export function snoozeWords(until: number): string {
  return `Để sau đến ${clockTime(until)}`;
}

/** `4,6 / 5 (12 lượt)`. */
export function ratingWords({ count, average }: RatingFigures): string {
  return average === undefined ? 'Chưa có' : `${oneDecimal.format(average)} / 5 (${count} lượt)`;
}

/** Only addresses that a browser may open: never `javascript:` out of a message. */
export function safeHref(href: string): string | undefined {
  return /^(https?:\/\/|tel:|mailto:|\/(?!\/))/i.test(href) ? href : undefined;
}
