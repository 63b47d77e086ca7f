import type { Bill } from '../../bot/records.ts';
import type { Reply } from '../../dialogs/reply.ts';
import { sayBillStatus, sayDay, sayKwh, sayMoney, sayMonth } from './spoken-values.ts';

/** One bill with what it is made of. */
export function billCard(bill: Bill, today: string): Reply {
  return {
    kind: 'card',
    title: `Tiền điện tháng ${sayMonth(bill.month)} – ${bill.customerCode}`,
    rows: [
      { label: 'Kỳ', value: `${sayDay(bill.from)} – ${sayDay(bill.to)}` },
      { label: 'Điện tiêu thụ', value: sayKwh(bill.kwh) },
      { label: 'Tiền điện', value: sayMoney(bill.amount) },
      { label: `Thuế GTGT ${bill.vatRate}%`, value: sayMoney(bill.vat) },
      { label: 'Tổng cộng', value: sayMoney(bill.total) },
      { label: 'Hạn thanh toán', value: sayDay(bill.due) },
      { label: 'Trạng thái', value: sayBillStatus(bill, today) },
    ],
  };
}

/** Several bills of one customer, newest first, with their sum. */
export function billsCard(bills: readonly Bill[], today: string): Reply {
  const totalKwh = bills.reduce((sum, bill) => sum + bill.kwh, 0);
  const total = bills.reduce((sum, bill) => sum + bill.total, 0);
  const isOnePerMonth = new Set(bills.map((bill) => bill.month)).size === bills.length;
  return {
    kind: 'card',
    title: `Tiền điện – ${bills[0]?.customerCode ?? ''}`,
    rows: [
      ...bills.map((bill) => ({
        label: isOnePerMonth ? `Tháng ${sayMonth(bill.month)}` : `Kỳ ${bill.period} tháng ${sayMonth(bill.month)}`,
        value: `${sayKwh(bill.kwh)}, ${sayMoney(bill.total)}, ${sayBillStatus(bill, today)}`,
      })),
      { label: 'Tổng cộng', value: `${sayKwh(totalKwh)}, ${sayMoney(total)}` },
    ],
  };
}
