import type { Bill } from '../../bot/records.ts';
import { energy, money } from '../../dialogs/figures.ts';
import type { CardRow, Reply } from '../../dialogs/reply.ts';
import { addMonths } from '../../tariffs/days.ts';
import { billName } from './bill-card.ts';
import { capital, monthWords, rangeWords } from './spoken-figures.ts';

const MOST_MONTHS_NAMED = 6;

interface BillList {
  /** Oldest first. */
  readonly bills: readonly Bill[];
  /** Those whose figures may be told. */
  readonly good: readonly Bill[];
  /** The month or months told about, `from/to`. */
  readonly period: string;
  readonly thisMonth: string;
}

/** Several bills, one line each, with their total. */
export function billListCard({ bills, good, period, thisMonth }: BillList): Reply {
  const note = noteOnMissing(bills, missingMonths(bills, period, thisMonth));
  const isWhole = good.length === bills.length;
  return {
    kind: 'card',
    title: `Tiền điện ${rangeWords(period, monthWords)}`,
    rows: [
      { label: 'Mã khách hàng', value: bills[0]?.customerCode ?? '' },
      ...bills.map((bill) => rowOf(bill, good.includes(bill))),
      ...(isWhole ? [{ label: `Tổng cộng ${bills.length} hóa đơn`, value: totalWords(good) }] : []),
    ],
    ...(note !== undefined && { text: note }),
  };
}

function rowOf(bill: Bill, isGood: boolean): CardRow {
  const label = capital(billName(bill));
  const status = bill.paidAt === undefined ? 'chưa thanh toán' : 'đã thanh toán';
  return { label, value: isGood ? `${energy(bill.kwh)}, ${money(bill.total)}, ${status}` : 'đang kiểm tra' };
}

function totalWords(bills: readonly Bill[]): string {
  const kwh = bills.reduce((sum, bill) => sum + bill.kwh, 0);
  const total = bills.reduce((sum, bill) => sum + bill.total, 0);
  return `${energy(kwh)}, ${money(total)}`;
}

function noteOnMissing(bills: readonly Bill[], missing: readonly string[]): string | undefined {
  if (missing.length === 0) {
    return undefined;
  }
  return missing.length <= MOST_MONTHS_NAMED
    ? `Mình chưa thấy hóa đơn ${missing.map(monthWords).join(', ')}.`
    : `Mình liệt kê ${bills.length} hóa đơn gần nhất trong khoảng này.`;
}

/** Months asked for that lie behind us and have no bill. */
function missingMonths(bills: readonly Bill[], period: string, thisMonth: string): readonly string[] {
  const [from = '', to = from] = period.split('/');
  const missing: string[] = [];
  for (let month = from; month <= to && month < thisMonth; month = addMonths(month, 1)) {
    if (!bills.some((bill) => bill.month === month)) {
      missing.push(month);
    }
  }
  return missing;
}
