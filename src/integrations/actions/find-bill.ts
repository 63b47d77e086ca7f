import type { Bill } from '../../bot/records.ts';
import type { ActionResult } from '../../dialogs/run-action.ts';
import { dayOf } from '../local-time.ts';
import type { CreateAction } from './action.ts';
import { billCard, billsCard } from './bill-card.ts';
import { sayBillStatus, sayDay, sayKwh, sayMoney, sayMonth, sayPeriod } from './spoken-values.ts';

/** A year with three billing periods a month. */
const MOST_BILLS = 36;

/** The bill of a month or of some months; without a month, the newest. */
export const createFindBill: CreateAction = ({ customers }) => {
  return async ({ customer_code = '', billing_period }, { now }) => {
    const newest = (await customers.bills(customer_code, { limit: 1 }))[0];
    if (newest === undefined) {
      return { outcome: 'no_bills' };
    }
    const [fromMonth = newest.month, toMonth = fromMonth] = billing_period?.split('/') ?? [];
    const bills = await customers.bills(customer_code, { fromMonth, toMonth, limit: MOST_BILLS });
    const [first, ...others] = bills;
    if (first === undefined) {
      return {
        outcome: 'no_bill_for_period',
        slots: {
          period_text: sayPeriod(billing_period ?? newest.month),
          newest_month: `tháng ${sayMonth(newest.month)}`,
        },
      };
    }
    return others.length === 0 ? foundOne(first, dayOf(now)) : foundSeveral(bills, dayOf(now));
  };
};

function foundOne(bill: Bill, today: string): ActionResult {
  return {
    outcome: 'found',
    slots: {
      month: sayMonth(bill.month),
      kwh: sayKwh(bill.kwh),
      total: sayMoney(bill.total),
      due: sayDay(bill.due),
      bill_status: sayBillStatus(bill, today),
    },
    replies: [billCard(bill, today)],
    provenance: [provenanceOf(bill)],
  };
}

/** `bills` is newest first. */
function foundSeveral(bills: readonly Bill[], today: string): ActionResult {
  const unpaid = bills.filter((bill) => bill.paidAt === undefined);
  const newest = bills[0] as Bill;
  const oldest = bills.at(-1) as Bill;
  return {
    outcome: 'found',
    slots: {
      month:
        oldest.month === newest.month
          ? sayMonth(newest.month)
          : `${sayMonth(oldest.month)} – ${sayMonth(newest.month)}`,
      kwh: sayKwh(sum(bills.map((bill) => bill.kwh))),
      total: sayMoney(sum(bills.map((bill) => bill.total))),
      due: sayDay((unpaid.at(-1) ?? newest).due),
      bill_status: unpaid.length === 0 ? 'đã thanh toán' : `còn ${unpaid.length} hóa đơn chưa thanh toán`,
    },
    replies: [billsCard(bills, today)],
    provenance: bills.map(provenanceOf),
  };
}

function provenanceOf({ id, version, to }: Bill) {
  return { record: 'bill', id, version, asOf: to };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
