import type { Bill, Customer } from '../../bot/records.ts';
import { figure, money } from '../../dialogs/figures.ts';
import type { CardRow } from '../../dialogs/reply.ts';
import { billCard, billName } from '../actions/bill-card.ts';
import { hasWholeLines } from '../actions/check-bill.ts';
import { momentWords } from '../actions/spoken-figures.ts';
import type { Corporation } from '../load-utility.ts';
import { dayOf } from '../local-time.ts';

/** One page about one bill, before it is drawn. */
export interface Sheet {
  /** Who makes it, and how to reach them. */
  readonly head: readonly string[];
  readonly title: string;
  /** What it is not: said before any figure. */
  readonly warning: string;
  readonly rows: readonly CardRow[];
  readonly table?: { readonly head: readonly string[]; readonly lines: readonly (readonly string[])[] };
  readonly foot: readonly string[];
}

export interface BillSheetFacts {
  readonly bill: Bill;
  /** Absent when the records have lost him. */
  readonly customer: Pick<Customer, 'name' | 'address'> | undefined;
  readonly ours: Pick<Corporation, 'name' | 'hotlines' | 'website'>;
  /** UTC ms. */
  readonly now: number;
}

/** What stands on a bill, to keep or to show to a landlord. It is no invoice, and says so. */
export function billSheet({ bill, customer, ours, now }: BillSheetFacts): Sheet {
  const isWhole = hasWholeLines(bill);
  const figures = billCard(bill, dayOf(now));
  const [code, ...others] = figures.kind === 'card' ? figures.rows : [];
  return {
    head: [ours.name, `Tổng đài ${ours.hotlines[0] ?? ''} · ${ours.website}`],
    title: `Bảng kê tiền điện ${billName(bill)}`,
    warning: `Bản để xem và lưu, không phải hóa đơn điện tử và không thay cho hóa đơn. Hóa đơn điện tử có giá trị pháp lý tải trên trang ${ours.website}.`,
    rows: [
      ...(code === undefined ? [] : [code]),
      ...(customer === undefined
        ? []
        : [
            { label: 'Khách hàng', value: customer.name },
            { label: 'Địa chỉ dùng điện', value: customer.address },
          ]),
      // The font has no arrow.
      ...others.map(({ label, value }) => ({ label, value: value.replace('→', 'đến') })),
    ],
    ...(isWhole && {
      table: {
        head: ['Bậc, khoảng giá', 'Điện (kWh)', 'Đơn giá (đ/kWh)', 'Thành tiền'],
        lines: bill.lines.map(({ label, kwh, price, amount }) => [label, figure(kwh), figure(price), money(amount)]),
      },
    }),
    foot: [
      ...(isWhole ? [] : ['Chi tiết theo bậc giá: xem trên hóa đơn điện tử.']),
      `Lập tự động lúc ${momentWords(now)} từ dữ liệu hóa đơn của điện lực.`,
    ],
  };
}
