import type { Bill, Payment } from '../../bot/records.ts';
import { money } from '../../dialogs/figures.ts';
import type { Provenance } from '../../dialogs/provenance.ts';
import type { ActionContext, ActionResult } from '../../dialogs/run-action.ts';
import { dayOf } from '../local-time.ts';
import { type Action, needSlot } from './action.ts';
import { billName, billProvenance, statusWords } from './bill-card.ts';
import { isTellable } from './check-bill.ts';
import { findContracts } from './find-contracts.ts';
import { noBillForPeriod } from './no-bill-for-period.ts';
import { dayWords, monthWords, rangeWords } from './spoken-figures.ts';
import { reportWrongBills } from './wrong-bills.ts';

const MOST_BILLS = 24;
const MOST_PAYMENTS = 60;
/** More lines than these are no answer in a chat. */
const MOST_TOLD = 6;

/** What a customer with several contracts asks: which of them, or how much together. */
const CONTRACTS = 'contracts';
const PAID_TWICE = 'paid_twice';

/** Whether bills are paid: those of the period asked about, else all that are owed, else the newest. */
export const checkPayment: Action = async (slots, context, deps) => {
  const code = needSlot(slots, 'customer_code');
  const asksForAll = slots['claimed_problem'] === CONTRACTS;
  const listed = asksForAll ? await findContracts(slots, context, deps) : undefined;
  if (listed?.outcome === 'several') {
    return { ...listed, outcome: 'listed' };
  }
  const period = slots['billing_period'];
  const all = await deps.customers.bills(code, { limit: MOST_BILLS });
  const [newest] = all;
  if (newest === undefined) {
    return { outcome: 'no_bills' };
  }
  const isUnbilled = period !== undefined && period > newest.month;
  const bills = billsToTell(all, isUnbilled ? undefined : period);
  if (bills.length === 0) {
    return noBillForPeriod(period ?? newest.month, newest);
  }
  const wrong = bills.filter((bill) => !isTellable(bill, all));
  if (wrong.length > 0) {
    return { outcome: 'doubtful', ...(await reportWrongBills(wrong, context, deps)) };
  }
  const payments = await deps.customers.payments(code, MOST_PAYMENTS);
  const unbilled = isUnbilled ? rangeWords(period, monthWords) : undefined;
  return tell(bills, payments, { claimed: asksForAll ? undefined : slots['claimed_problem'], unbilled, context });
};

/** Newest first. */
function billsToTell(all: readonly Bill[], period: string | undefined): readonly Bill[] {
  if (period !== undefined) {
    const [from = '', to = from] = period.split('/');
    return all.filter(({ month }) => from <= month && month <= to);
  }
  const unpaid = all.filter((bill) => bill.paidAt === undefined);
  return unpaid.length > 0 ? unpaid : all.slice(0, 1);
}

interface Telling {
  /** What the customer says is wrong, where they have said so. */
  readonly claimed: string | undefined;
  /** What was asked about and is not billed yet. */
  readonly unbilled: string | undefined;
  readonly context: ActionContext;
}

function tell(
  bills: readonly Bill[],
  payments: readonly Payment[],
  { claimed, unbilled, context }: Telling,
): ActionResult {
  const today = dayOf(context.now);
  const unpaid = bills.filter((bill) => bill.paidAt === undefined);
  const owed = money(unpaid.reduce((sum, bill) => sum + bill.total, 0));
  const told = bills.slice(0, MOST_TOLD);
  const lines = told.map((bill) => lineOf(bill, paymentsFor(bill, payments), today));
  const more = bills.length - told.length;
  const text = [
    ...(unbilled === undefined ? [] : [`Hóa đơn ${unbilled} chưa có, mình kiểm tra hóa đơn đã phát hành.`]),
    ...lines,
    ...(more > 0 ? [`Còn ${more} hóa đơn cũ hơn.`] : []),
    ...(unpaid.length > 1 ? [`Tổng còn phải thanh toán: ${owed}.`] : []),
  ].join('\n');
  const month = bills.map(billName).join(', ');
  return {
    outcome: outcomeOf(unpaid, claimed),
    slots: {
      month: unpaid.length === 0 ? month : unpaid.map(billName).join(', '),
      ...(unpaid.length > 0 && { total: owed }),
      ...(claimed !== undefined && { bill_problem: claimed }),
    },
    replies: [{ kind: 'text', text }],
    provenance: [
      // The total is that of all of them, not only of those in the list.
      ...bills.map(billProvenance),
      ...told.flatMap((bill) => paymentsFor(bill, payments)).map(paymentProvenance),
    ],
  };
}

function outcomeOf(unpaid: readonly Bill[], claimed: string | undefined): string {
  if (unpaid.length > 0) {
    return claimed === undefined ? 'owed' : 'claimed';
  }
  return claimed === PAID_TWICE ? 'paid_twice' : 'paid';
}

function paymentsFor(bill: Bill, payments: readonly Payment[]): readonly Payment[] {
  return payments.filter(({ billId }) => billId === bill.id);
}

function lineOf(bill: Bill, payments: readonly Payment[], today: string): string {
  const head = `Hóa đơn ${billName(bill)} (${money(bill.total)}): ${statusWords(bill, today)}`;
  if (bill.paidAt === undefined) {
    const received = payments.map(
      (payment) => `Hệ thống có ghi nhận ${money(payment.amount)} ${paymentWords(payment)}.`,
    );
    return [`${head}, hạn ${dayWords(bill.due)}.`, ...received].join(' ');
  }
  const [payment] = payments;
  if (payments.length > 1) {
    const each = payments.map((one) => `${money(one.amount)} ${paymentWords(one)}`).join('; ');
    return `${head}. Hệ thống ghi nhận ${payments.length} lần thanh toán cho hóa đơn này: ${each}.`;
  }
  return payment === undefined ? `${head}.` : `${head}, ${channelWords(payment)}.`;
}

function paymentWords(payment: Payment): string {
  return `ngày ${dayWords(dayOf(payment.at))}, ${channelWords(payment)}`;
}

function channelWords({ method, reference }: Payment): string {
  return reference === undefined ? `qua ${method}` : `qua ${method}, mã giao dịch ${reference}`;
}

function paymentProvenance({ id, version, at }: Payment): Provenance {
  return { record: 'payment', id, version, asOf: new Date(at).toISOString() };
}
