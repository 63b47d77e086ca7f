import { dayOf, hourOf } from '../local-time.ts';

const whole = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 2 });
const WEEKDAYS = ['Chủ nhật', 'thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy'];

/** `1.250`, as it is written in Vietnamese. */
export function figure(amount: number): string {
  return whole.format(amount);
}

/** `636.768 đ`. */
export function money(amount: number): string {
  return `${figure(amount)} đ`;
}

/** `1.250 kWh`. */
export function energy(kwh: number): string {
  return `${figure(kwh)} kWh`;
}

/** `2026-11-23` → `23/11/2026`. */
export function dayWords(day: string): string {
  return day.split('-').reverse().join('/');
}

/** `2026-10` → `tháng 10/2026`. */
export function monthWords(month: string): string {
  const [year, number] = month.split('-');
  return `tháng ${Number(number)}/${year}`;
}

/** A range of days or months, `from/to` or one value, in these words. */
export function rangeWords(range: string, words: (one: string) => string): string {
  const [from = '', to = from] = range.split('/');
  return from === to ? words(from) : `từ ${words(from)} đến ${words(to)}`;
}

/** UTC ms → `07:30 thứ Hai 23/11/2026`. */
export function momentWords(at: number): string {
  return `${hourOf(at)} ${weekdayWords(at)}`;
}

/** UTC ms → `thứ Hai 23/11/2026`. */
export function weekdayWords(at: number): string {
  const day = dayOf(at);
  return `${WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()]} ${dayWords(day)}`;
}
