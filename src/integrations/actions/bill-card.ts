import type { Bill } from '../../bot/records.ts';
import { energy, figure, money } from '../../dialogs/figures.ts';
import type { Provenance } from '../../dialogs/provenance.ts';
import type { CardRow, Reply } from '../../dialogs/reply.ts';
import { hasFittingReadings, hasWholeLines } from './check-bill.ts';
import { capital, dayWords, monthWords } from './spoken-figures.ts';

/** A longer list of lines (prices changed within the period) is for the invoice, not for a chat. */
const MOST_LINES = 7;

/** One bill with all its figures. */
export function billCard(bill: Bill, today: string): Reply {
  const lines = hasWholeLines(bill) && bill.lines.length <= MOST_LINES ? bill.lines : [];
  return {
    kind: 'card',
    title: `Tiền điện ${billName(bill)}`,
    rows: [
      { label: 'Mã khách hàng', value: bill.customerCode },
      { label: 'Kỳ ghi điện', value: `${dayWords(bill.from)} – ${dayWords(bill.to)}` },
      ...readings(bill),
      { label: 'Điện tiêu thụ', value: energy(bill.kwh) },
      { label: 'Tiền trước thuế', value: money(bill.amount) },
      { label: vatLabel(bill), value: money(bill.vat) },
      { label: 'Tổng cộng', value: money(bill.total) },
      { label: 'Trạng thái', value: capital(statusWords(bill, today)) },
      { label: 'Hạn thanh toán', value: dayWords(bill.due) },
    ],
    ...(lines.length > 0 && {
      text: lines
        .map(({ label, kwh, price, amount }) => `${label}: ${energy(kwh)} × ${money(price)} = ${money(amount)}`)
        .join('\n'),
    }),
  };
}

/** `tháng 10/2026`, with the number of the period where a month has several. */
export function billName({ month, period }: Bill): string {
  return period === 1 ? monthWords(month) : `${monthWords(month)} kỳ ${period}`;
}

/** Paid, owed or overdue. */
export function statusWords({ paidAt, due }: Bill, today: string): string {
  if (paidAt !== undefined) {
    return `đã thanh toán ngày ${dayWords(paidAt)}`;
  }
  return due < today ? 'chưa thanh toán, đã quá hạn' : 'chưa thanh toán';
}

/** Where the figures come from; as old as the import that brought them, else as the bill itself. */
export function billProvenance({ id, version, to }: Bill): Provenance {
  const [asOf = to] = /\d{4}-\d\d-\d\d(T[\d:.]+Z)?/.exec(version) ?? [];
  return { record: 'bill', id, version, asOf };
}

function readings(bill: Bill): readonly CardRow[] {
  const { readingOld, readingNew, multiplier } = bill;
  const times = multiplier === 1 ? '' : ` (hệ số nhân ${figure(multiplier)})`;
  return hasFittingReadings(bill)
    ? [{ label: 'Chỉ số', value: `${figure(readingOld)} → ${figure(readingNew)}${times}` }]
    : [];
}

/** A period in which the rate changed has no one rate to name. */
function vatLabel({ amount, vat, vatRate }: Bill): string {
  const isOneRate = Math.abs((amount * vatRate) / 100 - vat) <= 1;
  return isOneRate ? `Thuế GTGT (${figure(vatRate)}%)` : 'Thuế GTGT';
}
