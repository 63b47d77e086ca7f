import type { Bill } from '../../bot/records.ts';
import { energy, figure, money } from '../../dialogs/figures.ts';
import type { Reply } from '../../dialogs/reply.ts';
import { addMonths } from '../../tariffs/days.ts';
import { type Action, type ActionDeps, needSlot } from './action.ts';
import { billName, billProvenance } from './bill-card.ts';
import { isTellable } from './check-bill.ts';
import { noBillForPeriod } from './no-bill-for-period.ts';
import { monthWords, rangeWords } from './spoken-figures.ts';
import { usageChart } from './usage-chart.ts';
import { reportWrongBills } from './wrong-bills.ts';

const MONTHS_SHOWN = 13;
/** More lines than these are no answer in a chat. */
const MOST_BILLS = 24;

/** kWh and đồng month by month: thirteen months, so that a month stands beside the same one a year ago. */
export const listUsage: Action = async (slots, context, deps) => {
  const code = needSlot(slots, 'customer_code');
  const [newest] = await deps.customers.bills(code, { limit: 1 });
  if (newest === undefined) {
    return { outcome: 'no_bills' };
  }
  const period = slots['billing_period'] ?? `${addMonths(newest.month, 1 - MONTHS_SHOWN)}/${newest.month}`;
  const bills = await billsOf(code, period, deps);
  if (bills.length === 0) {
    return noBillForPeriod(period, newest);
  }
  const good = bills.filter((bill) => isTellable(bill, bills));
  const wrong = bills.filter((bill) => !good.includes(bill));
  const report = wrong.length === 0 ? undefined : await reportWrongBills(wrong, context, deps);
  return {
    outcome: 'found',
    slots: {
      period_text: rangeWords(toldPeriod(bills), monthWords),
      usage_summary: usageSummary(bills, good),
    },
    replies: [chartOf(bills, good), ...(report?.replies ?? [])],
    effects: report?.effects ?? [],
    provenance: bills.map(billProvenance),
  };
};

/** Oldest first; of too many the newest. */
async function billsOf(code: string, period: string, { customers }: ActionDeps): Promise<readonly Bill[]> {
  const [fromMonth = '', toMonth = fromMonth] = period.split('/');
  return [...(await customers.bills(code, { fromMonth, toMonth, limit: MOST_BILLS }))].reverse();
}

function toldPeriod(bills: readonly Bill[]): string {
  return `${bills[0]?.month}/${bills.at(-1)?.month}`;
}

/** The newest bill stands beside the one of the same month a year before. */
function chartOf(bills: readonly Bill[], good: readonly Bill[]): Reply {
  const newest = bills.at(-1);
  const yearBefore = newest && addMonths(newest.month, -12);
  return usageChart({
    ...{ bills, good },
    asked: bills.length === 1 ? [] : bills.slice(-1),
    compared: bills.filter(({ month }) => month === yearBefore),
    description: good.length < 2 ? '' : summaryOf(good),
  });
}

/** What is asked for after a chart, in a sentence: the sum, the highest and the lowest; and what is not in it. */
function usageSummary(bills: readonly Bill[], good: readonly Bill[]): string {
  const wrong = bills.length - good.length;
  if (good.length === 0) {
    return 'các hóa đơn này đang được kiểm tra nên mình chưa nêu con số.';
  }
  const amount = money(good.reduce((sum, bill) => sum + bill.total, 0));
  const period = rangeWords(toldPeriod(bills), monthWords);
  const unsure = wrong === 0 ? '' : ` Chưa tính ${wrong} hóa đơn đang kiểm tra.`;
  return `${period} số tiền là ${amount}. ${summaryOf(good)}${unsure}`;
}

function summaryOf(bills: readonly Bill[]): string {
  const kwh = bills.reduce((sum, bill) => sum + bill.kwh, 0);
  const most = bills.reduce((best, bill) => (bill.kwh > best.kwh ? bill : best));
  const least = bills.reduce((best, bill) => (bill.kwh < best.kwh ? bill : best));
  const average = figure(Math.round(kwh / bills.length));
  return `Tổng ${energy(kwh)}, bình quân ${average} kWh mỗi hóa đơn. Cao nhất ${billName(most)} (${energy(most.kwh)}), thấp nhất ${billName(least)} (${energy(least.kwh)}).`;
}
