import type { Bill } from '../../bot/records.ts';
import { dayOf, hourOf } from '../local-time.ts';

const WEEKDAYS = ['chủ nhật', 'thứ hai', 'thứ ba', 'thứ tư', 'thứ năm', 'thứ sáu', 'thứ bảy'];

/** `636768` is "636.768 đ". */
export function sayMoney(amount: number): string {
  return `${sayCount(amount)} đ`;
}

/** `1900` is "1.900 kWh". */
export function sayKwh(kwh: number): string {
  return `${sayCount(kwh)} kWh`;
}

/** `2026-11-10` is "10/11/2026". */
export function sayDay(day: string): string {
  const [year = '', month = '', date = ''] = day.split('-');
  return `${date}/${month}/${year}`;
}

/** `2026-10` is "10/2026". */
export function sayMonth(month: string): string {
  const [year = '', number = ''] = month.split('-');
  return `${number}/${year}`;
}

/** A billing period of nlu: "tháng 10/2026" or "từ tháng 07/2026 đến tháng 09/2026". */
export function sayPeriod(period: string): string {
  const [from = '', to = from] = period.split('/');
  return from === to ? `tháng ${sayMonth(from)}` : `từ tháng ${sayMonth(from)} đến tháng ${sayMonth(to)}`;
}

/** UTC ms as "07:30 thứ hai 23/11/2026" in Asia/Ho_Chi_Minh. */
export function sayTime(ms: number): string {
  const day = dayOf(ms);
  return `${hourOf(ms)} ${WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()]} ${sayDay(day)}`;
}

/** From when to when; a span inside one day names the day once. */
export function saySpan(from: number, to: number): string {
  return dayOf(from) === dayOf(to) ? `từ ${hourOf(from)} đến ${sayTime(to)}` : `từ ${sayTime(from)} đến ${sayTime(to)}`;
}

/** Whether a bill is paid, and since when it is overdue. */
export function sayBillStatus({ paidAt, due }: Pick<Bill, 'paidAt' | 'due'>, today: string): string {
  if (paidAt !== undefined) {
    return `đã thanh toán ngày ${sayDay(paidAt)}`;
  }
  return due < today ? `chưa thanh toán, đã quá hạn ${sayDay(due)}` : 'chưa thanh toán';
}

/** Written by hand: Intl puts a no-break space before đ in some versions of its data. */
function sayCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, '.');
}
