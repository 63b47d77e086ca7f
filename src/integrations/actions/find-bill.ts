import type { Bill } from '../../bot/records.ts';
import { energy, money } from '../../dialogs/figures.ts';
import type { ActionContext, ActionResult } from '../../dialogs/run-action.ts';
import { dayOf } from '../local-time.ts';
import { type Action, type ActionDeps, needSlot } from './action.ts';
import { billCard, billProvenance, statusWords } from './bill-card.ts';
import { billListCard } from './bill-list-card.ts';
import { hasFittingReadings, hasWholeLines, isTellable } from './check-bill.ts';
import { noBillForPeriod } from './no-bill-for-period.ts';
import { dayWords, monthWords, rangeWords } from './spoken-figures.ts';
import { reportWrongBills } from './wrong-bills.ts';

/** More lines than these are no answer in a chat. */
const MOST_BILLS = 24;
const BILLS_AROUND = 6;

/** The bill of a month, the bills of several months, or the newest bill. */
export const findBill: Action = async (slots, context, deps) => {
  const code = needSlot(slots, 'customer_code');
  const period = slots['billing_period'];
  const bills = period === undefined ? await newestBills(code, deps) : await billsOf(code, period, deps);
  if (bills.length > 0) {
    const isCut = bills.length === MOST_BILLS;
    return tellBills(bills, period === undefined || isCut ? monthsOf(bills) : period, context, deps);
  }
  const newest = period === undefined ? [] : await newestBills(code, deps);
  const [one] = newest;
  if (period === undefined || one === undefined) {
    return { outcome: 'no_bills' };
  }
  return period.slice(0, 7) > one.month ? tellNewest(newest, period, context, deps) : noBillForPeriod(period, one);
};

/** "Tháng này" is not billed before it is over: the newest bill is what somebody wants to see. */
async function tellNewest(
  bills: readonly Bill[],
  period: string,
  context: ActionContext,
  deps: ActionDeps,
): Promise<ActionResult> {
  const told = await tellBills(bills, monthsOf(bills), context, deps);
  const text = `Hóa đơn ${rangeWords(period, monthWords)} chưa có, đây là hóa đơn gần nhất.`;
  return { ...told, replies: [{ kind: 'text', text }, ...(told.replies ?? [])] };
}

/** All bills of the newest month that has one: large customers get several a month. */
async function newestBills(code: string, deps: ActionDeps): Promise<readonly Bill[]> {
  const [newest] = await deps.customers.bills(code, { limit: 1 });
  return newest === undefined ? [] : billsOf(code, newest.month, deps);
}

/** Oldest first; of too many the newest. */
async function billsOf(code: string, period: string, { customers }: ActionDeps): Promise<readonly Bill[]> {
  const [fromMonth = '', toMonth = fromMonth] = period.split('/');
  return [...(await customers.bills(code, { fromMonth, toMonth, limit: MOST_BILLS }))].reverse();
}

function monthsOf(bills: readonly Bill[]): string {
  return `${bills[0]?.month}/${bills.at(-1)?.month}`;
}

async function tellBills(
  bills: readonly Bill[],
  period: string,
  context: ActionContext,
  deps: ActionDeps,
): Promise<ActionResult> {
  const today = dayOf(context.now);
  const good = bills.filter((bill) => isTellable(bill, bills));
  const wrong = bills.filter((bill) => !good.includes(bill));
  const report = await reportFaults(bills, wrong, context, deps);
  const thisMonth = today.slice(0, 7);
  const card =
    bills.length > 1 ? billListCard({ bills, good, period, thisMonth }) : good[0] && billCard(good[0], today);
  return {
    outcome: 'found',
    slots: { month: rangeWords(period, monthWords), ...figures(good, today, wrong.length) },
    replies: [...(card === undefined ? [] : [card]), ...(report?.replies ?? [])],
    effects: report?.effects ?? [],
    provenance: bills.map(billProvenance),
  };
}

/** Figures in doubt weigh more than lines that are missing, and these more than readings. */
async function reportFaults(
  bills: readonly Bill[],
  wrong: readonly Bill[],
  context: ActionContext,
  deps: ActionDeps,
): Promise<Pick<ActionResult, 'replies' | 'effects'> | undefined> {
  if (wrong.length > 0) {
    return reportWrongBills(wrong, context, deps);
  }
  if (await lacksLines(bills, deps)) {
    return reportWrongBills(bills, context, deps, 'lines');
  }
  const [bill, ...others] = bills;
  const isMisread = bill !== undefined && others.length === 0 && !hasFittingReadings(bill);
  return isMisread ? reportWrongBills(bills, context, deps, 'readings') : undefined;
}

/** One bill whose lines are wrong, or missing although the bills around it have theirs. Not every utility has lines. */
async function lacksLines([bill, ...others]: readonly Bill[], { customers }: ActionDeps): Promise<boolean> {
  if (bill === undefined || others.length > 0 || hasWholeLines(bill)) {
    return false;
  }
  const around = await customers.bills(bill.customerCode, { limit: BILLS_AROUND });
  return bill.lines.length > 0 || around.some(({ lines }) => lines.length > 0);
}

const UNDER_CHECK = 'đang kiểm tra';

/** What later nodes may say; nothing is summed up while one figure is in doubt. */
function figures(good: readonly Bill[], today: string, wrong: number) {
  const newest = good.at(-1);
  if (newest === undefined || wrong > 0) {
    return { kwh: UNDER_CHECK, total: UNDER_CHECK, due: UNDER_CHECK, bill_status: UNDER_CHECK };
  }
  const unpaid = good.filter((bill) => bill.paidAt === undefined);
  return {
    kwh: energy(sum(good.map((bill) => bill.kwh))),
    total: money(sum(good.map((bill) => bill.total))),
    due: dayWords((unpaid[0] ?? newest).due),
    bill_status: good.length === 1 ? statusWords(newest, today) : severalStatusWords(unpaid),
  };
}

function severalStatusWords(unpaid: readonly Bill[]): string {
  const owed = money(sum(unpaid.map((bill) => bill.total)));
  return unpaid.length === 0 ? 'đã thanh toán hết' : `còn ${unpaid.length} hóa đơn chưa thanh toán, tổng ${owed}`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
