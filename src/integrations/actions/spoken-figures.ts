import { dayOf, hourOf } from '../local-time.ts';

const WEEKDAYS = ['Chủ nhật', 'thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy'];

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

/** `phiếu …` → `Phiếu …`, at the beginning of a sentence. */
export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
