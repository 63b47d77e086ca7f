import type { Bill } from '../../bot/records.ts';
import type { CardRow, Reply } from '../../dialogs/reply.ts';
import { addMonths } from '../../tariffs/days.ts';
import { billName } from './bill-card.ts';
import { energy, money, monthWords, rangeWords } from './spoken-figures.ts';

interface BillList {
  /** Oldest first. */
  readonly bills: readonly Bill[];
  /** Those whose figures may be told. */
  readonly good: readonly Bill[];
  /** Months asked for, `from/to`; absent for the newest month. */
  readonly period: string | undefined;
  readonly thisMonth: string;
}

/** Several bills, one line each, with their total. */
export function billListCard({ bills, good, period, thisMonth }: BillList): Reply {
  const asked = period ?? bills[0]?.month ?? '';
  const missing = missingMonths(bills, asked, thisMonth);
  const isWhole = good.length === bills.length;
  return {
    kind: 'card',
    title: `Tiền điện ${rangeWords(asked, monthWords)}`,
    rows: [
      { label: 'Mã khách hàng', value: bills[0]?.customerCode ?? '' },
      ...bills.map((bill) => rowOf(bill, good.includes(bill))),
      ...(isWhole ? [{ label: `Tổng cộng ${bills.length} hóa đơn`, value: totalWords(good) }] : []),
    ],
    ...(missing.length > 0 && { text: `Mình chưa thấy hóa đơn ${missing.map(monthWords).join(', ')}.` }),
  };
}

function rowOf(bill: Bill, isGood: boolean): CardRow {
  const name = billName(bill);
  const label = name.charAt(0).toUpperCase() + name.slice(1);
  const status = bill.paidAt === undefined ? 'chưa thanh toán' : 'đã thanh toán';
  return { label, value: isGood ? `${energy(bill.kwh)}, ${money(bill.total)}, ${status}` : 'đang kiểm tra' };
}

function totalWords(bills: readonly Bill[]): string {
  const kwh = bills.reduce((sum, bill) => sum + bill.kwh, 0);
  const total = bills.reduce((sum, bill) => sum + bill.total, 0);
  return `${energy(kwh)}, ${money(total)}`;
}

/** Months asked for that lie behind us and have no bill. */
function missingMonths(bills: readonly Bill[], asked: string, thisMonth: string): readonly string[] {
  const [from = '', to = from] = asked.split('/');
  const missing: string[] = [];
  for (let month = from; month <= to && month < thisMonth; month = addMonths(month, 1)) {
    if (!bills.some((bill) => bill.month === month)) {
      missing.push(month);
    }
  }
  return missing;
}
